"""Identity pools that give out identities and credentials only to whom they should.

A guest who later shows a login keeps the identity. The flows are those of
https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
"""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.cognito_refusals import refuse
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access import identities, identity_roles, identity_tokens, sessions, web_identity
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.logins import Login

_SESSION_NAME = "CognitoIdentityCredentials"
_CLASSIC = "Basic (classic) flow is not enabled, please use enhanced flow."


def fill() -> None:
    """Verify whoever asks an identity pool for something."""
    from moto.cognitoidentity.responses import CognitoIdentityResponse  # noqa: PLC0415 - moto loads only when deploying

    for name, operation in _OPERATIONS.items():
        replace(CognitoIdentityResponse, name, lambda _, own=operation: _answering(own))


def _answering(operation: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Callable[[Any], str]:
    def answer(self: Any) -> str:  # noqa: ANN401 - moto's own types
        return json.dumps(operation(json.loads(self.body)) or {})

    return answer


def _get_id(given: dict[str, Any]) -> dict[str, Any]:
    return {"IdentityId": identities.get_id(given["IdentityPoolId"], given.get("Logins") or {})}


def _get_credentials(given: dict[str, Any]) -> dict[str, Any]:
    pool, identity, shown = identities.proven(given["IdentityId"], given.get("Logins") or {})
    role = identity_roles.choose(pool, shown, given.get("CustomRoleArn"))
    tags = identity_roles.principal_tags(pool, shown)
    claims = {"sub": identity.id, "aud": pool.identity_pool_id, "amr": _amr(shown)}
    who = web_identity.of_cognito({**claims, **identity_tokens.tags_claim(tags)})
    try:
        web_identity.check_trust(role, who, who.facts)
    except RefusedError:
        refuse("InvalidIdentityPoolConfigurationException", identity_roles.MISCONFIGURED)
    limits = None if shown else identity_roles.GUEST_LIMITS
    session = sessions.assume(role, _SESSION_NAME, policies=limits, context=who.session_facts)
    return {
        "IdentityId": identity.id,
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretKey": session.secret_access_key,
            "SessionToken": session.session_token,
            "Expiration": session.expires_at.timestamp(),
        },
    }


def _get_open_id_token(given: dict[str, Any]) -> dict[str, Any]:
    pool, identity, shown = identities.proven(given["IdentityId"], given.get("Logins") or {})
    if not pool.allow_classic_flow:
        refuse("InvalidParameterException", _CLASSIC)
    tags = identity_roles.principal_tags(pool, shown)
    token = identity_tokens.issue(identity.id, pool.identity_pool_id, _amr(shown), tags)
    return {"IdentityId": identity.id, "Token": token}


def _get_developer_token(_: dict[str, Any]) -> NoReturn:
    refuse("InvalidParameterException", "The sandbox has no developer-authenticated identities.")


def _describe(given: dict[str, Any]) -> dict[str, Any]:
    _, identity = identities.find(given["IdentityId"])
    return {"IdentityId": identity.id, "Logins": list(identity.logins), "CreationDate": identity.created_at}


def _unlink(given: dict[str, Any]) -> None:
    identities.unlink(given["IdentityId"], given.get("Logins") or {}, given["LoginsToRemove"])


def _amr(shown: list[Login]) -> list[str]:
    return ["authenticated", *(each for login in shown for each in login.amr)] if shown else ["unauthenticated"]


_OPERATIONS = {
    "describe_identity": _describe,
    "get_credentials_for_identity": _get_credentials,
    "get_id": _get_id,
    "get_open_id_token": _get_open_id_token,
    "get_open_id_token_for_developer_identity": _get_developer_token,
    "unlink_identity": _unlink,
}
