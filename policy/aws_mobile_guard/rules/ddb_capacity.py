"""A table takes what comes, however much that is one day."""

from collections.abc import Collection, Iterator

from aws_mobile_guard.aws_types import SCALING_TARGET, TABLE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

_PREFIX = "table/"


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    scaled = stack.join((SCALING_TARGET,), "resourceId", (TABLE,))
    named = {target.text("resourceId") for target in stack.of((SCALING_TARGET,))}
    for table in stack.of((TABLE,)):
        mode = table.text("billingMode")
        if mode is UNKNOWN:
            yield Undecided("billingMode", table)
        elif mode != "PAY_PER_REQUEST" and not scaled.holders(table) and not _named(table, named):
            if UNKNOWN in named:
                yield Undecided("billingMode", table)
            else:
                fix = "set it, or add an Application Auto Scaling target for the table"
                yield Problem("billingMode", mode, "PAY_PER_REQUEST", fix, table)


def _named(table: Resource, names: Collection[object]) -> bool:
    """Tell whether a target names the table as Application Auto Scaling does."""
    return any(f"{_PREFIX}{identity}" in names for identity in table.identities)


RULE = StackRule(
    id="ddb-capacity",
    pack=Pack.RESILIENCE,
    description="A table's capacity follows its use.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(TABLE, SCALING_TARGET),
    frameworks=("FSBP DynamoDB.1", "CKV2_AWS_16"),
    remediation="Set billingMode to PAY_PER_REQUEST, or add scaling targets and policies for reading and writing.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-1",
    check=_check,
)
