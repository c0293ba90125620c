"""What ID and access tokens say, before and after the pre-token-generation trigger."""

import json
import secrets
import uuid
from dataclasses import dataclass
from typing import Any, TypeAlias

from pulumi_aws_sandbox.runtime.user_pools import keys, schema, triggers
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Family, Json, Pool, User

# moto's CognitoIdpGroup.
Group: TypeAlias = Any
SIGN_IN_SCOPE = "aws.cognito.signin.user.admin"
_BOOLEANS = ("email_verified", "phone_number_verified")
# The developer guide: the trigger changes none of these.
_FIXED_ID = {
    "acr", "amr", "at_hash", "auth_time", "azp", "cognito:username", "exp", "iat", "identities", "iss", "jti", "nbf",
    "nonce", "origin_jti", "sub", "token_use",
}  # fmt: skip
_FIXED_ACCESS = {
    "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "cognito:username", "device_key", "event_id", "exp",
    "iat", "identities", "iss", "jti", "nbf", "nonce", "origin_jti", "scope", "sub", "token_use", "username", "version",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups, roles and preferred role that tokens carry."""

    names: list[str]
    roles: list[str]
    preferred: str | None


def groups_of(user: User) -> Groups:
    """Return a user's groups, the one with the lowest precedence first."""
    last = float("inf")

    def rank(group: Group) -> tuple[float, str]:
        return (last if group.precedence is None else group.precedence, group.group_name)

    ordered = sorted(user.groups, key=rank)
    with_role = [group for group in ordered if group.role_arn]
    roles = list(dict.fromkeys(group.role_arn for group in with_role))
    first = {group.role_arn for group in with_role if rank(group)[0] == rank(with_role[0])[0] < last}
    return Groups([group.group_name for group in ordered], roles, first.pop() if len(first) == 1 else None)


@dataclass(frozen=True, slots=True)
class Request:
    """What tokens are asked for: by whom, at which point of which flow."""

    pool: Pool
    client: Client
    user: User
    family: Family
    source: str
    metadata: Json
    now: int


def both(request: Request, id_seconds: int, access_seconds: int) -> tuple[Json, Json]:
    """Return the claims of the ID token and of the access token."""
    groups = groups_of(request.user)
    changes = _overrides(request, groups)
    return _id(request, groups, changes, id_seconds), _access(request, groups, changes, access_seconds)


def _common(request: Request, use: str, seconds: int) -> Json:
    return {
        "sub": request.user.id,
        "iss": keys.issuer(request.pool),
        "origin_jti": request.family.origin_jti,
        "event_id": request.family.event_id,
        "token_use": use,
        "auth_time": request.family.auth_time,
        "iat": request.now,
        "exp": request.now + seconds,
        "jti": str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)),
    }


def _id(request: Request, groups: Groups, changes: Json, seconds: int) -> Json:
    claims = _common(request, "id", seconds) | {"aud": request.client.id, "cognito:username": request.user.username}
    readable = schema.readable(request.pool, request.client)
    for name, value in request.user.attribute_lookup.items():
        if name in readable and name != "sub":
            claims[name] = _typed(name, value)
    claims |= _group_claims(groups, changes, with_roles=True)
    return _changed(claims, changes.get("idTokenGeneration") or {}, _FIXED_ID)


def _access(request: Request, groups: Groups, changes: Json, seconds: int) -> Json:
    claims = _common(request, "access", seconds)
    claims |= {"client_id": request.client.id, "username": request.user.username}
    claims |= _group_claims(groups, changes, with_roles=False)
    generation = changes.get("accessTokenGeneration") or {}
    scopes = [SIGN_IN_SCOPE, *(generation.get("scopesToAdd") or [])]
    dropped = set(generation.get("scopesToSuppress") or [])
    claims["scope"] = " ".join(scope for scope in dict.fromkeys(scopes) if scope not in dropped)
    return _changed(claims, generation, _FIXED_ACCESS)


def _typed(name: str, value: str) -> object:
    if name in _BOOLEANS:
        return value == "true"
    if name == "updated_at":
        return int(value)
    return {"formatted": value} if name == "address" else value


def _group_claims(groups: Groups, changes: Json, *, with_roles: bool) -> Json:
    given = changes.get("groupOverrideDetails") or {}
    names = groups.names if given.get("groupsToOverride") is None else given["groupsToOverride"]
    roles = groups.roles if given.get("iamRolesToOverride") is None else given["iamRolesToOverride"]
    preferred = groups.preferred if given.get("preferredRole") is None else given["preferredRole"]
    claims: Json = {"cognito:groups": names} if names else {}
    if with_roles:
        claims |= {"cognito:roles": roles} if roles else {}
        claims |= {"cognito:preferred_role": preferred} if preferred else {}
    return claims


def _changed(claims: Json, generation: Json, fixed: set[str]) -> Json:
    dropped = set(generation.get("claimsToSuppress") or []) - fixed
    added = {
        name: value for name, value in (generation.get("claimsToAddOrOverride") or {}).items() if name not in fixed
    }
    return {name: value for name, value in claims.items() if name not in dropped} | {
        name: value for name, value in added.items() if name not in dropped
    }


def _overrides(request: Request, groups: Groups) -> Json:
    """Ask the pre-token-generation trigger; return its answer in the form of the second version."""
    version = triggers.token_version(request.pool)
    asked: Json = {
        "userAttributes": triggers.user_attributes(request.user),
        "groupConfiguration": {
            "groupsToOverride": groups.names,
            "iamRolesToOverride": groups.roles,
            "preferredRole": groups.preferred,
        },
        "clientMetadata": request.metadata,
    }
    occasion = triggers.Occasion(request.pool, request.client, request.source, request.user.username)
    if version == "1":
        said = triggers.run(occasion, asked, {"claimsOverrideDetails": None})["claimsOverrideDetails"] or {}
        _check_flat(said.get("claimsToAddOrOverride"))
        changed = {key: said.get(key) for key in ("claimsToAddOrOverride", "claimsToSuppress")}
        return {"idTokenGeneration": changed, "groupOverrideDetails": said.get("groupOverrideDetails")}
    asked["scopes"] = [SIGN_IN_SCOPE]
    answer = triggers.run(occasion, asked, {"claimsAndScopeOverrideDetails": None}, version)
    return answer["claimsAndScopeOverrideDetails"] or {}


def _check_flat(claims: Json | None) -> None:
    """Refuse claims that are not text: the first version of the event knows no others."""
    if any(not isinstance(value, str) for value in (claims or {}).values()):
        refuse("InvalidLambdaResponseException", "Unrecognizable lambda output: " + json.dumps(claims))
