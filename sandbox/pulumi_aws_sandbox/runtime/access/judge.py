"""The judgement of a request: who signed it, and may they do that."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import calls, principals, resources, s3_actions, sessions, signatures
from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.errors import refuse
from pulumi_aws_sandbox.runtime.access.needs import Access
from pulumi_aws_sandbox.runtime.access.patterns import lowered
from pulumi_aws_sandbox.runtime.access.policies import Decision, Policies, Principal, Question, decide
from pulumi_aws_sandbox.runtime.access.signatures import Sent, Signature

_AWS_KEY_LENGTH = 20
_AWS_KEYS = ("AKIA", "ASIA")
_INVALID = "The security token included in the request is invalid."
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

UNJUDGED = {"sts:GetCallerIdentity", "sts:GetSessionToken"}
"""What every key may do, whatever its policies say."""

PUBLIC = {
    "cognito-identity": {
        "GetCredentialsForIdentity",
        "GetId",
        "GetOpenIdToken",
        "UnlinkIdentity",
    },
    "cognito-idp": {
        "AssociateSoftwareToken",
        "ChangePassword",
        "CompleteWebAuthnRegistration",
        "ConfirmDevice",
        "ConfirmForgotPassword",
        "ConfirmSignUp",
        "DeleteUser",
        "DeleteUserAttributes",
        "DeleteWebAuthnCredential",
        "ForgetDevice",
        "ForgotPassword",
        "GetDevice",
        "GetTokensFromRefreshToken",
        "GetUser",
        "GetUserAttributeVerificationCode",
        "GetUserAuthFactors",
        "GlobalSignOut",
        "InitiateAuth",
        "ListDevices",
        "ListWebAuthnCredentials",
        "ResendConfirmationCode",
        "RespondToAuthChallenge",
        "RevokeToken",
        "SetUserMFAPreference",
        "SetUserSettings",
        "SignUp",
        "StartWebAuthnRegistration",
        "UpdateAuthEventFeedback",
        "UpdateDeviceStatus",
        "UpdateUserAttributes",
        "VerifySoftwareToken",
        "VerifyUserAttribute",
    },
    "sns": {"ConfirmSubscription", "Unsubscribe"},
    "sts": {"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"},
}
"""The operations that need no AWS credentials, by service."""

_TARGETS = {"AWSCognitoIdentityProviderService": "cognito-idp", "AWSCognitoIdentityService": "cognito-identity"}
"""The services with such operations, by what their requests call them."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed a request, with the policies and facts that come with them."""

    principal: Principal
    user_id: str
    standing: Policies
    facts: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A request that was let through: its caller, and the keys of a bucket that it may not delete."""

    caller: Caller
    refused_resources: frozenset[str] = frozenset()


_judged: ContextVar[Judged | None] = ContextVar("judged", default=None)


def judged() -> Judged | None:
    """Return the judgement of the request at hand, or `None` if it is the operator's or nobody's."""
    return _judged.get()


@contextmanager
def judging(sent: Sent) -> Iterator[None]:
    """Raise `RefusedError` unless a request may be answered; within the block its caller is known."""
    signature = signatures.read(sent)
    if signature is None:
        _check_public(sent)
    token = _judged.set(None if signature is None else judge(sent, signature))
    try:
        yield
    finally:
        _judged.reset(token)


def service_of(sent: Sent) -> str:
    """Return the service that a request is sent to, as far as its signature or its target tells."""
    signature = signatures.read(sent)
    if signature is not None:
        return signature.service
    target = sent.headers.get("x-amz-target", "").split(".", 1)[0]
    return _TARGETS.get(target, target)


def _check_public(sent: Sent) -> None:
    """Raise `RefusedError` where a request names an operation that wants credentials and carries none.

    Requests without an operation's name, such as those of S3, are left to their service.
    """
    target = sent.headers.get("x-amz-target", "")
    operation = target.rsplit(".", 1)[-1]
    if not target and sent.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        operation = parse_qs((sent.body or b"").decode(errors="replace")).get("Action", [""])[0]
    public = PUBLIC.get(service_of(sent), set()) if target else PUBLIC["sts"] | PUBLIC["sns"]
    if operation and operation not in public:
        refuse("MissingAuthenticationToken", "Request is missing Authentication Token")


def judge(sent: Sent, signature: Signature) -> Judged | None:
    """Return the judgement of a signed request, or `None` for the operator's own."""
    found = _caller(sent, signature)
    if found is None:
        return None
    caller, call = found, calls.read(sent, signature)
    if call.operation in PUBLIC.get(call.service, ()) or f"{call.prefix}:{call.operation}" in UNJUDGED:
        return Judged(caller)
    if (call.prefix, call.operation) == ("sts", "AssumeRole"):
        # The role's own trust has a say in it: STS asks for both at once.
        return Judged(caller)
    facts = _facts(call, caller)
    for access in resources.accesses(call):
        decision = _decide(access, caller, facts)
        if not decision.allowed:
            refuse("AccessDenied", message(caller.principal, access, decision, call.prefix))
    return Judged(caller, _refused_keys(call, caller, facts))


