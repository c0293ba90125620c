"""Who calls a method, and may they: Signature Version 4, identity policies and the API's own policy.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from pulumi_aws_sandbox.connection import ACCOUNT, DUMMY
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import principals, sessions
from pulumi_aws_sandbox.runtime.access.identity_tokens import ISSUER
from pulumi_aws_sandbox.runtime.access.patterns import lowered, texts
from pulumi_aws_sandbox.runtime.access.policies import ANYONE, Decision, Policies, Principal, Question, decide, evaluate
from pulumi_aws_sandbox.runtime.gateway import sigv4
from pulumi_aws_sandbox.runtime.gateway.definition import Definition, Operation
from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming
from pulumi_aws_sandbox.runtime.gateway.refusals import (
    ACCESS_DENIED,
    EXPIRED_TOKEN,
    MISSING_AUTHENTICATION_TOKEN,
    UNKNOWN_KEY,
    refuse,
)
from pulumi_aws_sandbox.runtime.gateway.stages import Target

ACTION = "execute-api:Invoke"
_COGNITO = ISSUER.removeprefix("https://")
_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed a request."""

    principal: Principal
    user_id: str
    access_key_id: str
    standing: Policies
    facts: Mapping[str, str | list[str]] = field(default_factory=dict)
    operator: bool = False


def check_claim(incoming: Incoming, region: str) -> None:
    """Refuse a request whose `Authorization` header is no signature, also where there is no route for it."""
    sigv4.read(incoming, region)


def authorize(incoming: Incoming, target: Target, operation: Operation) -> dict[str, str]:
    """Return what `$context.identity` has of a caller; refuse whoever may not call a method."""
    caller = _caller(incoming, target.region) if operation.iam else None
    if operation.iam or target.definition.policy is not None:
        _check(incoming, target, caller)
    shown = {"sourceIp": incoming.source_ip, "userAgent": incoming.header("user-agent") or ""}
    return shown if caller is None else {**shown, **_identity(caller)}


def _caller(incoming: Incoming, region: str) -> Caller:
    claim = sigv4.read(incoming, region)
    if claim is None:
        refuse(MISSING_AUTHENTICATION_TOKEN)
    key = claim.access_key_id
    session = sessions.find(key)
    if session is not None:
        if claim.token != session.session_token:
            refuse(UNKNOWN_KEY)
        if session.expired:
            refuse(EXPIRED_TOKEN)
        sigv4.verify(incoming, claim, session.secret_access_key)
        return Caller(
            session.principal, session.user_id, key, session.standing(), session.context, operator=session.operator
        )
    if claim.token is not None:
        refuse(UNKNOWN_KEY)
    if key == DUMMY:
        sigv4.verify(incoming, claim, DUMMY)
        return Caller(principals.OPERATOR, ACCOUNT, key, Policies(), operator=True)
    user = principals.user_of(key)
    secret = principals.secret_of(user, key) if user is not None else None
    if user is None or secret is None:
        refuse(UNKNOWN_KEY)
    sigv4.verify(incoming, claim, secret)
    facts = {"aws:username": user.name, "aws:userid": user.id}
    return Caller(Principal(user.arn, ACCOUNT), user.id, key, principals.policies_of_user(user.name), facts)


def _check(incoming: Incoming, target: Target, caller: Caller | None) -> None:
    resource = f"{target.arn}/{incoming.method}{_decoded(target.path)}"
    principal = caller.principal if caller is not None else ANYONE
    facts = _facts(incoming, target, caller)
    question = Question(ACTION, resource, lowered(facts), principal)
    decision = _decide(target.definition, question, caller)
    if decision.allowed:
        return
    who = principal.arn or "anonymous"
    hidden = resource.replace(f":{ACCOUNT}:", f":{'*' * (len(ACCOUNT) - _SHOWN_DIGITS)}{ACCOUNT[-_SHOWN_DIGITS:]}:", 1)
    refuse(ACCESS_DENIED, f"User: {who} is not authorized to perform: {ACTION} on resource: {hidden} {decision.reason}")


def _decide(definition: Definition, question: Question, caller: Caller | None) -> Decision:
    """Return what both policies say together: either may allow, and each may deny."""
    policy = definition.policy
    if caller is not None and not caller.operator:
        return decide(question, replace(caller.standing, resource=policy))
    found = evaluate([policy], question, resource_based=True) if policy is not None else None
    if found is not None and found.effect == "Deny":
        return Decision(allowed=False, reason="with an explicit deny in a resource-based policy")
    if caller is None and (found is None or found.effect is None):
        return Decision(allowed=False, reason=f"because no resource-based policy allows the {ACTION} action")
    return Decision(allowed=True)


def _facts(incoming: Incoming, target: Target, caller: Caller | None) -> dict[str, str | list[str]]:
    """Return what conditions may ask about a call. A call on this machine counts as encrypted."""
    now = clock.today()
    facts: dict[str, str | list[str]] = {
        "aws:CurrentTime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(now.timestamp())),
        "aws:PrincipalIsAWSService": "false",
        "aws:RequestedRegion": target.region,
        "aws:SecureTransport": "true",
        "aws:SourceIp": incoming.source_ip,
        "aws:UserAgent": incoming.header("user-agent") or "",
        "aws:ViaAWSService": "false",
    }
    if (referer := incoming.header("referer")) is not None:
        facts["aws:Referer"] = referer
    if caller is None:
        return facts
    principal = caller.principal
    kind = "AssumedRole" if principal.role_arn is not None else "User"
    return {
        **facts,
        "aws:PrincipalAccount": principal.account,
        "aws:PrincipalArn": principal.role_arn or principal.arn,
        "aws:PrincipalType": kind,
        **caller.facts,
    }


def _identity(caller: Caller) -> dict[str, str]:
    found = {
        "accessKey": caller.access_key_id,
        "accountId": caller.principal.account,
        "caller": caller.user_id,
        "principalOrgId": "",
        "user": caller.user_id,
        "userArn": caller.principal.arn,
    }
    identity_id = caller.facts.get(f"{_COGNITO}:sub")
    if identity_id is not None:
        amr = texts(caller.facts.get(f"{_COGNITO}:amr"))
        found |= {
            "cognitoIdentityId": _text(identity_id),
            "cognitoIdentityPoolId": _text(caller.facts.get(f"{_COGNITO}:aud")),
            "cognitoAuthenticationType": amr[0] if amr else "",
            "cognitoAuthenticationProvider": ",".join(amr[1:]),
        }
    return {name: value for name, value in found.items() if value}


def _text(value: Any) -> str:  # noqa: ANN401 - one text or several
    return next(iter(texts(value)), "")


def _decoded(path: str) -> str:
    """Return a path as policies see it: what is encoded cannot hide from them, nor a slash at the end."""
    return unquote(path).rstrip("/") or "/"
