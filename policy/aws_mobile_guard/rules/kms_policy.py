"""A key can be used by those it names, and is not lost by mistake."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import KMS_KEY_POLICY, KMS_KEYS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    window, minimum = resource.number("deletionWindowInDays"), options.number("minimumWindowDays")
    if window is UNKNOWN:
        yield Undecided("deletionWindowInDays")
    elif window is not None and window < minimum:
        fix = "raise it, or leave it out for 30 days; what a deleted key encrypted is lost"
        yield Problem("deletionWindowInDays", window, f"{minimum:g} days or more", fix)
    fix = "leave it out; without the check a policy can lock everyone out"
    yield from expect.not_on(resource, "bypassPolicyLockoutSafetyCheck", fix)
    document = resource.document("policy")
    if document is UNKNOWN:
        yield Undecided("policy")
        return
    for statement in document or ():
        if statement.public:
            got = Words(f'{statement.label} that allows principal "*"')
            fix = "name the account or the services, or add a condition such as kms:CallerAccount"
            yield Problem("policy", got, "named principals", fix)


RULE = Rule(
    id="kms-policy",
    pack=Pack.SECURITY,
    description="A key's policy names who may use it, and a deletion can be called off.",
    severity=Severity.CRITICAL,
    level=Level.MANDATORY,
    types=(*KMS_KEYS, KMS_KEY_POLICY),
    frameworks=("FSBP KMS.5", "CKV_AWS_33"),
    remediation=(
        "Name principals in the key's policy, and leave deletionWindowInDays and bypassPolicyLockoutSafetyCheck out."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5",
    options=(Option("minimumWindowDays", 14, "The fewest days in which a deletion can be called off."),),
    check=_check,
)
