"""A database is reached from inside its network only."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import DATABASES, DB_CLUSTER_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    fix = "leave publiclyAccessible out and reach the database through the network that it stands in"
    yield from expect.not_on(resource, "publiclyAccessible", fix)


RULE = Rule(
    id="rds-private",
    pack=Pack.SECURITY,
    description="A database has no public address.",
    severity=Severity.CRITICAL,
    level=Level.MANDATORY,
    types=(*DATABASES, DB_CLUSTER_INSTANCE),
    frameworks=("FSBP RDS.2", "CKV_AWS_17", "AWS-0180"),
    remediation=(
        "Leave publiclyAccessible out. Reach the database from the application subnets, or through a bastion or VPN."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    check=_check,
)
