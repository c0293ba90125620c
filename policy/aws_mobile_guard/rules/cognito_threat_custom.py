"""Threat protection also looks at sign-ins that functions of your own decide."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import USER_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_TRIGGERS = ("defineAuthChallenge", "createAuthChallenge", "verifyAuthChallengeResponse")


def _check(pool: Resource, _: Options) -> Iterator[Answer]:
    triggers = pool.node("lambdaConfig")
    if triggers is UNKNOWN:
        yield Undecided("lambdaConfig")
    elif triggers is not None and any(triggers.has(name) for name in _TRIGGERS):
        path = "userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode"
        yield from expect.one_of(pool, path, ("ENFORCED",), "set it; the challenge functions bypass the standard flow")


RULE = Rule(
    id="cognito-threat-custom",
    pack=Pack.SECURITY,
    description="A user pool with a custom challenge has threat protection act on that too.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(USER_POOL,),
    frameworks=("FSBP Cognito.4",),
    remediation="Set userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode to ENFORCED, on the tier PLUS.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-4",
    check=_check,
)
