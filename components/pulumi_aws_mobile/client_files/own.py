"""`aws-mobile.json`, and `custom` of Amplify's outputs: what no format of Amplify has a place for. Pure."""

from typing import Any

from .settings import ClientSettings
from .words import API_NAME, AUTHORIZATION, MARK, other_providers

TOKEN_ROUTES = {"exchange": "/token", "keys": "/.well-known/jwks.json"}
SYNC_ROUTES = {"datasets": "/sync/datasets"}
DEVICE_ROUTES = {"devices": "/devices"}
AMPLIFY_ROUTES = {"identify": "/identify-user", "register": "/register-device", "remove": "/remove-device"}


def document(settings: ClientSettings) -> dict[str, Any]:
    """Return everything that an app is told, in this project's own words; it holds no secret."""
    found: dict[str, Any] = {
        "format": MARK,
        "environment": settings.environment,
        "region": settings.region,
        "failover": settings.is_failover,
        "sign_in": _sign_in(settings),
    }
    if settings.api is not None:
        found["api"] = {
            "name": API_NAME,
            "url": settings.api.url,
            "region": settings.api.region,
            "authorization": AUTHORIZATION,
            "needs_key": settings.api.needs_key,
        }
        found["token_exchange"] = TOKEN_ROUTES
        if settings.user_data:
            found["data_sync"] = SYNC_ROUTES
        if settings.push is not None:
            amplify = {"amplify": AMPLIFY_ROUTES} if settings.push.amplify else {}
            found["push"] = {**DEVICE_ROUTES, "topics": list(settings.push.topics), **amplify}
    if settings.user_files is not None:
        found["user_files"] = {"bucket": settings.user_files.name, "region": settings.user_files.region}
    if settings.analytics is not None:
        told = settings.analytics
        found["analytics"] = {
            "service": told.service,
            "stream": told.stream,
            "region": told.region,
            "schema_version": told.schema_version,
        }
    return found


def _sign_in(settings: ClientSettings) -> dict[str, Any]:
    sign_in = settings.sign_in
    found: dict[str, Any] = {
        "region": sign_in.region,
        "user_pool_id": sign_in.user_pool_id,
        "user_pool_client_id": sign_in.app.id,
        "app": sign_in.app.key,
        "guests": sign_in.guests,
    }
    if sign_in.identity_pool_id is not None:
        found["identity_pool_id"] = sign_in.identity_pool_id
    if sign_in.hosted_domain is not None:
        found["hosted_domain"] = sign_in.hosted_domain
    if sign_in.mfa is not None:
        found |= {"mfa": sign_in.mfa, "mfa_factors": list(sign_in.mfa_factors)}
    if sign_in.first_factors:
        found["first_factors"] = list(sign_in.first_factors)
    if others := other_providers(settings):
        found["custom_providers"] = others
    return found
