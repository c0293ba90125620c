"""Decides what each app client is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.identity import features
from pulumi_aws_mobile.identity.choices import PASSWORD, Choices
from pulumi_aws_mobile.identity.pool.args import UserPoolTier
from pulumi_aws_mobile.identity.pool.attributes import CUSTOM, STANDARD, Attribute
from pulumi_aws_mobile.identity.triggers.settings import TriggerSettings

from .args import ClientKind
from .provider_kinds import COGNITO
from .provider_settings import ProviderSettings

STANDARD_SCOPES = ("aws.cognito.signin.user.admin", "email", "openid", "phone", "profile")
DEFAULT_SCOPES = ("aws.cognito.signin.user.admin", "email", "openid", "profile")
"""What an app needs to know its user and to let the user manage the account."""
DEFAULT_CLIENTS: Mapping[str, Mapping[str, Any]] = {"app": {}}

_TOKEN_MINUTES = 60
_REFRESH_HOURS = 30 * 24
_GRACE_SECONDS = 30
_SESSION_MINUTES = 3


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """Everything about one app client."""

    key: str
    kind: ClientKind
    auth_flows: tuple[str, ...]
    oauth_flows: tuple[str, ...]
    """How tokens come from the hosted pages; none without them."""
    scopes: tuple[str, ...]
    callback_urls: tuple[str, ...]
    logout_urls: tuple[str, ...]
    provider_keys: tuple[str, ...]
    """The providers of this component that it takes users from."""
    provider_names: tuple[str, ...]
    """The same and the pool itself, by Cognito's names."""
    access_token_minutes: int
    id_token_minutes: int
    refresh_token_hours: int
    rotates: bool
    refresh_grace_seconds: int
    session_minutes: int
    read_attributes: tuple[str, ...] | None
    write_attributes: tuple[str, ...] | None

    @property
    def has_secret(self) -> bool:
        """Tell whether it proves itself by a secret: what runs on a device or in a browser can keep none."""
        return self.kind is ClientKind.SERVER

    @property
    def has_pages(self) -> bool:
        """Tell whether users sign in to it by the hosted pages."""
        return "code" in self.oauth_flows


def is_machine(client: Mapping[str, Any]) -> bool:
    """Tell whether a client acts for itself: a server with scopes and nowhere to send users back to."""
    server = client.get("kind") is ClientKind.SERVER
    return server and bool(client.get("scopes")) and not client.get("callback_urls")


def access_minutes(client: Mapping[str, Any], option: str) -> int:
    """Return how long a client's access or ID token works."""
    return client.get(option, _TOKEN_MINUTES)


def refresh_hours(client: Mapping[str, Any]) -> int:
    """Return how long a client's users stay signed in."""
    return client.get("refresh_token_hours", _REFRESH_HOURS)


def rotates(client: Mapping[str, Any], tier: UserPoolTier | None) -> bool:
    """Tell whether a client's refresh tokens change with each use."""
    if is_machine(client):
        return False
    return client.get("rotate_refresh_tokens", features.has(tier, UserPoolTier.ESSENTIALS))


def client_settings(  # noqa: PLR0913, PLR0917 - what a client depends on
    key: str,
    client: Mapping[str, Any],
    chosen: Choices,
    triggers: TriggerSettings,
    providers: Mapping[str, ProviderSettings],
    attributes: Mapping[str, Attribute],
) -> ClientSettings:
    """Return the settings of one client; `attributes` are those that the pool says something about."""
    machine = is_machine(client)
    pages = bool(client.get("callback_urls"))
    listed = client.get("identity_providers", [COGNITO, *sorted(providers)])
    keys = () if machine else tuple(name for name in listed if name in providers)
    names = () if machine else tuple(sorted(providers[n].name if n in providers else n for n in listed))
    default_scopes = DEFAULT_SCOPES if pages else ()
    flows = ("code",) if pages else ()
    return ClientSettings(
        key=key,
        kind=client.get("kind", ClientKind.NATIVE),
        auth_flows=_auth_flows(client, chosen, triggers),
        oauth_flows=("client_credentials",) if machine else flows,
        scopes=tuple(sorted(client.get("scopes", default_scopes))),
        callback_urls=tuple(client.get("callback_urls", ())),
        logout_urls=tuple(client.get("logout_urls", ())),
        provider_keys=keys,
        provider_names=names,
        access_token_minutes=access_minutes(client, "access_token_minutes"),
        id_token_minutes=access_minutes(client, "id_token_minutes"),
        refresh_token_hours=refresh_hours(client),
        rotates=rotates(client, chosen.tier),
        refresh_grace_seconds=client.get("refresh_grace_seconds", _GRACE_SECONDS),
        session_minutes=client.get("session_minutes", max(_SESSION_MINUTES, triggers.session_minutes or 0)),
        read_attributes=_sorted(client.get("read_attributes")),
        write_attributes=_sorted(client.get("write_attributes", _writable(keys, providers, attributes))),
    )


def _auth_flows(client: Mapping[str, Any], chosen: Choices, triggers: TriggerSettings) -> tuple[str, ...]:
    """Return how users sign in by API calls, with no way round a required challenge."""
    refresh = [] if rotates(client, chosen.tier) else ["ALLOW_REFRESH_TOKEN_AUTH"]  # the two exclude one another
    if is_machine(client):
        return tuple(refresh)
    flows = list(refresh) if triggers.challenge_only else ["ALLOW_USER_SRP_AUTH", *refresh]
    if triggers.asks_challenge:
        flows.append("ALLOW_CUSTOM_AUTH")
    if chosen.first_factors != (PASSWORD,):
        flows.append("ALLOW_USER_AUTH")
    if client.get("admin_passwords"):
        flows.append("ALLOW_ADMIN_USER_PASSWORD_AUTH")
    if triggers.takes_passwords:
        flows.append("ALLOW_USER_PASSWORD_AUTH")  # Cognito hands the migration trigger the password, so it needs it
    return tuple(sorted(flows))


def _writable(
    keys: tuple[str, ...], providers: Mapping[str, ProviderSettings], attributes: Mapping[str, Attribute]
) -> list[str] | None:
    """Return what providers write besides standard attributes, with those; nothing to say where they write no more."""
    mapped = {name for key in keys for name in providers[key].mapping if name.startswith(CUSTOM)}
    if not mapped:
        return None
    fixed = {name for name, attribute in attributes.items() if not attribute.mutable}
    return [*(STANDARD - fixed), *mapped]


def _sorted(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(sorted(names))
