"""The endpoints of a user pool's domain that deal in tokens: token, user info and revoke."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from joserfc import jwt

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.hosted_records import (
    Answer,
    Granted,
    Pending,
    authenticated,
    in_json,
    record_of,
    refuse,
)
from pulumi_aws_sandbox.runtime.user_pools import directory, keys, outcome, refresh, schema, tokens
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User
from pulumi_aws_sandbox.runtime.user_pools.sessions import Attempt

_OWN_SCOPES = {"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"}


def token(request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    """Answer with tokens for a code, which is good once, or for a refresh token."""
    form: Mapping[str, str] = request.form
    pool, client = authenticated(request)
    kind = form.get("grant_type")
    if kind == "refresh_token":
        given = {"ClientId": client.id, "RefreshToken": form.get("refresh_token", "")}
        secret = {"ClientSecret": client.secret} if client.generate_secret else {}
        issued = refresh.get_tokens_from_refresh_token(Call({**given, **secret}))["AuthenticationResult"]
        return _issued(pool, issued, None)
    if kind != "authorization_code":
        refuse("unsupported_grant_type")
    granted = record_of(pool).codes.pop(form.get("code", ""), None)
    if granted is None or not _fits(granted, client, form):
        refuse("invalid_grant")
    user = pool.users.get(granted.username)
    if user is None:
        refuse("invalid_grant")
    outcome.check_may_sign_in(user)
    attempt = Attempt(pool, client, user.username, user, "HOSTED")
    issued = outcome.finish(attempt, "TokenGeneration_HostedAuth")["AuthenticationResult"]
    return _issued(pool, issued, granted.pending)


def _issued(pool: Pool, issued: Json, pending: Pending | None) -> Answer:
    """Return tokens with the scopes that were asked for; without `openid` there is no ID token."""
    key, kept = keys.signing_key(pool), record_of(pool).scopes
    access = jwt.decode(issued["AccessToken"], key, algorithms=["RS256"]).claims
    identity = jwt.decode(issued["IdToken"], key, algorithms=["RS256"]).claims
    if pending is not None:
        kept[access["origin_jti"]] = (pending.scopes, pending.nonce)
    scopes, nonce = kept.get(access["origin_jti"], (tuple(access["scope"].split()), None))
    # What a trigger has added stays beside what was asked for.
    added = [scope for scope in access["scope"].split() if scope not in _OWN_SCOPES]
    access["scope"] = " ".join(dict.fromkeys([*scopes, *added]))
    user = pool.users[access["username"]]
    if linked := user.attribute_lookup.get("identities"):
        identity["identities"] = json.loads(linked)
    if nonce is not None:
        identity["nonce"] = nonce
    header = {"alg": "RS256", "kid": key.kid}
    answer = {
        "access_token": jwt.encode(header, access, key, algorithms=["RS256"]),
        "token_type": "Bearer",
        "expires_in": issued["ExpiresIn"],
    }
    if "openid" in scopes:
        answer["id_token"] = jwt.encode(header, identity, key, algorithms=["RS256"])
    if "RefreshToken" in issued:
        answer["refresh_token"] = issued["RefreshToken"]
    return in_json(answer)


def _fits(granted: Granted, client: Client, form: Mapping[str, str]) -> bool:
    """Tell whether a code is used by whom and from where it was asked for, and with the proof it was asked with."""
    pending = granted.pending
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        clock.now() < granted.expires_at
        and pending.client_id == client.id
        and pending.redirect_uri == form.get("redirect_uri")
        and (pending.challenge is None or hmac.compare_digest(pending.challenge, proof))
    )


def user_info(request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    """Answer with the attributes of whoever an access token speaks of."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        claims = tokens.verified_claims(bearer, use="access")
    except tokens.TokenRefusedError as error:
        refuse("invalid_token", error.reason, 401)
    if "openid" not in claims["scope"].split():
        refuse("invalid_token", "Access token does not contain openid scope", 401)
    pool, client = directory.require_client(claims["client_id"])
    user: User = pool.users[claims["username"]]
    readable = schema.readable(pool, client)
    shown = {name: value for name, value in user.attribute_lookup.items() if name in readable}
    return in_json({"sub": user.id, "username": user.username, **shown})


def revoke(request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    """End a refresh token and all that it was refreshed to."""
    _, client = authenticated(request)
    secret = {"ClientSecret": client.secret} if client.generate_secret else {}
    refresh.revoke_token(Call({"ClientId": client.id, "Token": request.form.get("token", ""), **secret}))
    return 200, {}, b""
