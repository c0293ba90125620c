"""Cognito looks at who signs in, and stops what looks wrong."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import USER_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Rule, Severity


def _check(pool: Resource, options: Options) -> Iterator[Answer]:
    yield from expect.one_of(pool, "userPoolTier", ("PLUS",), "set it to PLUS, which is charged for each active user")
    fix = "set it, so that Cognito acts on sign-ins that look wrong"
    yield from expect.one_of(pool, "userPoolAddOns.advancedSecurityMode", options.texts("modes"), fix)


RULE = Rule(
    id="cognito-threat-standard",
    pack=Pack.SECURITY,
    description="A user pool's threat protection acts on sign-ins.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(USER_POOL,),
    frameworks=("FSBP Cognito.1", "AwsSolutions-COG8"),
    remediation="Set userPoolTier to PLUS and userPoolAddOns.advancedSecurityMode to ENFORCED.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-1",
    options=(Option("modes", ("ENFORCED",), "The modes that will do. AUDIT only records."),),
    check=_check,
)
