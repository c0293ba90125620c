"""STS: credentials that stand for someone, given only to whom a role trusts.

The rules are those of https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and its neighbours.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access import principals, sessions, web_identity
from pulumi_aws_sandbox.runtime.access.errors import refuse
from pulumi_aws_sandbox.runtime.access.judge import Caller, judged
from pulumi_aws_sandbox.runtime.access.policies import Document, Policies, Principal, parse

_SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}")
_SHORTEST_SECONDS = 900
_LONGEST_SECONDS = 43_200
_LONGEST_CHAINED_SECONDS = 3_600
_LONGEST_FOR_USERS_SECONDS = 129_600
_EVERYTHING: Document = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
_OPERATOR = Caller(principals.OPERATOR, ACCOUNT, Policies(identity=(_EVERYTHING,)), {"aws:userid": ACCOUNT})
Facts = dict[str, str | list[str]]


def fill() -> None:
    """Let STS give out credentials that are kept."""
    from moto.sts.models import STSBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.sts.responses import TokenResponse  # noqa: PLC0415 - as above

    replace(STSBackend, "assume_role", _adopting)
    for name, operation in _OPERATIONS.items():
        replace(TokenResponse, name, lambda _, own=operation: _answering(own))


def _adopting(original: Callable[..., Any]) -> Callable[..., Any]:
    def assume_role(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        made = original(self, *args, **kwargs)
        sessions.adopt(made)
        return made

    return assume_role


def _answering(operation: Callable[[Any], dict[str, Any]]) -> Callable[[Any], Any]:
    def answer(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

        return ActionResult(operation(self))

    return answer


def _caller() -> Caller:
    found = judged()
    return _OPERATOR if found is None else found.caller


def _assume_role(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    role_arn, name = self._get_param("RoleArn"), _session_name(self)
    caller = _caller()
    seconds = _role_seconds(self, role_arn, chained=caller.principal.role_arn is not None)
    tags = {tag["Key"]: tag["Value"] for tag in self._get_param("Tags") or []}
    asked: Facts = {"sts:RoleSessionName": name, **_request_tags(tags)}
    if external_id := self._get_param("ExternalId"):
        asked["sts:ExternalId"] = external_id
    if source := self._get_param("SourceIdentity"):
        asked["sts:SourceIdentity"] = source
    facts = {**caller.facts, "aws:PrincipalArn": caller.principal.role_arn or caller.principal.arn, **asked}
    facts["aws:PrincipalAccount"] = ACCOUNT
    for action in ("sts:AssumeRole", *(("sts:TagSession",) if tags else ())):
        sessions.check_trust(role_arn, action, caller.principal, facts, caller.standing)
    context: Facts = {f"aws:PrincipalTag/{key}": value for key, value in tags.items()}
    session = sessions.assume(role_arn, name, seconds=seconds, policies=_session_policies(self), context=context)
    return _assumed(session)


def _assume_role_with_web_identity(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    role_arn, name = self._get_param("RoleArn"), _session_name(self)
    identity = web_identity.verified(self._get_param("WebIdentityToken"), self._get_param("ProviderId"))
    facts: Facts = {**identity.facts, "sts:RoleSessionName": name}
    seconds = _role_seconds(self, role_arn)
    web_identity.check_trust(role_arn, identity, facts)
    session = sessions.assume(
        role_arn, name, seconds=seconds, policies=_session_policies(self), context=identity.session_facts
    )
    return {
        **_assumed(session),
        "SubjectFromWebIdentityToken": identity.subject,
        "Provider": identity.provider,
        "Audience": identity.audience,
    }


def _assume_role_with_saml(_: Any) -> NoReturn:  # noqa: ANN401 - moto's own types
    message = "The sandbox verifies no SAML assertions, so it gives out no credentials for them."
    refuse("InvalidIdentityToken", message, 400)


def _get_session_token(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    caller = _caller()
    if caller.principal.role_arn is not None:
        refuse("AccessDenied", "Cannot call GetSessionToken with session credentials")
    seconds = _seconds(self, _LONGEST_FOR_USERS_SECONDS, _LONGEST_SECONDS)
    session = sessions.begin(
        caller.principal,
        caller.user_id,
        seconds=seconds,
        context=dict(caller.facts),
        user_name=_user_name(caller),
    )
    return {"Credentials": session.as_credentials()}


def _get_federation_token(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    caller, name = _caller(), self._get_param("Name")
    if caller.principal.role_arn is not None:
        refuse("AccessDenied", "Cannot call GetFederationToken with session credentials")
    arn = f"arn:{PARTITION}:sts::{ACCOUNT}:federated-user/{name}"
    session = sessions.begin(
        Principal(arn=arn, account=ACCOUNT),
        f"{ACCOUNT}:{name}",
        seconds=_seconds(self, _LONGEST_FOR_USERS_SECONDS, _LONGEST_SECONDS),
        # Without a session policy a federated user may do nothing.
        policies=_session_policies(self) or (),
        user_name=_user_name(caller),
    )
    return {
        "Credentials": session.as_credentials(),
        "FederatedUser": {"FederatedUserId": session.user_id, "Arn": arn},
        "PackedPolicySize": 0,
    }


def _get_caller_identity(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    found = judged()
    if found is not None:
        return {"UserId": found.caller.user_id, "Account": ACCOUNT, "Arn": found.caller.principal.arn}
    user_id, arn, account = self.backend.get_caller_identity(self.get_access_key(), self.region)
    return {"UserId": user_id, "Account": account, "Arn": arn}


_OPERATIONS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "assume_role": _assume_role,
    "assume_role_with_saml": _assume_role_with_saml,
    "assume_role_with_web_identity": _assume_role_with_web_identity,
    "get_caller_identity": _get_caller_identity,
    "get_federation_token": _get_federation_token,
    "get_session_token": _get_session_token,
}


def _assumed(session: sessions.Session) -> dict[str, Any]:
    return {
        "Credentials": session.as_credentials(),
        "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.principal.arn},
        "PackedPolicySize": 0,
    }


def _user_name(caller: Caller) -> str | None:
    name = caller.facts.get("aws:username")
    return name if isinstance(name, str) else None


def _session_name(self: Any) -> str:  # noqa: ANN401 - moto's own types
    name = self._get_param("RoleSessionName") or ""
    if _SESSION_NAME.fullmatch(name) is None:
        _invalid(name, "roleSessionName", r"satisfy regular expression pattern: [\w+=,.@-]{2,64}")
    return name


def _role_seconds(self: Any, role_arn: str, *, chained: bool = False) -> int:  # noqa: ANN401 - moto's own types
    seconds = _seconds(self, _LONGEST_SECONDS, sessions.DEFAULT_SECONDS)
    role = principals.role(role_arn)
    longest = int(getattr(role, "max_session_duration", None) or sessions.DEFAULT_SECONDS)
    if chained and seconds > _LONGEST_CHAINED_SECONDS:
        message = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
        refuse("ValidationError", message, 400)
    if role is not None and seconds > longest:
        message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        refuse("ValidationError", message, 400)
    return seconds


def _seconds(self: Any, longest: int, default: int) -> int:  # noqa: ANN401 - moto's own types
    seconds = int(self._get_param("DurationSeconds") or default)
    if seconds < _SHORTEST_SECONDS:
        _invalid(str(seconds), "durationSeconds", f"have value greater than or equal to {_SHORTEST_SECONDS}")
    if seconds > longest:
        _invalid(str(seconds), "durationSeconds", f"have value less than or equal to {longest}")
    return seconds


def _session_policies(self: Any) -> tuple[Document, ...] | None:  # noqa: ANN401 - moto's own types
    """Return the policies that narrow a session: one given inline, and managed ones."""
    found: list[Document] = []
    if text := self._get_param("Policy"):
        try:
            found.append(parse(text))
        except ValueError:
            refuse("MalformedPolicyDocument", "This policy contains invalid Json", 400)
    for each in self._get_param("PolicyArns") or []:
        document = principals.managed_policy(each["arn"])
        if document is None:
            refuse("InvalidParameterValue", f"Policy {each['arn']} does not exist or is not attachable.", 400)
        found.append(document)
    return tuple(found) or None


def _request_tags(tags: Mapping[str, str]) -> Facts:
    facts: Facts = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    return facts | ({"aws:TagKeys": list(tags)} if tags else {})


def _invalid(value: str, name: str, rule: str) -> NoReturn:
    message = (
        f"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must {rule}"
    )
    refuse("ValidationError", message, 400)
