"""Decides what an identity is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems

from . import around_rules as rules_around
from . import features
from .args import IdentityArgs
from .choices import Choices, choices
from .clients import provider_rules as rules_providers
from .clients import rules as rules_clients
from .clients.args import CaptchaOn
from .clients.provider_settings import ProviderSettings, provider_settings
from .clients.settings import DEFAULT_CLIENTS, ClientSettings, client_settings
from .clients.writable import self_written
from .federation import rules as federation_rules
from .federation.settings import FederationSettings, GroupRolePlan, resolve_federation
from .limits import LIMITS
from .pool import attribute_rules as rules_attributes
from .pool import rules as rules_pool
from .pool import sign_in_rules as rules_sign_in
from .pool.args import ThreatMode, UserPoolTier
from .pool.settings import PoolSettings, known_attributes, pool_settings
from .triggers.settings import EmailSender, TriggerSettings, resolve_triggers

__all__ = ["LIMITS", "IdentitySettings", "resolve"]

LONGEST_NAME = 30
"""The longest name that leaves room in IAM's 64 characters for a trigger's role and the random ending of its name."""

_CAPTCHA = ("sign_up", "sign_in")
_REQUESTS = 1000
_RETENTION_DAYS = 400


@dataclass(frozen=True, slots=True)
class Domain:
    """The domain of the hosted pages: the prefix of one of AWS's, or one of the caller's own with a certificate."""

    prefix: str | None
    custom_domain: str | None
    certificate_arn: pulumi.Input[str] | None
    managed_login: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One group of users."""

    description: str | None
    precedence: int | None
    role: GroupRolePlan


@dataclass(frozen=True, slots=True)
class Firewall:
    """The web ACL before the pool."""

    captcha: tuple[str, ...]
    """What asks for a CAPTCHA."""
    captcha_on: CaptchaOn
    requests_per_five_minutes: int
    managed_rules: bool
    count_only: bool
    log_retention_days: int


@dataclass(frozen=True, slots=True)
class Logs:
    """What Cognito records."""

    delivery_errors: bool
    user_activity: bool
    retention_days: int


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """Everything about an identity that is decided before anything is registered."""

    region: str | None
    existing_user_pool_id: pulumi.Input[str] | None
    pool: PoolSettings | None
    """`None` for an adopted pool."""
    triggers: TriggerSettings
    sender: EmailSender | None
    resource_servers: Mapping[str, Mapping[str, str]]
    """The scopes of each, with their descriptions."""
    clients: Mapping[str, ClientSettings]
    domain: Domain | None
    providers: Mapping[str, ProviderSettings]
    groups: Mapping[str, Group]
    firewall: Firewall | None
    federation: FederationSettings | None
    logs: Logs | None
    protect: bool
    tags: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)


def resolve(name: str, args: IdentityArgs) -> IdentitySettings:
    """Return the settings of the identity `name`; raise an `ArgsError` with every problem of `args`."""
    problems, twitter = Problems(), Problems()
    plain = rules_providers.without_twitter(args, twitter)
    given = read_args(IdentityArgs, plain, LIMITS, problems)
    problems.extend(twitter)  # only now: an option with a problem is not read
    chosen = choices(given, problems)
    attributes = known_attributes(given, chosen)
    _check_name(name, given, problems)
    _check_pool(plain, given, chosen, problems)
    triggers = resolve_triggers(given, problems)
    rules_clients.check_resource_servers(given, problems)
    rules_clients.check_clients(given, chosen, attributes, _provider_keys(args), problems)
    rules_providers.check_domain(given, chosen, problems)
    rules_providers.check_providers(given, chosen, attributes, given.get("region"), problems)
    rules_clients.check_way_back(given, chosen, problems)
    rules_around.check_groups(given, problems)
    rules_around.check_firewall(given, chosen, problems)
    rules_pool.check_logs(given, chosen, problems)
    federation = resolve_federation(given, problems)
    if not (problems.touches("clients") or problems.touches("providers") or problems.touches("verification")):
        written = self_written(given, chosen, attributes)
        federation_rules.check_claims(given.get("federation", {}), written, problems)
    problems.raise_for(f'Identity "{name}"')
    providers = {
        key: provider_settings(key, options, attributes) for key, options in sorted(given.get("providers", {}).items())
    }
    return IdentitySettings(
        region=given.get("region"),
        existing_user_pool_id=given.get("existing_user_pool_id"),
        pool=None if chosen.adopted else pool_settings(given, chosen),
        triggers=triggers,
        sender=_sender(given.get("email")),
        resource_servers={key: server["scopes"] for key, server in sorted(given.get("resource_servers", {}).items())},
        clients={
            key: client_settings(key, client, chosen, triggers, providers, attributes)
            for key, client in sorted(given.get("clients", DEFAULT_CLIENTS).items())
        },
        domain=_domain(given.get("domain"), chosen),
        providers=providers,
        groups={key: _group(group) for key, group in sorted(given.get("groups", {}).items())},
        firewall=_firewall(given.get("firewall"), chosen),
        federation=federation,
        logs=_logs(given.get("logs"), chosen),
        protect=given.get("protect", True),
        tags=given.get("tags", {}),
    )


