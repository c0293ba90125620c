"""A pool's JWTs: issued after a sign-in, and verified before anything is done for whoever holds one."""

import json
import secrets
import uuid
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import claims, directory, keys
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Family, Json, Pool, RefreshToken, User, of_pool

_UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
_DEFAULT_SECONDS = {"AccessToken": 3_600, "IdToken": 3_600, "RefreshToken": 30 * 86_400}
_DEFAULT_UNIT = {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"}
_ALGORITHM = "RS256"
_EXPIRED = "expired"
_REVOKED = "revoked"


class TokenRefusedError(Exception):
    """A token is not one to trust."""

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a valid access token."""

    pool: Pool
    client: Client
    user: User
    claims: Json


def lifetime_seconds(client: Client, kind: str) -> int:
    """Return how long a client's `AccessToken`, `IdToken` or `RefreshToken` is good for."""
    given = client.extended_config.get(f"{kind}Validity")
    if not given:
        return _DEFAULT_SECONDS[kind]
    unit = (client.extended_config.get("TokenValidityUnits") or {}).get(kind) or _DEFAULT_UNIT[kind]
    return int(given) * _UNIT_SECONDS[unit]


def start(pool: Pool, client: Client, user: User, source: str, metadata: Json) -> Json:
    """Begin a new family of tokens and return the result of a sign-in."""
    now = clock.now()
    family = Family(
        origin_jti=str(uuid.uuid4()),
        client_id=client.id,
        username=user.username,
        auth_time=int(now),
        event_id=str(uuid.uuid4()),
        expires_at=now + lifetime_seconds(client, "RefreshToken"),
    )
    issued = issue(pool, client, user, family, source, metadata=metadata)
    of_pool(pool).families[family.origin_jti] = family
    return issued | {"RefreshToken": new_refresh_token(pool, family)}


def new_refresh_token(pool: Pool, family: Family) -> str:
    """Return another refresh token of a family."""
    token = secrets.token_urlsafe(300)
    of_pool(pool).refresh_tokens[token] = RefreshToken(family)
    return token


def issue(pool: Pool, client: Client, user: User, family: Family, source: str, *, metadata: Json) -> Json:  # noqa: PLR0913 - what tokens are made of
    """Return new ID and access tokens of a family."""
    access_seconds = lifetime_seconds(client, "AccessToken")
    request = claims.Request(pool, client, user, family, source, metadata, int(clock.now()))
    identity, access = claims.both(request, lifetime_seconds(client, "IdToken"), access_seconds)
    key = keys.signing_key(pool)
    header = {"alg": _ALGORITHM, "kid": key.kid}
    return {
        "AccessToken": jwt.encode(header, access, key, algorithms=[_ALGORITHM]),
        "IdToken": jwt.encode(header, identity, key, algorithms=[_ALGORITHM]),
        "ExpiresIn": access_seconds,
        "TokenType": "Bearer",
    }


def verified_claims(token: str, *, use: str, pool_id: str | None = None, client_id: str | None = None) -> Json:
    """Return the claims of an `id` or `access` token that holds in every respect; raise `TokenRefusedError` if not."""
    return _verified(token, use, pool_id, client_id).claims


def holder(access_token: str) -> Holder:
    """Return whoever holds an access token, or refuse the request as Cognito does."""
    try:
        found = _verified(access_token, "access", None, None)
    except TokenRefusedError as error:
        words = {_EXPIRED: "Access Token has expired", _REVOKED: "Access Token has been revoked"}
        refuse("NotAuthorizedException", words.get(error.reason, "Invalid Access Token"))
    if claims.SIGN_IN_SCOPE not in found.claims.get("scope", "").split():
        refuse("NotAuthorizedException", "Access Token does not have required scopes")
    if not found.user.enabled:
        refuse("NotAuthorizedException", "User is disabled.")
    return found


def _verified(token: str, use: str, pool_id: str | None, client_id: str | None) -> Holder:
    pool = _named_pool(token)
    if pool is None or (pool_id is not None and pool.id != pool_id):
        reason = "of another user pool"
        raise TokenRefusedError(reason)
    try:
        read = jwt.decode(token, keys.signing_key(pool), algorithms=[_ALGORITHM])
    except (JoseError, ValueError) as error:
        reason = "not signed by the user pool"
        raise TokenRefusedError(reason) from error
    return _checked(pool, read.claims, use, client_id)


def _checked(pool: Pool, said: Json, use: str, client_id: str | None) -> Holder:
    family = of_pool(pool).families.get(said.get("origin_jti", ""))
    client = pool.clients.get(said.get("aud") if use == "id" else said.get("client_id"))
    user = directory.by_id(pool, said.get("sub"))
    problems = (
        ("not an issue of the user pool", said.get("iss") != keys.issuer(pool)),
        (f"not an {use} token", said.get("token_use") != use),
        (_EXPIRED, clock.now() >= said.get("exp", 0)),
        ("of another client", client is None or client_id not in {None, client.id}),
        (_REVOKED, family is None or family.revoked),
        ("of a user who is gone", user is None),
    )
    reason = next((name for name, found in problems if found), None)
    if reason is not None:
        raise TokenRefusedError(reason)
    return Holder(pool, client, user, said)


def _named_pool(token: str) -> Pool | None:
    """Return the pool that a token names as its issuer, before anything of it is believed."""
    try:
        issuer = json.loads(extract_compact(token.encode()).payload)["iss"]
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    return directory.pool_by_id(str(issuer).rsplit("/", 1)[-1])


def revoke(family: Family) -> None:
    """End all tokens of a sign-in."""
    family.revoked = True


def sign_out(pool: Pool, user: User) -> None:
    """End all tokens of a user."""
    for family in list(of_pool(pool).families.values()):
        if family.username == user.username:
            revoke(family)
