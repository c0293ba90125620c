"""Decides what the user pool itself is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.identity.choices import CONTACTS, EMAIL, SMS, Choices

from .args import MfaMode, RememberDevices, TakeoverAction, ThreatMode, UserPoolTier, UserVerification
from .attributes import CUSTOM, Attribute, custom_attribute, standard_attribute
from .sign_in_rules import required_contact

_PASSWORD_LENGTH = 12
_TEMPORARY_DAYS = 7


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """What a password has to be."""

    min_length: int
    lowercase: bool
    uppercase: bool
    numbers: bool
    symbols: bool
    temporary_days: int
    history: int


@dataclass(frozen=True, slots=True)
class Threats:
    """What is done about leaked passwords and stolen accounts."""

    mode: ThreatMode
    custom_auth_mode: ThreatMode | None
    """For the sign-in by challenge; `None` where there is none."""
    actions: Mapping[str, TakeoverAction]
    """By level of risk: low, medium, high."""
    notify: bool
    block_compromised_credentials: bool
    blocked_ip_ranges: tuple[str, ...]
    trusted_ip_ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passkeys:
    """How passkeys are made."""

    relying_party_id: str
    user_verification: UserVerification


@dataclass(frozen=True, slots=True)
class Email:
    """The SES identity that sends."""

    from_address: str
    identity_arn: pulumi.Input[str]
    reply_to: str | None
    configuration_set: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class Sms:
    """How text messages are sent; by a role of the component's own if `role_arn` is `None`."""

    role_arn: pulumi.Input[str] | None
    external_id: str | None
    sns_region: str | None


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """Everything about a new user pool."""

    tier: UserPoolTier
    username_attributes: tuple[str, ...]
    alias_attributes: tuple[str, ...]
    self_sign_up: bool
    auto_verified: tuple[str, ...]
    keep_verified_contacts: bool
    attributes: tuple[Attribute, ...]
    """Standard and custom, by name."""
    password: PasswordPolicy
    recovery: tuple[str, ...]
    mfa_mode: MfaMode
    mfa_factors: tuple[str, ...]
    first_factors: tuple[str, ...]
    passkeys: Passkeys | None
    threats: Threats | None
    remember: RememberDevices
    devices_skip_mfa: bool
    email: Email | None
    sms: Sms | None
    """`None` where nothing is sent by text message."""
    messages: Mapping[str, str]
    deletion_protection: bool
    protect: bool


def pool_settings(given: Mapping[str, Any], chosen: Choices) -> PoolSettings:
    """Return the settings of a new user pool."""
    devices = given.get("devices")
    remember = RememberDevices.NEVER if devices is None else devices.get("remember", RememberDevices.ASK)
    return PoolSettings(
        tier=chosen.tier or UserPoolTier.ESSENTIALS,
        username_attributes=tuple(sorted(CONTACTS[contact] for contact in chosen.sign_in if contact in CONTACTS)),
        alias_attributes=tuple(sorted(CONTACTS.get(alias, alias) for alias in chosen.aliases)),
        self_sign_up=given.get("self_sign_up", True),
        auto_verified=tuple({EMAIL: "email", SMS: "phone_number"}[way] for way in sorted(chosen.verification)),
        keep_verified_contacts=given.get("keep_verified_contacts", True),
        attributes=tuple(sorted(known_attributes(given, chosen).values(), key=lambda attribute: attribute.name)),
        password=_password(given.get("password", {})),
        recovery=chosen.recovery,
        mfa_mode=chosen.mfa_mode,
        mfa_factors=tuple(sorted(chosen.mfa_factors)),
        first_factors=tuple(sorted(chosen.first_factors)),
        passkeys=_passkeys(given, chosen),
        threats=_threats(given.get("threat_protection", {}), chosen),
        remember=remember,
        devices_skip_mfa=(devices or {}).get("skip_mfa", False),
        email=_email(given.get("email")),
        sms=_sms(given.get("sms", {})) if chosen.sends_sms else None,
        messages=given.get("messages", {}),
        deletion_protection=given.get("deletion_protection", True),
        protect=given.get("protect", True),
    )


def known_attributes(given: Mapping[str, Any], chosen: Choices) -> dict[str, Attribute]:
    """Return what the pool says of attributes, by the names that clients use; nothing of an adopted one."""
    if chosen.adopted:
        return {}
    contact = required_contact(chosen)
    standard = {**({contact: {}} if contact else {}), **given.get("standard_attributes", {})}
    custom = given.get("attributes", {})
    return {
        **{name: standard_attribute(name, options) for name, options in standard.items()},
        **{f"{CUSTOM}{name}": custom_attribute(name, options) for name, options in custom.items()},
    }


def _password(password: Mapping[str, Any]) -> PasswordPolicy:
    return PasswordPolicy(
        min_length=password.get("min_length", _PASSWORD_LENGTH),
        lowercase=password.get("require_lowercase", True),
        uppercase=password.get("require_uppercase", True),
        numbers=password.get("require_numbers", True),
        symbols=password.get("require_symbols", True),
        temporary_days=password.get("temporary_days", _TEMPORARY_DAYS),
        history=password.get("history", 0),
    )


def _passkeys(given: Mapping[str, Any], chosen: Choices) -> Passkeys | None:
    if "passkey" not in chosen.first_factors:
        return None
    passkeys = given.get("passkeys", {})
    relying_party = passkeys.get("relying_party_id", given.get("domain", {}).get("custom_domain"))
    return Passkeys(relying_party, passkeys.get("user_verification", UserVerification.REQUIRED))


def _threats(threat: Mapping[str, Any], chosen: Choices) -> Threats | None:
    if chosen.threat_mode is ThreatMode.OFF:
        return None
    takeover = threat.get("account_takeover", {})
    without_mfa = chosen.mfa_mode is MfaMode.OFF
    defaults = {
        "low": TakeoverAction.NO_ACTION,
        "medium": TakeoverAction.NO_ACTION if without_mfa else TakeoverAction.MFA_IF_CONFIGURED,
        "high": TakeoverAction.BLOCK if without_mfa else TakeoverAction.MFA_REQUIRED,
    }
    return Threats(
        mode=chosen.threat_mode,
        custom_auth_mode=threat.get("custom_auth_mode", chosen.threat_mode) if chosen.has_challenge else None,
        actions={level: takeover.get(level, action) for level, action in defaults.items()},
        notify=takeover.get("notify", chosen.has_sender),
        block_compromised_credentials=threat.get("block_compromised_credentials", True),
        blocked_ip_ranges=tuple(sorted(threat.get("blocked_ip_ranges", ()))),
        trusted_ip_ranges=tuple(sorted(threat.get("trusted_ip_ranges", ()))),
    )


def _email(email: Mapping[str, Any] | None) -> Email | None:
    if email is None:
        return None
    return Email(email["from_address"], email["identity_arn"], email.get("reply_to"), email.get("configuration_set"))


def _sms(sms: Mapping[str, Any]) -> Sms:
    return Sms(sms.get("role_arn"), sms.get("external_id"), sms.get("sns_region"))
