"""A database's storage is encrypted."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if databases.is_replica(resource):
        # In another Region than its source a replica is encrypted by naming a key of its own Region.
        if not resource.has("kmsKeyId"):
            yield from expect.on(
                resource, "storageEncrypted", "set storageEncrypted, or kmsKeyId for a replica in another Region"
            )
        return
    fix = "set storageEncrypted; a database that exists is encrypted through a copy of its snapshot"
    yield from expect.on(resource, "storageEncrypted", fix)


RULE = Rule(
    id="rds-encrypted",
    pack=Pack.SECURITY,
    description="A database is encrypted at rest.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=DATABASES,
    frameworks=("FSBP RDS.3", "FSBP RDS.27", "AwsSolutions-RDS2", "CKV_AWS_16", "AWS-0080"),
    remediation="Set storageEncrypted. To encrypt an existing database, copy its snapshot with a key and restore that.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
    check=_check,
)
