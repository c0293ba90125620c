"""A secret that leaked stops working before long."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import SECRET, SECRET_ROTATION
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

_DAYS = "rotationRules.automaticallyAfterDays"
_SCHEDULE = "rotationRules.scheduleExpression"


def _check(stack: Stack, options: Options) -> Iterator[Answer]:
    rotations = stack.join((SECRET_ROTATION,), "secretId", (SECRET,))
    for secret in stack.of((SECRET,)):
        found = rotations.holders(secret)
        if not found and rotations.loose:
            yield Undecided("SecretRotation", secret)
        elif not found:
            fix = "add a SecretRotation with a function, or let the service that uses the secret manage it"
            yield Problem("SecretRotation", None, "one for the secret", fix, secret)
        for rotation in found:
            yield from _often(rotation, options.number("maximumDays"))


def _often(rotation: Resource, maximum: float) -> Iterator[Answer]:
    if rotation.node("rotationRules") is UNKNOWN:
        yield Undecided("rotationRules", rotation)
        return
    # A schedule is a cron line or a rate: whoever writes one has thought of how often.
    if rotation.has(_SCHEDULE):
        return
    days = rotation.number(_DAYS)
    if days is UNKNOWN:
        yield Undecided(_DAYS, rotation)
    elif days is None or days > maximum:
        yield Problem(_DAYS, days, f"{maximum:g} days or fewer", "lower it", rotation)


RULE = StackRule(
    id="secret-rotation",
    pack=Pack.SECURITY,
    description="A secret is rotated, and often enough.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(SECRET, SECRET_ROTATION),
    frameworks=(
        "FSBP SecretsManager.1",
        "FSBP SecretsManager.4",
        "AwsSolutions-SMG4",
        "CKV2_AWS_57",
        "CKV_AWS_304",
    ),
    remediation="Add a SecretRotation whose function makes a new secret; RDS can manage its own passwords instead.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1",
    options=(Option("maximumDays", 90, "The most days between two rotations."),),
    check=_check,
)
