"""Bucket policies with their conditions; moto denies whatever a statement with a condition talks about.

A caller with credentials of its own is judged before S3 answers. What is left here are the operator, whom only a Deny
stops, and whoever comes without credentials. A request to a server on this machine counts as encrypted: there is no
certificate for it.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access import calls, errors, resource_policies, s3_actions, signatures
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.judge import judged
from pulumi_aws_sandbox.runtime.access.patterns import lowered
from pulumi_aws_sandbox.runtime.access.policies import ANYONE, Principal, Question, evaluate, parse
from pulumi_aws_sandbox.runtime.access.principals import OPERATOR
from pulumi_aws_sandbox.runtime.access.signatures import Sent, Signature

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_HEADERS = (
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-acl",
    "x-amz-storage-class",
)
_ACTIONS = {"s3:HeadObject": "s3:GetObject", "s3:PostObject": "s3:PutObject"}
"""What S3 calls the actions that moto names after the HTTP method."""

_request: ContextVar[tuple[Principal, dict[str, str]]] = ContextVar("request", default=(OPERATOR, {}))


def fill() -> None:
    """Judge bucket policies by the request."""
    from moto.s3.models import FakeBucket  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.s3.responses import S3Response  # noqa: PLC0415 - as above

    replace(S3Response, "key_response", _knowing)
    replace(S3Response, "bucket_response", _knowing)
    replace(FakeBucket, "get_permission", lambda _: _permission)


def _knowing(original: Callable[..., Any]) -> Callable[..., Any]:
    def respond(self: Any, request: Any, full_url: str, headers: Any) -> Any:  # noqa: ANN401 - moto's own types
        names = {name.lower(): value for name, value in request.headers.items()}
        sent = Sent(request.method, full_url, names, None)
        signed = signatures.read(sent) is not None
        facts = _facts(full_url, names)
        if not signed and _keeps_out(sent, facts):
            return errors.answer(RefusedError("AccessDenied", "Access Denied"), "s3", names)
        token = _request.set((OPERATOR if signed else ANYONE, facts))
        try:
            return original(self, request, full_url, headers)
        finally:
            _request.reset(token)

    return respond


def _keeps_out(sent: Sent, facts: Mapping[str, str]) -> bool:
    """Tell whether S3 has nothing for a request without credentials: neither by bucket policy nor by ACL.

    The forms that a browser posts carry their own signed policy, which is not looked at.
    """
    if sent.method == "OPTIONS" or sent.headers.get("content-type", "").startswith("multipart/form-data"):
        return False
    call = calls.read(sent, Signature("", "s3", "", None, ""))
    return any(_is_shut(needed, {**s3_actions.facts_of(call), **facts}) for needed in s3_actions.of(call))


def _is_shut(needed: s3_actions.S3Access, facts: Mapping[str, str | list[str]]) -> bool:
    policy = resource_policies.of("s3", needed.bucket) if needed.bucket else None
    question = Question(needed.action, needed.resource, lowered(facts), ANYONE)
    found = evaluate([policy] if policy else [], question, resource_based=True)
    # moto itself reads the ACL of an object.
    return found.effect == "Deny" or (found.effect is None and not _is_left_to_acls(needed))


def _is_left_to_acls(needed: s3_actions.S3Access) -> bool:
    from moto.s3.models import s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

    if needed.action == "s3:GetObject":
        return True
    bucket: Any = s3_backends[ACCOUNT][PARTITION].buckets.get(needed.bucket or "")
    return needed.action == "s3:ListBucket" and bucket is not None and bool(bucket.acl and bucket.acl.public_read)


def _facts(url: str, headers: Mapping[str, str]) -> dict[str, str]:
    parts = urlsplit(url)
    secure = parts.scheme == "https" or parts.hostname in _LOOPBACK
    facts = {"aws:securetransport": str(secure).lower(), "s3:tlsversion": "1.3"}
    if not secure:
        del facts["s3:tlsversion"]
    return facts | {f"s3:{name}": headers[name] for name in _HEADERS if name in headers}


def _permission(self: Any, action: str, resource: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.iam.access_control import PermissionResult  # noqa: PLC0415 - moto loads only when deploying

    verdict = judged()
    if verdict is not None:
        return PermissionResult.DENIED if resource in verdict.refused_resources else PermissionResult.PERMITTED
    if self.policy is None:
        return PermissionResult.NEUTRAL
    principal, facts = _request.get()
    question = Question(_ACTIONS.get(action, action), resource, facts, principal)
    found = evaluate([parse(self.policy)], question, resource_based=True)
    if found.effect == "Deny":
        return PermissionResult.DENIED
    return PermissionResult.PERMITTED if found.effect == "Allow" else PermissionResult.NEUTRAL
