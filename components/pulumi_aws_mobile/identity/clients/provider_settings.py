"""Decides what each identity provider is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.identity.pool.attributes import Attribute

from .args import ProviderKind
from .provider_kinds import KINDS, Kind
from .provider_rules import mapping_of


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Everything about one identity provider."""

    key: str
    kind: Kind
    name: str
    """Cognito's name for it, which clients list."""
    scopes: tuple[str, ...]
    mapping: Mapping[str, str]
    client_id: str | None
    team_id: str | None
    key_id: str | None
    issuer: str | None
    metadata_url: str | None
    metadata_file: str | None
    sign_out: bool
    secret: pulumi.Input[str] | None = field(repr=False)
    """The client secret or private key itself."""
    secret_arn: pulumi.Input[str] | None
    """The secret in Secrets Manager that holds it instead."""

    @property
    def secret_detail(self) -> str:
        """What Cognito calls the secret."""
        return "private_key" if self.kind is KINDS[ProviderKind.APPLE] else "client_secret"


def provider_settings(key: str, options: Mapping[str, Any], attributes: Mapping[str, Attribute]) -> ProviderSettings:
    """Return the settings of one provider; `attributes` are those that the pool says something about."""
    kind = KINDS[options["kind"]]
    return ProviderSettings(
        key=key,
        kind=kind,
        name=kind.type if kind.fixed_name else key,
        scopes=tuple(options.get("scopes", kind.scopes)),
        mapping=mapping_of(options, kind, attributes),
        client_id=options.get("client_id"),
        team_id=options.get("team_id"),
        key_id=options.get("key_id"),
        issuer=options.get("issuer"),
        metadata_url=options.get("metadata_url"),
        metadata_file=options.get("metadata_file"),
        sign_out=options.get("sign_out", False),
        secret=options.get("client_secret", options.get("private_key")),
        secret_arn=options.get("client_secret_arn", options.get("private_key_arn")),
    )