def message(principal: Principal, access: Access, decision: Decision, prefix: str) -> str:
    """Return what AWS says of a refusal; for a service whose resources are not known here, that too."""
    where = f" on resource: {access.resource}" if access.resource is not None else ""
    text = f"User: {principal.arn} is not authorized to perform: {access.action}{where} {decision.reason}"
    if access.resource is None and not resources.known(prefix):
        text += f' (the sandbox does not know the ARNs of {prefix}: there only statements with the resource "*" match)'
    return text


def _decide(access: Access, caller: Caller, facts: Mapping[str, str | list[str]]) -> Decision:
    question = Question(access.action, access.resource, lowered({**facts, **access.facts}), caller.principal)
    policies = replace(caller.standing, resource=access.policy, resource_must_allow=access.policy_must_allow)
    return decide(question, policies)


def _refused_keys(call: Call, caller: Caller, facts: Mapping[str, str | list[str]]) -> frozenset[str]:
    """Return the objects that a call would delete and may not; S3 refuses each of them by itself."""
    if (call.prefix, call.operation) != ("s3", "DeleteObjects"):
        return frozenset()
    needed = [resources.of_s3(each) for each in s3_actions.deleted_keys(call)]
    return frozenset(
        each.resource for each in needed if each.resource is not None and not _decide(each, caller, facts).allowed
    )


def _caller(sent: Sent, signature: Signature) -> Caller | None:
    """Return who signed a request; `None` for the operator, whose key is no key of AWS's shape."""
    key = signature.access_key_id
    if len(key) != _AWS_KEY_LENGTH or not key.startswith(_AWS_KEYS):
        return None
    session = sessions.find(key)
    if session is not None:
        if signature.token != session.session_token:
            refuse("InvalidToken", _INVALID)
        if session.expired:
            refuse("ExpiredToken", "The security token included in the request is expired")
        signatures.verify(sent, signature, session.secret_access_key)
        if session.operator:
            return None
        return Caller(session.principal, session.user_id, session.standing(), session.context)
    user = principals.user_of(key)
    secret = principals.secret_of(user, key) if user is not None else None
    if user is None or secret is None or signature.token is not None:
        refuse("InvalidClientTokenId", _INVALID)
    signatures.verify(sent, signature, secret)
    facts = {"aws:username": user.name, "aws:userid": user.id}
    return Caller(Principal(user.arn, ACCOUNT), user.id, principals.policies_of_user(user.name), facts)


def _facts(call: Call, caller: Caller) -> dict[str, str | list[str]]:
    """Return what conditions may ask about any request.

    A request to a server on this machine counts as encrypted: there is no certificate for it.
    """
    address = urlsplit(call.sent.url)
    secure = address.scheme == "https" or address.hostname in _LOOPBACK
    principal = caller.principal
    return {
        "aws:CurrentTime": clock.today().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(clock.now())),
        "aws:PrincipalAccount": principal.account,
        "aws:PrincipalArn": principal.role_arn or principal.arn,
        "aws:PrincipalIsAWSService": "false",
        "aws:PrincipalType": _kind(principal),
        "aws:RequestedRegion": call.region,
        "aws:SecureTransport": str(secure).lower(),
        "aws:SourceIp": "127.0.0.1",
        "aws:UserAgent": call.sent.headers.get("user-agent", ""),
        "aws:ViaAWSService": "false",
        **caller.facts,
    }


def _kind(principal: Principal) -> str:
    if principal.role_arn is not None:
        return "AssumedRole"
    return "FederatedUser" if ":federated-user/" in principal.arn else "User"
