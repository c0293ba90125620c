"""The permissions of a function's role. Pure: statements in, statements out."""

from collections.abc import Sequence

import pulumi

from pulumi_aws_mobile.statements import StatementArgs


def permissions(log_group_arn: pulumi.Input[str], statements: Sequence[StatementArgs]) -> list[StatementArgs]:
    """Return what a role may do: write to its own log group, which exists already, and what was asked for."""
    streams = pulumi.Output.from_input(log_group_arn).apply(lambda arn: f"{arn}:*")
    own: StatementArgs = {"actions": ["logs:CreateLogStream", "logs:PutLogEvents"], "resources": [streams]}
    return [own, *statements]
