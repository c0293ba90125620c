"""A role that Cognito hands out is for one pool and one kind of caller."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import ROLE
from aws_mobile_guard.policy_document import Statement
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_PATH = "assumeRolePolicy"
# Other partitions put their own name in between: cognito-identity-us-gov.amazonaws.com.
_IDENTITY_POOLS = re.compile(r"cognito-identity[a-z0-9.-]*\.amazonaws\.com(\.cn)?")
_USER_POOLS = re.compile(r"cognito-idp[a-z0-9.-]*\.amazonaws\.com(\.cn)?")
# An operator that ends in IfExists, or begins with ForAllValues, also holds where the key is missing.
_PINNING = re.compile(r"(foranyvalue:)?string(equals|like)")
_KINDS = {"authenticated", "unauthenticated"}


def _check(role: Resource, _: Options) -> Iterator[Answer]:
    document = role.document(_PATH)
    if document is UNKNOWN:
        yield Undecided(_PATH)
        return
    for statement in document or ():
        if not statement.allows:
            continue
        for kind, who in statement.principals:
            if kind == "Federated" and _IDENTITY_POOLS.fullmatch(who):
                yield from _check_federated(statement, who)
            elif kind == "Service" and _USER_POOLS.fullmatch(who) and not _pinned(statement, "sts:externalid"):
                got = Words(f"{statement.label} that lets any user pool send")
                fix = "demand the externalId that smsConfiguration names"
                yield Problem(_PATH, got, "a condition on sts:ExternalId", fix)


def _check_federated(statement: Statement, service: str) -> Iterator[Answer]:
    if not _pinned(statement, f"{service}:aud"):
        got = Words(f"{statement.label} that trusts every identity pool")
        yield Problem(_PATH, got, f"the id of one in {service}:aud", "add it under StringEquals")
    callers = _pinned(statement, f"{service}:amr")
    if not callers:
        got = Words(f"{statement.label} that trusts guests and users alike")
        fix = "add it under ForAnyValue:StringLike"
        yield Problem(_PATH, got, f"authenticated or unauthenticated in {service}:amr", fix)
    elif callers >= _KINDS:
        got = Words(f"{statement.label} that trusts guests and users alike")
        yield Problem(_PATH, got, f"one of the two in {service}:amr", "make a role for each")


def _pinned(statement: Statement, key: str) -> set[str]:
    """Return the values that a condition demands of `key`; none where it demands nothing."""
    for operator, found, values in statement.conditions:
        if found == key and _PINNING.fullmatch(operator.lower()) and not any(re.search(r"[*?]", one) for one in values):
            return set(values)
    return set()


RULE = Rule(
    id="cognito-role-trust",
    pack=Pack.SECURITY,
    description="A role that Cognito may take names the pool, and guests or users.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(ROLE,),
    frameworks=(),
    remediation=(
        "For an identity pool, add conditions on aud (the pool's id) and amr (authenticated or unauthenticated); for "
        "a user pool's SMS, one on sts:ExternalId."
    ),
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html",
    check=_check,
)
