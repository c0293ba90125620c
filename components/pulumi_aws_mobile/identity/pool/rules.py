"""The rules about the rest of a user pool: threat protection, messages, sending, records; and an adopted pool's."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.identity import features
from pulumi_aws_mobile.identity.checks import check_tier
from pulumi_aws_mobile.identity.choices import EMAIL, SMS, Choices

from .args import MfaMode, TakeoverAction, ThreatMode, UserPoolTier

MOST_RANGES = 200
CONFIGURES_THE_POOL = (
    "tier",
    "sign_in",
    "username_aliases",
    "self_sign_up",
    "verification",
    "keep_verified_contacts",
    "standard_attributes",
    "attributes",
    "password",
    "recovery",
    "mfa",
    "first_factors",
    "passkeys",
    "threat_protection",
    "devices",
    "email",
    "sms",
    "messages",
    "challenge",
    "hooks",
    "migration",
    "deletion_protection",
)
"""The options that an adopted pool does not take: whoever made it configures it."""

_MFA_ACTIONS = (TakeoverAction.MFA_IF_CONFIGURED, TakeoverAction.MFA_REQUIRED)


def check_adoption(args: Mapping[str, Any], given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse what would configure a pool that exists already."""
    for option in CONFIGURES_THE_POOL:
        value = args.get(option)
        if value is not None:
            problems.add(
                option,
                sorted(value) if isinstance(value, Mapping) else value,  # the values may be secrets
                "nothing beside existing_user_pool_id: that pool is configured where it was made",
                "remove one of the two",
            )
    pool, region = given.get("existing_user_pool_id"), given.get("region")
    if isinstance(pool, str) and region is not None and not pool.startswith(f"{region}_"):
        problems.add(
            "existing_user_pool_id", pool, f"a pool in {region}, the Region of this component", "correct one of the two"
        )


def check_password(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse a password history on a tier without one."""
    history = given.get("password", {}).get("history", 0)
    if history:
        check_tier(problems, "password.history", history, features.without(chosen.tier, UserPoolTier.ESSENTIALS, "0"))


def check_sms(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a role of the caller's without the external id that its trust asks for."""
    sms = given.get("sms", {})
    if "role_arn" in sms and "external_id" not in sms:
        problems.add(
            "sms.external_id",
            None,
            "the external id that the role's trust policy asks for",
            "give it, or remove role_arn",
        )


def check_threat_protection(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse threat protection on tiers without it, and actions that cannot be taken."""
    threat = given.get("threat_protection", {})
    path = "threat_protection"
    if not threat or problems.touches("tier"):
        return
    if chosen.threat_mode is ThreatMode.OFF:
        for option in threat:
            if option != "mode":
                allowed = "nothing while threat_protection is off"
                fix = f"remove it, or set tier: {UserPoolTier.PLUS.value} and leave mode out"
                problems.add(f"{path}.{option}", threat[option], allowed, fix)
        return
    check_tier(
        problems, f"{path}.mode", chosen.threat_mode.value, features.without(chosen.tier, UserPoolTier.PLUS, "off")
    )
    custom = threat.get("custom_auth_mode")
    if custom is ThreatMode.OFF:
        problems.add(f"{path}.custom_auth_mode", custom.value, "audit | enforced", "choose one of these")
    elif custom is not None and not chosen.has_challenge:
        problems.add(
            f"{path}.custom_auth_mode",
            custom.value,
            "nothing without challenge: there is no sign-in of your own",
            "remove it",
        )
    _check_takeover(threat.get("account_takeover", {}), chosen, problems)
    for option in ("blocked_ip_ranges", "trusted_ip_ranges"):
        _check_ranges(f"{path}.{option}", threat.get(option, ()), problems)


def check_messages(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse texts of messages that are never sent, or that Cognito does not let its own sender change."""
    messages = given.get("messages", {})
    if any(problems.touches(option) for option in ("email", "verification", "mfa", "first_factors", "sign_in")):
        return
    sent = {
        "verification_subject": EMAIL in chosen.verification,
        "verification_email": EMAIL in chosen.verification,
        "verification_sms": SMS in chosen.verification,
        "code_subject": EMAIL in chosen.mfa_factors,
        "code_email": EMAIL in chosen.mfa_factors,
        "code_sms": SMS in chosen.mfa_factors or "sms_otp" in chosen.first_factors,
        "invitation_sms": chosen.sends_sms,
    }
    needs = {"verification": "verification", "code": "mfa.factors", "invitation": "sms"}
    for option, text in messages.items():
        kind, _, channel = option.partition("_")
        word = SMS if channel == SMS else EMAIL
        if not sent.get(option, True):
            fix = "remove it, or give sms" if kind == "invitation" else f"remove it, or add {word} to {needs[kind]}"
            problems.add(f"messages.{option}", text, "nothing while no such message is sent", fix)
        elif channel != SMS and not chosen.has_sender:
            problems.add(
                f"messages.{option}",
                text,
                "nothing without the option email: Cognito's own sender has its own texts",
                "remove it, or give email",
            )


def check_logs(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse records of what is not watched, and records of nothing."""
    logs = given.get("logs")
    if logs is None or problems.touches("logs") or problems.touches("threat_protection"):
        return
    watched = chosen.threat_mode is not ThreatMode.OFF or chosen.tier is None
    activity = logs.get("user_activity", chosen.threat_mode is not ThreatMode.OFF)
    if activity and not watched:
        problems.add(
            "logs.user_activity",
            activity,
            "false without threat protection, which writes the record",
            f"remove it, or set tier: {UserPoolTier.PLUS.value}",
        )
    elif not activity and not logs.get("delivery_errors", True):
        problems.add("logs", dict(logs), "something to record", "remove logs, or one of the two options")


def _check_takeover(takeover: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    for level in ("low", "medium", "high"):
        action = takeover.get(level)
        if action in _MFA_ACTIONS and chosen.mfa_mode is MfaMode.OFF and not problems.touches("mfa"):
            problems.add(
                f"threat_protection.account_takeover.{level}",
                action.value,
                "no_action | block while mfa.mode is off",
                "choose one of these, or set mfa.mode: optional",
            )
    if takeover.get("notify", False) and not chosen.has_sender:
        problems.add(
            "threat_protection.account_takeover.notify",
            takeover["notify"],
            "false without the option email: Cognito tells users by SES only",
            "remove it, or give email",
        )


def _check_ranges(path: str, ranges: list[str], problems: Problems) -> None:
    if len(ranges) > MOST_RANGES:
        problems.add(path, f"{len(ranges)} blocks", f"at most {MOST_RANGES}", "remove or join some")
    for position, block in enumerate(ranges):
        try:
            ipaddress.ip_network(block)
        except ValueError:
            problems.add(
                f"{path}[{position}]",
                block,
                "a CIDR block, for example 203.0.113.0/24",
                "write address and prefix length",
            )
