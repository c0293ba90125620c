"""No program holds a database's password."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DATABASES, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Words


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    plain, write_only = (
        ("password", "passwordWo") if resource.type == DB_INSTANCE else ("masterPassword", "masterPasswordWo")
    )
    if resource.has(plain):
        fix = f"set manageMasterUserPassword or {write_only}; what {plain} holds is kept in the state"
        yield Problem(plain, Words("a password (not shown)"), "nothing", fix)
        return
    if databases.is_replica(resource) or databases.is_restored(resource) or resource.has(write_only):
        return
    fix = f"set it, or {write_only} where replicas rule a managed password out"
    yield from expect.on(resource, "manageMasterUserPassword", fix)


RULE = Rule(
    id="rds-managed-password",
    pack=Pack.SECURITY,
    description="A database's password is managed by AWS or written without being kept.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=DATABASES,
    frameworks=(),
    remediation="Set manageMasterUserPassword, or passwordWo with passwordWoVersion and a secret of your own.",
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    check=_check,
)
