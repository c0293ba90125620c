"""Bucket policies with their conditions; moto denies whatever a statement with a condition talks about.

Known to a condition are the transport, the encryption headers and the signature of a request. A request to a server
on this machine counts as encrypted: there is no certificate for it.
"""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.gaps.patching import replace

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_HEADERS = (
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-acl",
    "x-amz-storage-class",
)
_request: ContextVar[dict[str, str]] = ContextVar("request", default={})  # noqa: B039 - never changed in place


def fill() -> None:
    """Judge bucket policies by the request."""
    from moto.s3.models import FakeBucket  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.s3.responses import S3Response  # noqa: PLC0415 - as above

    replace(S3Response, "key_response", _knowing)
    replace(S3Response, "bucket_response", _knowing)
    replace(FakeBucket, "get_permission", lambda _: _permission)


def _knowing(original: Callable[..., Any]) -> Callable[..., Any]:
    def respond(self: Any, request: Any, full_url: str, headers: Any) -> Any:  # noqa: ANN401 - moto's own types
        token = _request.set(_facts(full_url, request.headers))
        try:
            return original(self, request, full_url, headers)
        finally:
            _request.reset(token)

    return respond


def _facts(url: str, headers: Mapping[str, str]) -> dict[str, str]:
    parts = urlsplit(url)
    secure = parts.scheme == "https" or parts.hostname in _LOOPBACK
    facts = {"aws:securetransport": str(secure).lower(), "s3:tlsversion": "1.3"}
    if not secure:
        del facts["s3:tlsversion"]
    sent = {key.lower(): value for key, value in headers.items()}
    return facts | {f"s3:{name}": sent[name] for name in _HEADERS if name in sent}


def _permission(self: Any, action: str, resource: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.iam.access_control import PermissionResult  # noqa: PLC0415 - moto loads only when deploying

    if self.policy is None:
        return PermissionResult.NEUTRAL
    document = json.loads(self.policy.decode())
    effects = {
        statement["Effect"]
        for statement in _listed(document["Statement"])
        if _speaks_of(statement, action, resource) and _holds(statement.get("Condition", {}), _request.get())
    }
    if "Deny" in effects:
        return PermissionResult.DENIED
    return PermissionResult.PERMITTED if "Allow" in effects else PermissionResult.NEUTRAL


def _speaks_of(statement: dict[str, Any], action: str, resource: str) -> bool:
    everyone = statement.get("Principal") == "*" or "*" in _listed(_aws_principals(statement))
    actions, resources = statement.get("Action", statement.get("NotAction")), statement.get("Resource", "*")
    named = any(fnmatchcase(action.lower(), each.lower()) for each in _listed(actions))
    return (
        everyone
        and named == ("Action" in statement)
        and any(fnmatchcase(resource, each) for each in _listed(resources))
    )


def _aws_principals(statement: dict[str, Any]) -> Any:  # noqa: ANN401 - one or more of them
    principal = statement.get("Principal")
    return principal.get("AWS", []) if isinstance(principal, dict) else []


def _holds(conditions: dict[str, dict[str, Any]], facts: dict[str, str]) -> bool:
    return all(
        _test(operator, facts.get(key.lower()), [_text(value) for value in _listed(values)])
        for operator, by_key in conditions.items()
        for key, values in by_key.items()
    )


def _test(operator: str, actual: str | None, expected: list[str]) -> bool:
    """Tell whether one condition holds; an operator that is not known here never does."""
    if operator == "Null":
        return (actual is None) == (expected == ["true"])
    base = operator.removesuffix("IfExists")
    positive = base.replace("Not", "", 1)
    negated = base != positive
    if positive not in _COMPARISONS:
        return False
    if actual is None:
        return negated or base != operator
    return any(_COMPARISONS[positive](actual, each) for each in expected) != negated


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "ArnEquals": fnmatchcase,
    "ArnLike": fnmatchcase,
    "Bool": lambda actual, expected: actual.lower() == expected.lower(),
    "NumericLessThan": lambda actual, expected: float(actual) < float(expected),
    "StringEquals": lambda actual, expected: actual == expected,
    "StringEqualsIgnoreCase": lambda actual, expected: actual.lower() == expected.lower(),
    "StringLike": fnmatchcase,
}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - one or more of anything
    return value if isinstance(value, list) else [] if value is None else [value]
