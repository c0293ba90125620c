"""The OAuth 2.0 endpoints of a user pool's domain, for signing in with an identity provider.

Authorize, the way back from the provider, token (with PKCE), user info, revoke and logout answer at a server's own URL:
the client's id tells the pool. There are no pages for signing in with a password.

https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn
from urllib.parse import urlencode

from pulumi_aws_sandbox.runtime import clock, federated_users
from pulumi_aws_sandbox.runtime.federated_users import FederationError
from pulumi_aws_sandbox.runtime.hosted_records import (
    Answer,
    Granted,
    Pending,
    RefusedError,
    client_of,
    in_json,
    record_of,
    refuse,
)
from pulumi_aws_sandbox.runtime.hosted_tokens import revoke, token, user_info
from pulumi_aws_sandbox.runtime.user_pools import directory
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Pool, of_pool

_PENDING_SECONDS = 600
_CODE_SECONDS = 300
_USER_POOL_ITSELF = "COGNITO"
_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def hosted(application: _Application) -> _Application:
    """Return a WSGI application with the domain's endpoints, which leaves all else to `application`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        from werkzeug.wrappers import Request, Response  # noqa: PLC0415 - only a server needs it

        endpoint = _ENDPOINTS.get((environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")))
        # A bucket may be called `logout`, too.
        if endpoint is None or (endpoint is _logout and "client_id=" not in environ.get("QUERY_STRING", "")):
            return application(environ, start_response)
        status, headers, body = _answered(endpoint, Request(environ))
        return Response(body, status, headers)(environ, start_response)

    return answer


def _answered(endpoint: Callable[[Any], Answer], request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    try:
        return endpoint(request)
    except RefusedError as refusal:
        about = {"error": refusal.error}
        if refusal.description:
            about["error_description"] = refusal.description
        return _sent_to(refusal.back, about) if refusal.back else in_json(about, refusal.status)
    except JsonRESTError as refusal:
        # The user pool's own refusals: a refresh token that is not good, a disabled user, a trigger that says no.
        return in_json({"error": "invalid_grant", "error_description": str(refusal.message)}, 400)


def _authorize(request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    query: Mapping[str, str] = request.args
    pool, client = client_of(query.get("client_id", ""))
    config, back = client.extended_config, query.get("redirect_uri", "")
    if back not in (config.get("CallbackURLs") or []):
        refuse("redirect_mismatch")
    state = {"state": query["state"]} if "state" in query else {}

    def decline(error: str, description: str = "") -> NoReturn:
        refuse(error, description, back=_with(back, state))

    if query.get("response_type") != "code":
        decline("unsupported_response_type", "the sandbox gives codes, not tokens, in answer to authorize")
    if not config.get("AllowedOAuthFlowsUserPoolClient") or "code" not in (config.get("AllowedOAuthFlows") or []):
        decline("unauthorized_client")
    allowed = config.get("AllowedOAuthScopes") or []
    scopes = tuple(query.get("scope", "").split() or allowed)
    if not set(scopes) <= set(allowed):
        decline("invalid_scope")
    challenge = query.get("code_challenge")
    if challenge and query.get("code_challenge_method") != "S256":
        decline("invalid_request", "code_challenge_method must be S256")
    try:
        provider = _provider(pool, client, query)
        kept = Pending(
            client.id,
            provider.name,
            back,
            scopes,
            clock.now() + _PENDING_SECONDS,
            f"{request.host_url.rstrip('/')}/oauth2/idpresponse",
            secrets.token_urlsafe(16),
            query.get("state"),
            query.get("nonce"),
            challenge,
        )
        ticket = f"{pool.id}.{secrets.token_urlsafe(24)}"
        url = federated_users.authorize_url(provider, kept.back, ticket, kept.provider_nonce)
    except FederationError as error:
        decline("invalid_request", str(error))
    record_of(pool).pending[ticket] = kept
    return 302, {"Location": url}, b""


def _idp_response(request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    ticket = request.args.get("state", "")
    pool = directory.pool_by_id(ticket.split(".")[0])
    kept = record_of(pool).pending.pop(ticket, None) if pool is not None else None
    if pool is None or kept is None or clock.now() >= kept.expires_at or kept.client_id not in pool.clients:
        refuse("invalid_request", "Invalid state")
    state = {"state": kept.state} if kept.state is not None else {}
    back = _with(kept.redirect_uri, state)
    if "code" not in request.args:
        refuse(request.args.get("error", "invalid_request"), back=back)
    provider, client = pool.identity_providers.get(kept.provider), pool.clients[kept.client_id]
    try:
        if provider is None:
            refuse("invalid_request", "the identity provider is gone", back=back)
        claims = federated_users.claims_for(provider, request.args["code"], kept.back, kept.provider_nonce)
        with of_pool(pool).lock:
            user = federated_users.admit(pool, client, provider, claims)
    except FederationError as error:
        refuse("invalid_request", str(error), back=back)
    code = secrets.token_urlsafe(24)
    record_of(pool).codes[code] = Granted(kept, user.username, clock.now() + _CODE_SECONDS)
    return _sent_to(back, {"code": code})


def _logout(request: Any) -> Answer:  # noqa: ANN401 - werkzeug's request
    _, client = client_of(request.args.get("client_id", ""))
    back = request.args.get("logout_uri", "")
    if back not in (client.extended_config.get("LogoutURLs") or []):
        refuse("invalid_request", "Required String parameter 'redirect_uri' is not present")
    return 302, {"Location": back}, b""


_ENDPOINTS: Mapping[tuple[str, str], Callable[[Any], Answer]] = {
    ("GET", "/oauth2/authorize"): _authorize,
    ("GET", "/oauth2/idpresponse"): _idp_response,
    ("POST", "/oauth2/token"): token,
    ("GET", "/oauth2/userInfo"): user_info,
    ("POST", "/oauth2/userInfo"): user_info,
    ("POST", "/oauth2/revoke"): revoke,
    ("GET", "/logout"): _logout,
}


def _provider(pool: Pool, client: Client, query: Mapping[str, str]) -> Any:  # noqa: ANN401 - moto's own types
    """Return the provider that is asked for, or the only one that a client offers."""
    offered = client.extended_config.get("SupportedIdentityProviders") or []
    name, identifier = query.get("identity_provider"), query.get("idp_identifier")
    if identifier is not None:
        found = (
            each
            for each in pool.identity_providers.values()
            if identifier in (each.extended_config.get("IdpIdentifiers") or [])
        )
        name = next((each.name for each in found), None)
    elif name is None and len(offered) == 1:
        name = offered[0]
    if name is None or name == _USER_POOL_ITSELF:
        message = "the sandbox has no sign-in pages: name an identity provider"
        raise FederationError(message)
    if name not in offered or name not in pool.identity_providers:
        message = f"the client offers no identity provider {name}"
        raise FederationError(message)
    return pool.identity_providers[name]


def _with(url: str, query: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}" if query else url


def _sent_to(url: str, query: Mapping[str, str]) -> Answer:
    return 302, {"Location": _with(url, query)}, b""
