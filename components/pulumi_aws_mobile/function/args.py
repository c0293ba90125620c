"""What a caller of `Function` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.statements import StatementArgs


class FunctionArgs(TypedDict):
    """What a function runs, and with what."""

    source: str
    """The folder whose files make up the function, all but caches and hidden ones; at most 250 MiB. A relative path
    starts at the program's folder. Give it; it has no default."""
    handler: NotRequired[str]
    """The module inside `source` and the function in it that takes (event, context). Defaults to `index.handle`: the
    file index.py, `def handle`. https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html"""
    description: NotRequired[str]
    """What the function is for, at most 256 characters. Defaults to no description."""
    environment: NotRequired[dict[str, pulumi.Input[str]]]
    """The environment variables, together at most 4096 bytes; names that Lambda keeps for itself are refused. Never
    secrets: whoever may look at the function reads them. Give the ARN of a secret in Secrets Manager, and a statement
    to read it; a secret output is refused. Defaults to none.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""
    statements: NotRequired[list[StatementArgs]]
    """What the function may do besides writing its own log. Defaults to nothing."""
    timeout_seconds: NotRequired[int]
    """Seconds after which the function is stopped, 1 to 900. Defaults to 10."""
    memory_mib: NotRequired[int]
    """Memory in MiB, 128 to 10240; the processor's share grows with it. Defaults to 256."""
    log_retention_days: NotRequired[int]
    """Days for which the log is kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192,
    2557, 2922, 3288 or 3653. Defaults to 90."""
    reserved_concurrency: NotRequired[int]
    """How many events it takes at the same time at most, 0 to 10000, set aside from the account's; 0 stops it.
    Defaults to no limit but the account's. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html"""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SNS topic that is told when the function fails. Defaults to no alarm."""
    dead_letter_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SQS queue that gets the events of callers who do not wait for an answer, once Lambda has given
    them up (it tries three times). Defaults to none: such events are lost.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"""
    region: NotRequired[str]
    """The Region of the function. Defaults to the provider's."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes them, besides a `Name` of its own. Defaults to none."""
