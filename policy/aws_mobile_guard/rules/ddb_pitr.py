"""A table can be brought back to any second of the last weeks."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import TABLE, TABLE_REPLICA
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity
from aws_mobile_guard.view import Node

_FIX = "set it; each replica has a setting of its own"


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type == TABLE_REPLICA:
        yield from _check_replica(resource)
        return
    yield from expect.on(resource, "pointInTimeRecovery.enabled", _FIX)
    yield from expect.each(resource, "replicas", _check_replica)


def _check_replica(replica: Node) -> Iterator[Answer]:
    yield from expect.on(replica, "pointInTimeRecovery", _FIX)


RULE = Rule(
    id="ddb-pitr",
    pack=Pack.RESILIENCE,
    description="A table has point-in-time recovery on, and each replica of it.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(TABLE, TABLE_REPLICA),
    frameworks=("FSBP DynamoDB.2", "AwsSolutions-DDB3", "CKV_AWS_28", "AWS-0024"),
    remediation="Set pointInTimeRecovery. A replica does not take it over from its table.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2",
    check=_check,
)
