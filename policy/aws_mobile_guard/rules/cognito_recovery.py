"""Whoever takes over a telephone number does not take over the account."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import USER_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_PATH = "accountRecoverySetting.recoveryMechanisms"


def _check(pool: Resource, _: Options) -> Iterator[Answer]:
    mechanisms = pool.items(_PATH)
    if mechanisms is UNKNOWN:
        yield Undecided(_PATH)
        return
    names = {UNKNOWN if one is UNKNOWN else one.text("name") for one in mechanisms or ()}
    if UNKNOWN in names:
        yield Undecided(_PATH)
    elif names == {"verified_phone_number"}:
        fix = "add verified_email with the first priority, or leave recovery to administrators (admin_only)"
        yield Problem(_PATH, "verified_phone_number", "another way than SMS", fix)


RULE = Rule(
    id="cognito-recovery",
    pack=Pack.SECURITY,
    description="A user pool's accounts are recovered by more than SMS.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(USER_POOL,),
    frameworks=(),
    remediation="Give accountRecoverySetting the mechanism verified_email with priority 1.",
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html",
    check=_check,
)
