"""A deleted secret can be had back."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import SECRET
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    days = resource.number("recoveryWindowInDays")
    minimum = options.number("minimumDays")
    if days is UNKNOWN:
        yield Undecided("recoveryWindowInDays")
    elif days is not None and days < minimum:
        fix = "raise it, or leave it out for 30 days"
        yield Problem("recoveryWindowInDays", days, f"{minimum:g} days or more", fix)
    yield from expect.given(resource, "kmsKeyId", "the ARN of a key of your own", "make a key and name it")


RULE = Rule(
    id="secret-recovery",
    pack=Pack.RESILIENCE,
    description="A secret has a recovery window and a key of your own.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(SECRET,),
    frameworks=("CKV_AWS_149",),
    remediation="Leave recoveryWindowInDays out, or set 7 to 30, and set kmsKeyId.",
    url="https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
    options=(Option("minimumDays", 7, "The fewest days in which a deleted secret can be restored."),),
    check=_check,
)
