"""AWS itself refuses to delete a table."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import TABLE, TABLE_REPLICA
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.on(
        resource, "deletionProtectionEnabled", "set deletionProtectionEnabled, so that AWS refuses to delete the table"
    )


RULE = Rule(
    id="ddb-delete-protect",
    description="A table has deletion protection on, and each replica of it.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(TABLE, TABLE_REPLICA),
    frameworks=("FSBP DynamoDB.6",),
    remediation="Set deletionProtectionEnabled. To delete the table, turn it off in an update of its own first.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-6",
    check=_check,
)
