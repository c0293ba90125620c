"""The permissions of a function's role. Pure: statements in, statements out."""

from collections.abc import Sequence

import pulumi

from pulumi_aws_mobile.statements import StatementArgs


def permissions(
    log_group_arn: pulumi.Input[str], dead_letter_arn: pulumi.Input[str] | None, statements: Sequence[StatementArgs]
) -> list[StatementArgs]:
    """Return what a role may do: write to its own log group, which exists already, keep what failed, what was asked."""
    streams = pulumi.Output.from_input(log_group_arn).apply(lambda arn: f"{arn}:*")
    own: StatementArgs = {"actions": ["logs:CreateLogStream", "logs:PutLogEvents"], "resources": [streams]}
    kept: list[StatementArgs] = (
        [{"actions": ["sqs:SendMessage"], "resources": [dead_letter_arn]}] if dead_letter_arn is not None else []
    )
    return [own, *kept, *statements]
