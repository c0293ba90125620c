"""The identity providers that users may come from."""

from collections.abc import Mapping
from pathlib import Path

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.identity.pool.user_pool import Pool
from pulumi_aws_mobile.scope import Scope

from .provider_settings import ProviderSettings


def create_providers(scope: Scope, providers: Mapping[str, ProviderSettings], pool: Pool) -> dict[str, pulumi.Resource]:
    """Create the identity providers by their keys."""
    return {
        key: aws.cognito.IdentityProvider(
            scope.child(f"provider-{key}"),
            user_pool_id=pool.id,
            provider_name=provider.name,
            provider_type=provider.kind.type,
            provider_details=_details(scope, provider),
            attribute_mapping=dict(sorted(provider.mapping.items())),
            region=scope.region,
            opts=scope.options(),
        )
        for key, provider in providers.items()
    }


def _details(scope: Scope, provider: ProviderSettings) -> dict[str, pulumi.Input[str]]:
    details: dict[str, pulumi.Input[str] | None] = {
        **provider.kind.details,
        "authorize_scopes": provider.kind.joined_by.join(provider.scopes) or None,
        "client_id": provider.client_id,
        "team_id": provider.team_id,
        "key_id": provider.key_id,
        "oidc_issuer": provider.issuer or provider.kind.details.get("oidc_issuer"),
        "MetadataURL": provider.metadata_url,
        "MetadataFile": _read(provider.metadata_file),
        "IDPSignout": "true" if provider.sign_out else None,
        provider.secret_detail: _secret(scope, provider),
    }
    return {key: value for key, value in details.items() if value is not None}


def _read(file: str | None) -> str | None:
    return Path(file).read_text(encoding="utf-8") if file is not None else None


def _secret(scope: Scope, provider: ProviderSettings) -> pulumi.Output[str] | None:
    """Return the client secret or private key, marked as a secret wherever it comes from."""
    if provider.secret is not None:
        return pulumi.Output.secret(provider.secret)
    if provider.secret_arn is None:
        return None
    version = aws.secretsmanager.get_secret_version_output(
        secret_id=provider.secret_arn, region=scope.region, opts=scope.invoke
    )
    return pulumi.Output.secret(version.secret_string)
