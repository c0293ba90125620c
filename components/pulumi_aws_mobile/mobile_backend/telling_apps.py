"""What the outputs `client` say to apps, as `client_files` reads it: ids, addresses and rules, and no secret."""

from collections.abc import Mapping
from typing import Any

import pulumi

from pulumi_aws_mobile.analytics import Analytics
from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.identity import settings as identity_settings
from pulumi_aws_mobile.identity.clients.args import ClientKind
from pulumi_aws_mobile.identity.pool.settings import PoolSettings
from pulumi_aws_mobile.identity.settings import IdentitySettings
from pulumi_aws_mobile.user_files import UserFiles

from .core_api import CoreSettings
from .settings import MobileBackendSettings


def tell_of_backend(  # noqa: PLR0913, PLR0917 - the parts that apps meet
    name: str,
    settings: MobileBackendSettings,
    identity: Identity,
    files: UserFiles | None,
    api: Api | None,
    analytics: Analytics | None,
) -> pulumi.Output[dict[str, Any]]:
    """Return all that an app has to know of the backend `name`."""
    region = identity.user_pool_id.apply(_region_of_pool)
    told: dict[str, Any] = {
        "region": region,
        "sign_in": _sign_in(identity_settings.resolve(f"{name}-identity", settings.identity), identity),
        **_routes(settings.core, api),
    }
    if files is not None:
        told["user_files"] = {"name": files.bucket_name, "region": region}
        copy = (settings.user_files or {}).get("replication")
        if copy is not None:
            told["user_files_copy"] = {"name": files.replica_bucket_name, "region": copy["region"]}
    if analytics is not None:
        told["analytics"] = analytics.client_config
    return pulumi.Output.from_input(told)


def tell_of_site(region: str, core: CoreSettings, api: Api) -> pulumi.Output[dict[str, Any]]:
    """Return what an app has to know of the recovery Region: its own API, not the one that a domain leads to now."""
    return pulumi.Output.from_input({"region": region, **_routes(core, api, own=True)})


def _routes(core: CoreSettings | None, api: Api | None, *, own: bool = False) -> dict[str, Any]:
    """Return the API and what is behind it; with `own` the API's own URL, unless it answers by its domain alone."""
    if core is None or api is None:
        return {}
    by_domain = (core.api.get("domain") or {}).get("only") is True
    told: dict[str, Any] = {
        "api": {
            "url": (api.endpoint_url if own and not by_domain else api.url).apply(lambda url: url.rstrip("/")),
            "region": core.api.get("region") or api.execution_arn.apply(lambda arn: arn.split(":")[3]),
            "needs_key": core.api.get("require_client_keys") is True,
        },
        "user_data": core.data_sync is not None,
    }
    if core.push is not None:
        told["push"] = {"topics": sorted(core.push.get("topics") or {}), "amplify": core.push.get("amplify") is True}
    return told


def _sign_in(settings: IdentitySettings, identity: Identity) -> dict[str, Any]:
    told: dict[str, Any] = {
        "user_pool_id": identity.user_pool_id,
        "identity_pool_id": identity.identity_pool_id,
        "guests": settings.federation is not None and settings.federation.guests,
        "hosted_domain": identity.hosted_domain,
        "apps": {
            key: {
                "id": identity.client_ids.apply(lambda ids, key=key: ids[key]),
                "sign_in_flow": _flow(client.auth_flows),
                "callback_urls": list(client.callback_urls),
                "logout_urls": list(client.logout_urls),
                "scopes": list(client.scopes),
                "providers": list(client.provider_names),
            }
            for key, client in settings.clients.items()
            if client.kind is not ClientKind.SERVER
        },
        "groups": {
            key: {} if group.precedence is None else {"precedence": group.precedence}
            for key, group in settings.groups.items()
        },
    }
    # Of an adopted pool nothing more is known.
    return told if settings.pool is None else {**told, **_rules(settings.pool)}


def _rules(pool: PoolSettings) -> Mapping[str, Any]:
    """Return what the user pool asks of its users."""
    told: dict[str, Any] = {
        "username_attributes": list(pool.username_attributes),
        "required_attributes": [attribute.name for attribute in pool.attributes if attribute.required],
        "verified_attributes": list(pool.auto_verified),
        "password": {
            "min_length": pool.password.min_length,
            "lowercase": pool.password.lowercase,
            "uppercase": pool.password.uppercase,
            "numbers": pool.password.numbers,
            "symbols": pool.password.symbols,
        },
        "mfa": pool.mfa_mode.value,
        "mfa_factors": list(pool.mfa_factors),
        "first_factors": list(pool.first_factors),
    }
    if pool.passkeys is not None:
        told["passkeys"] = {
            "relying_party_id": pool.passkeys.relying_party_id,
            "user_verification": pool.passkeys.user_verification.value,
        }
    return told


def _flow(flows: tuple[str, ...]) -> str:
    """Return how Amplify begins a sign-in: by a password that stays on the device, unless a challenge is required."""
    return "USER_SRP_AUTH" if "ALLOW_USER_SRP_AUTH" in flows else "CUSTOM_AUTH"


def _region_of_pool(user_pool_id: str) -> str:
    return user_pool_id.partition("_")[0]
