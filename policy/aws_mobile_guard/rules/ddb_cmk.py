"""Who may read a table is also decided by a key."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import TABLE, TABLE_REPLICA
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity
from aws_mobile_guard.view import Node

_KEY = "a key of your own"


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type == TABLE_REPLICA:
        yield from _check_replica(resource)
        return
    yield from expect.on(resource, "serverSideEncryption.enabled", "set it; without it the key is AWS's own")
    yield from expect.given(resource, "serverSideEncryption.kmsKeyArn", _KEY, "make a key and name it")
    yield from expect.each(resource, "replicas", _check_replica)


def _check_replica(replica: Node) -> Iterator[Answer]:
    yield from expect.given(replica, "kmsKeyArn", _KEY, "name a key of the replica's Region")


RULE = Rule(
    id="ddb-cmk",
    pack=Pack.SECURITY,
    description="A table is encrypted with a KMS key of one's own, and each replica of it.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(TABLE, TABLE_REPLICA),
    frameworks=("CKV_AWS_119", "AWS-0025"),
    remediation="Set serverSideEncryption with kmsKeyArn; a replica needs a key of its own Region.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    check=_check,
)
