"""The app clients, and the APIs that they ask tokens for."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.identity.pool.user_pool import Pool
from pulumi_aws_mobile.scope import Scope

from .settings import ClientSettings

_UNITS = {"access_token": "minutes", "id_token": "minutes", "refresh_token": "hours"}


def create_resource_servers(
    scope: Scope, servers: Mapping[str, Mapping[str, str]], pool: Pool
) -> "list[aws.cognito.ResourceServer]":
    """Create the APIs that tokens can be made for."""
    return [
        aws.cognito.ResourceServer(
            scope.child(f"server-{identifier}"),
            identifier=identifier,
            name=identifier,
            scopes=[
                {"scope_name": key, "scope_description": description} for key, description in sorted(scopes.items())
            ],
            user_pool_id=pool.id,
            region=scope.region,
            opts=scope.options(),
        )
        for identifier, scopes in servers.items()
    ]


def create_clients(
    scope: Scope,
    clients: Mapping[str, ClientSettings],
    pool: Pool,
    providers: Mapping[str, pulumi.Resource],
    servers: Sequence[pulumi.Resource],
) -> "dict[str, aws.cognito.UserPoolClient]":
    """Create the app clients by their keys, each after the providers and APIs that it names."""
    return {
        key: aws.cognito.UserPoolClient(
            scope.child(f"client-{key}"),
            user_pool_id=pool.id,
            name=scope.child(key),
            generate_secret=client.has_secret,
            explicit_auth_flows=list(client.auth_flows),
            enable_token_revocation=True,
            prevent_user_existence_errors="ENABLED",
            supported_identity_providers=list(client.provider_names) or None,
            access_token_validity=client.access_token_minutes,
            id_token_validity=client.id_token_minutes,
            refresh_token_validity=client.refresh_token_hours,
            token_validity_units=_UNITS,
            auth_session_validity=client.session_minutes,
            read_attributes=_listed(client.read_attributes),
            write_attributes=_listed(client.write_attributes),
            region=scope.region,
            opts=scope.options(depends_on=[*(providers[provider] for provider in client.provider_keys), *servers]),
            **_rotation(client),
            **_pages(client),
        )
        for key, client in clients.items()
    }


def _rotation(client: ClientSettings) -> dict[str, Any]:
    if not client.rotates:
        return {}
    rotation = {"feature": "ENABLED", "retry_grace_period_seconds": client.refresh_grace_seconds}
    return {"refresh_token_rotation": rotation}


def _pages(client: ClientSettings) -> dict[str, Any]:
    """Return what a client may do at the hosted pages and the token endpoint."""
    if not client.oauth_flows:
        return {"allowed_oauth_flows_user_pool_client": False}
    return {
        "allowed_oauth_flows_user_pool_client": True,
        "allowed_oauth_flows": list(client.oauth_flows),
        "allowed_oauth_scopes": list(client.scopes),
        "callback_urls": list(client.callback_urls) or None,
        "default_redirect_uri": client.callback_urls[0] if client.callback_urls else None,
        "logout_urls": list(client.logout_urls) or None,
    }


def _listed(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)
