"""People and functions can sign in to a database without a password."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

# Which engines have it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
_WITHOUT = frozenset({"oracle", "sqlserver", "db2"})


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    engine = databases.engine_family(resource)
    if engine is UNKNOWN and resource.flag("iamDatabaseAuthenticationEnabled") is not True:
        yield Undecided("engine")
    elif engine not in _WITHOUT:
        fix = "set iamDatabaseAuthenticationEnabled, so that short-lived tokens can replace passwords"
        yield from expect.on(resource, "iamDatabaseAuthenticationEnabled", fix)


RULE = Rule(
    id="rds-iam-auth",
    pack=Pack.SECURITY,
    description="A database takes IAM authentication.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=DATABASES,
    frameworks=("FSBP RDS.10", "FSBP RDS.12", "CKV_AWS_161", "AWS-0176"),
    remediation="Set iamDatabaseAuthenticationEnabled and grant rds-db:connect to the roles that need it.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-10",
    check=_check,
)
