"""AWS itself refuses to delete a user pool."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import USER_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(pool: Resource, _: Options) -> Iterator[Answer]:
    fix = "set it to ACTIVE; the users of a deleted pool cannot be had back"
    yield from expect.one_of(pool, "deletionProtection", ("ACTIVE",), fix)


RULE = Rule(
    id="cognito-delete-protect",
    pack=Pack.RESILIENCE,
    description="A user pool has deletion protection on.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(USER_POOL,),
    frameworks=("FSBP Cognito.6",),
    remediation="Set deletionProtection to ACTIVE. To delete the pool on purpose, make it INACTIVE in an update first.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-6",
    check=_check,
)