def _check_name(name: str, given: Mapping[str, Any], problems: Problems) -> None:
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", name):
        allowed = f"1 to {LONGEST_NAME} letters, digits and hyphens, not starting with a hyphen"
        problems.add("name", name, allowed, "rename the component: its roles and functions are named after it")
    elif given.get("federation", {}).get("enabled", True):
        federation_rules.check_role_names(name, given.get("groups", {}), problems)


def _check_pool(args: Mapping[str, Any], given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    if chosen.adopted:
        rules_pool.check_adoption(args, given, problems)
        return
    rules_sign_in.check_sign_in(given, chosen, problems)
    rules_sign_in.check_verification(given, chosen, problems)
    rules_attributes.check_standard(given, problems)
    rules_attributes.check_custom(given, problems)
    rules_pool.check_password(given, chosen, problems)
    rules_sign_in.check_recovery(given, chosen, problems)
    rules_sign_in.check_mfa(given, chosen, problems)
    rules_sign_in.check_first_factors(given, chosen, problems)
    rules_sign_in.check_passkeys(given, chosen, problems)
    rules_pool.check_threat_protection(given, chosen, problems)
    rules_sign_in.check_devices(given, chosen, problems)
    rules_pool.check_sms(given, problems)
    rules_pool.check_messages(given, chosen, problems)


def _provider_keys(args: object) -> list[str]:
    """Return the keys of all providers, those that were refused too: a client that names one is not wrong as well."""
    providers = args.get("providers") if isinstance(args, Mapping) else None
    return [str(key) for key in providers] if isinstance(providers, Mapping) else []


def _sender(email: Mapping[str, Any] | None) -> EmailSender | None:
    if email is None:
        return None
    return EmailSender(email["from_address"], email["identity_arn"], email.get("configuration_set"))


def _domain(domain: Mapping[str, Any] | None, chosen: Choices) -> Domain | None:
    if domain is None:
        return None
    return Domain(
        prefix=domain.get("prefix"),
        custom_domain=domain.get("custom_domain"),
        certificate_arn=domain.get("certificate_arn"),
        managed_login=domain.get("managed_login", features.has(chosen.tier, UserPoolTier.ESSENTIALS)),
    )


def _group(group: Mapping[str, Any]) -> Group:
    precedence = group.get("precedence")
    return Group(group.get("description"), precedence, GroupRolePlan(group.get("statements", ()), precedence))


def _firewall(firewall: Mapping[str, Any] | None, chosen: Choices) -> Firewall | None:
    if firewall is None:
        return None
    where = firewall.get("captcha_on", CaptchaOn.PAGES)
    works = chosen.has_domain or chosen.adopted or where is CaptchaOn.API
    return Firewall(
        captcha=tuple(sorted(firewall.get("captcha", _CAPTCHA))) if works else (),
        captcha_on=where,
        requests_per_five_minutes=firewall.get("requests_per_five_minutes", _REQUESTS),
        managed_rules=firewall.get("managed_rules", True),
        count_only=firewall.get("count_only", False),
        log_retention_days=firewall.get("log_retention_days", _RETENTION_DAYS),
    )


def _logs(logs: Mapping[str, Any] | None, chosen: Choices) -> Logs | None:
    if logs is None:
        return None
    return Logs(
        delivery_errors=logs.get("delivery_errors", True),
        user_activity=logs.get("user_activity", chosen.threat_mode is not ThreatMode.OFF),
        retention_days=logs.get("retention_days", _RETENTION_DAYS),
    )
