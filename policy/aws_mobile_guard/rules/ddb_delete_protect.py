"""AWS itself refuses to delete a table."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import TABLE, TABLE_REPLICA
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity
from aws_mobile_guard.view import Node


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    yield from _check_table(resource)
    if resource.type == TABLE:
        yield from expect.each(resource, "replicas", _check_table)


def _check_table(table: Node) -> Iterator[Answer]:
    fix = "set deletionProtectionEnabled, so that AWS refuses to delete the table"
    yield from expect.on(table, "deletionProtectionEnabled", fix)


RULE = Rule(
    id="ddb-delete-protect",
    pack=Pack.RESILIENCE,
    description="A table has deletion protection on, and each replica of it.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(TABLE, TABLE_REPLICA),
    frameworks=("FSBP DynamoDB.6",),
    remediation="Set deletionProtectionEnabled. To delete the table, turn it off in an update of its own first.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-6",
    check=_check,
)
