"""The rules about who signs in with what, and how they get back in."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.identity import features
from pulumi_aws_mobile.identity.checks import check_list, check_tier
from pulumi_aws_mobile.identity.choices import (
    ADMIN,
    CONTACTS,
    EMAIL,
    PASSWORD,
    PHONE,
    SMS,
    USERNAME,
    VERIFIED_BY,
    Choices,
    phone_recovers,
)

from .args import MfaMode, RememberDevices, UserPoolTier


def check_sign_in(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse ways of signing in that a pool cannot have together."""
    check_list(given, "sign_in", problems)
    check_list(given, "username_aliases", problems, empty=True)
    if problems.touches("sign_in"):
        return
    if USERNAME in chosen.sign_in and len(chosen.sign_in) > 1:
        others = ", ".join(contact for contact in chosen.sign_in if contact != USERNAME)
        problems.add(
            "sign_in",
            list(chosen.sign_in),
            "email, phone or both; or username alone",
            f"keep username and write username_aliases: [{others}], or remove username",
        )
    elif chosen.aliases and USERNAME not in chosen.sign_in:
        problems.add(
            "username_aliases",
            list(chosen.aliases),
            "nothing unless users sign in with a username",
            "remove it, or write sign_in: [username]",
        )
    alias = "preferred_username"
    required = alias in given.get("standard_attributes", {}) and given["standard_attributes"][alias].get(
        "required", True
    )
    if alias in chosen.aliases and required:
        problems.add(
            f"standard_attributes.{alias}.required",
            required,
            "false while it is one of username_aliases: users choose it after they signed up",
            "write required: false",
        )


def check_verification(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse contacts that people sign in with and that nothing ever verifies."""
    check_list(given, "verification", problems, empty=True)
    if any(problems.touches(option) for option in ("sign_in", "username_aliases", "verification", "hooks")):
        return
    if not given.get("self_sign_up", True) or "pre_sign_up" in given.get("hooks", {}):
        return  # an administrator or a function of the app's own confirms users
    used = [*chosen.sign_in, *chosen.aliases]
    ways = [VERIFIED_BY[contact] for contact in used if contact in VERIFIED_BY]
    missing = [way for way in ways if way not in chosen.verification]
    if missing or not chosen.verification:
        needed = list(dict.fromkeys([*chosen.verification, *missing])) or [EMAIL]
        problems.add(
            "verification",
            list(chosen.verification),
            f"{' and '.join(needed)}: people who register by themselves prove each contact that they sign in with",
            f"write verification: [{', '.join(needed)}]",
        )


def check_recovery(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse ways back in that are unsafe or that Cognito does not take."""
    check_list(given, "recovery", problems)
    if "recovery" not in given or problems.touches("recovery") or problems.touches("mfa"):
        return
    got = list(chosen.recovery)
    if ADMIN in got and len(got) > 1:
        problems.add("recovery", got, "admin alone, or email and phone", "remove admin or the others")
    elif got == [PHONE]:
        problems.add(
            "recovery",
            got,
            "email; email and phone; or admin: who takes over a phone number would take over the account",
            "write recovery: [email, phone]",
        )
    elif EMAIL in chosen.mfa_factors and set(got) != {EMAIL, PHONE}:
        problems.add(
            "recovery",
            got,
            "email and phone while mfa.factors has email: a code does not go where the second factor goes",
            "write recovery: [email, phone]",
        )
    elif PHONE in got and not phone_recovers(chosen.mfa_mode, chosen.mfa_factors):
        problems.add(
            "recovery",
            got,
            "email or admin while mfa.mode is required: a code does not go where the second factor may go",
            "remove phone",
        )


def check_mfa(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse a second factor that nobody can have."""
    mfa = given.get("mfa", {})
    check_list(mfa, "factors", problems, prefix="mfa.", empty=chosen.mfa_mode is MfaMode.OFF)
    if problems.touches("mfa"):
        return
    listed = mfa.get("factors", [])
    if chosen.mfa_mode is MfaMode.OFF and listed:
        problems.add("mfa.factors", listed, "nothing while mfa.mode is off", "remove factors, or set mode: optional")
        return
    if listed and SMS not in listed and chosen.sends_sms:
        problems.add(
            "mfa.factors",
            listed,
            "sms among them where the pool sends text messages: the AWS provider turns both on together",
            "add sms, or remove what sends text messages",
        )
    for position, factor in enumerate(listed):
        where = f"mfa.factors[{position}]"
        if factor != EMAIL:
            continue
        check_tier(problems, where, factor, features.without(chosen.tier, UserPoolTier.ESSENTIALS, "totp and sms"))
        if not chosen.has_sender:
            problems.add(
                where,
                factor,
                "totp and sms without the option email: Cognito sends codes for sign-in by SES only",
                "give email, or remove the factor",
            )


def check_first_factors(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse first factors that the tier, or a required second factor, rules out."""
    check_list(given, "first_factors", problems)
    if problems.touches("first_factors"):
        return
    if PASSWORD not in chosen.first_factors:
        problems.add(
            "first_factors",
            list(chosen.first_factors),
            "password and others: Cognito cannot turn the password off",
            "add password",
        )
    for position, factor in enumerate(chosen.first_factors):
        if factor == PASSWORD:
            continue
        where = f"first_factors[{position}]"
        check_tier(problems, where, factor, features.without(chosen.tier, UserPoolTier.ESSENTIALS, "password alone"))
        if chosen.mfa_mode is MfaMode.REQUIRED and not problems.touches("mfa"):
            problems.add(
                where,
                factor,
                "password alone while mfa.mode is required: only a password has a second factor",
                "remove it, or set mfa.mode: optional",
            )


def check_passkeys(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse passkeys of no domain or of another one than the sign-in pages'."""
    if any(problems.touches(option) for option in ("first_factors", "passkeys", "domain")):
        return
    passkeys = given.get("passkeys", {})
    custom = given.get("domain", {}).get("custom_domain")
    relying_party = passkeys.get("relying_party_id")
    if "passkey" not in chosen.first_factors:
        if "passkeys" in given:
            problems.add(
                "passkeys",
                dict(passkeys),
                "nothing while passkey is not one of first_factors",
                "remove it, or write first_factors: [password, passkey]",
            )
    elif relying_party is None and custom is None:
        problems.add(
            "passkeys.relying_party_id",
            None,
            "the domain for which passkeys are made",
            "give it, or give domain.custom_domain",
        )
    elif custom is not None and relying_party not in (None, custom):
        problems.add(
            "passkeys.relying_party_id",
            relying_party,
            f"{custom}, the custom domain of the sign-in pages",
            "remove it",
        )


def check_devices(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse a remembered device in place of a second factor that does not exist."""
    devices = given.get("devices", {})
    if not devices.get("skip_mfa", False):
        return
    if devices.get("remember") is RememberDevices.NEVER:
        problems.add(
            "devices.skip_mfa",
            devices["skip_mfa"],
            "false while devices.remember is never",
            "remove one of the two",
        )
    elif chosen.mfa_mode is MfaMode.OFF:
        problems.add("devices.skip_mfa", devices["skip_mfa"], "false while mfa.mode is off", "remove it")


def required_contact(chosen: Choices) -> str | None:
    """Return the attribute that everybody has: the one contact that they sign in with."""
    contacts = [CONTACTS[contact] for contact in chosen.sign_in if contact in CONTACTS]
    if USERNAME in chosen.sign_in and chosen.verification in ((EMAIL,), (SMS,)):
        return "email" if EMAIL in chosen.verification else "phone_number"
    return contacts[0] if len(contacts) == 1 else None
