"""Passwords are hard to guess, and a first one that somebody else set does not last."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import USER_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

# No configuration allows shorter ones.
_FLOOR = 8
_KINDS = ("Lowercase", "Uppercase", "Numbers", "Symbols")


def _check(pool: Resource, options: Options) -> Iterator[Answer]:
    policy = pool.node("passwordPolicy")
    if policy is UNKNOWN:
        yield Undecided("passwordPolicy")
        return
    minimum, days = max(options.number("minimumLength"), _FLOOR), options.number("maximumTemporaryDays")
    if policy is None:
        fix = f"give one; Cognito's own takes {_FLOOR} characters"
        yield Problem("passwordPolicy", None, f"a policy with a minimumLength of {minimum:g} or more", fix)
        return
    fix = "raise it; a long password is worth more than a strange one"
    yield from expect.at_least(policy, "minimumLength", minimum, "characters", fix)
    for kind in _KINDS:
        yield from expect.on(policy, f"require{kind}", "set it")
    valid = policy.number("temporaryPasswordValidityDays")
    if valid is UNKNOWN:
        yield Undecided("passwordPolicy.temporaryPasswordValidityDays")
    elif valid is not None and valid > days:
        path = "passwordPolicy.temporaryPasswordValidityDays"
        yield Problem(path, valid, f"{days:g} days or fewer", "lower it, or leave it out for 7 days")


RULE = Rule(
    id="cognito-password",
    pack=Pack.SECURITY,
    description="A user pool's passwords are long, of four kinds of character, and temporary ones expire.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(USER_POOL,),
    frameworks=("FSBP Cognito.3", "AwsSolutions-COG1"),
    remediation=(
        "Give passwordPolicy a minimumLength of 12 or more and all four require options; keep temporary passwords "
        "for 7 days at most."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-3",
    options=(
        Option("minimumLength", 12, "The fewest characters of a password; 8 where less is given."),
        Option("maximumTemporaryDays", 7, "The most days that a temporary password is valid."),
    ),
    check=_check,
)
