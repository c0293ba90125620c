"""Refreshing, rotating and revoking: the refresh token's life."""

import hmac

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import directory, tokens
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, RefreshToken, User, of_pool

_SOURCE = "TokenGeneration_RefreshTokens"
_INVALID = "Invalid Refresh Token"


def rotates(client: Client) -> bool:
    """Tell whether a client gets a new refresh token with each refresh."""
    return (client.extended_config.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED"


def by_flow(pool: Pool, client: Client, parameters: Json) -> Json:
    """Answer REFRESH_TOKEN_AUTH."""
    if rotates(client):
        reason = "REFRESH_TOKEN_AUTH is not available with refresh token rotation; use GetTokensFromRefreshToken"
        refuse("InvalidParameterException", reason)
    found, user = _usable(pool, client, parameters.get("REFRESH_TOKEN"))
    directory.check_secret(client, user.username, parameters.get("SECRET_HASH"))
    # InitiateAuth does not give the caller's metadata to this trigger.
    return tokens.issue(pool, client, user, found.family, _SOURCE, metadata={})


def get_tokens_from_refresh_token(call: Call) -> Json:
    """Answer GetTokensFromRefreshToken: new tokens, and a new refresh token where the client rotates."""
    pool, client = directory.require_client(call.text("ClientId"))
    _check_client_secret(client, call.given("ClientSecret"))
    with of_pool(pool).lock:
        found, user = _usable(pool, client, call.text("RefreshToken"))
        first = found.rotated_at is None
        if rotates(client) and first:
            found.rotated_at = clock.now()
    issued = tokens.issue(pool, client, user, found.family, _SOURCE, metadata=call.metadata())
    if rotates(client):
        issued["RefreshToken"] = tokens.new_refresh_token(pool, found.family)
    return {"AuthenticationResult": issued}


def revoke_token(call: Call) -> Json:
    """Answer RevokeToken: a refresh token and all that it was refreshed to."""
    pool, client = directory.require_client(call.text("ClientId"))
    _check_client_secret(client, call.given("ClientSecret"))
    if not client.extended_config.get("EnableTokenRevocation", True):
        refuse("UnsupportedOperationException", "Token revocation is not enabled for the client")
    token = call.text("Token")
    if token.count(".") == 2:  # noqa: PLR2004 - the two dots of a JWT
        refuse("UnsupportedTokenTypeException", "The token is not a refresh token")
    found = of_pool(pool).refresh_tokens.get(token)
    if found is not None:
        if found.family.client_id != client.id:
            refuse("UnauthorizedException", "The token was not issued to the client")
        tokens.revoke(found.family)
    return {}


def _usable(pool: Pool, client: Client, token: str | None) -> tuple[RefreshToken, User]:
    found = of_pool(pool).refresh_tokens.get(token or "")
    if found is None or found.family.client_id != client.id:
        refuse("NotAuthorizedException", _INVALID)
    if found.family.revoked:
        refuse("NotAuthorizedException", "Refresh Token has been revoked")
    now = clock.now()
    if now >= found.family.expires_at:
        refuse("NotAuthorizedException", "Refresh Token has expired")
    grace = int((client.extended_config.get("RefreshTokenRotation") or {}).get("RetryGracePeriodSeconds") or 0)
    if found.rotated_at is not None and now >= found.rotated_at + grace:
        refuse("RefreshTokenReuseException", "Refresh Token has been rotated out")
    user = pool.users.get(found.family.username)
    if user is None:
        refuse("NotAuthorizedException", _INVALID)
    if not user.enabled:
        refuse("NotAuthorizedException", "User is disabled.")
    return found, user


def _check_client_secret(client: Client, given: str | None) -> None:
    if client.generate_secret and not hmac.compare_digest((given or "").encode(), client.secret.encode()):
        refuse("NotAuthorizedException", "Client secret does not match")
