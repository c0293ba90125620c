"""What the options of an identity come to where one decides the default of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .features import DEFAULT_TIER
from .pool.args import MfaMode, ThreatMode, UserPoolTier

PHONE = "phone"
EMAIL = "email"
SMS = "sms"
ADMIN = "admin"
USERNAME = "username"
PASSWORD = "password"  # noqa: S105 - the name of a factor
CONTACTS = {EMAIL: "email", PHONE: "phone_number"}
"""The contacts of a user, with Cognito's names for their attributes."""
VERIFIED_BY = {EMAIL: EMAIL, PHONE: SMS}
"""How each contact is verified."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices that rules and settings share; those that were refused stand at their defaults."""

    adopted: bool
    """Whether the pool exists already, so that nothing is known of it."""
    tier: UserPoolTier | None
    """`None` for an adopted pool, and where it was refused."""
    sign_in: tuple[str, ...]
    aliases: tuple[str, ...]
    verification: tuple[str, ...]
    mfa_mode: MfaMode
    mfa_factors: tuple[str, ...]
    first_factors: tuple[str, ...]
    recovery: tuple[str, ...]
    threat_mode: ThreatMode
    sends_sms: bool
    """Whether the pool sends text messages."""
    has_sender: bool
    """Whether an SES identity sends the e-mail."""
    has_challenge: bool
    has_domain: bool
    """Whether there are hosted pages; an adopted pool may have some."""


def choices(given: Mapping[str, Any], problems: Problems) -> Choices:
    """Return the choices that the options in `given` make.

    An option that has a problem was given too: what it would have made possible is not refused besides.
    """

    def told(option: str) -> bool:
        return option in given or problems.touches(option)

    adopted = told("existing_user_pool_id")
    tier = None if adopted or problems.touches("tier") else given.get("tier", DEFAULT_TIER)
    sign_in = tuple(given.get("sign_in", (EMAIL,)))
    mfa = given.get("mfa", {})
    mode = mfa.get("mode", MfaMode.OPTIONAL)
    verification = tuple(given.get("verification", _verification(sign_in)))
    asked = {*sign_in, *verification, *mfa.get("factors", ())}
    asked |= {entry for option in ("first_factors", "username_aliases", "recovery") for entry in given.get(option, ())}
    sends_sms = "sms" in given or bool(asked & {SMS, PHONE, "sms_otp"})
    # The AWS provider turns text messages on as second factor with everything else that they are for.
    default_factors = ("totp", SMS) if sends_sms else ("totp",)
    factors = () if mode is MfaMode.OFF else tuple(mfa.get("factors", default_factors))
    protection = given.get("threat_protection", {})
    return Choices(
        adopted=adopted,
        tier=tier,
        sign_in=sign_in,
        aliases=tuple(given.get("username_aliases", ())),
        verification=verification,
        mfa_mode=mode,
        mfa_factors=factors,
        first_factors=tuple(given.get("first_factors", (PASSWORD,))),
        recovery=tuple(given.get("recovery", _recovery(verification, mode, factors))),
        threat_mode=protection.get("mode", ThreatMode.ENFORCED if tier is UserPoolTier.PLUS else ThreatMode.OFF),
        sends_sms=sends_sms,
        has_sender=told("email"),
        has_challenge=bool(given.get("challenge", {}).get("steps")) or problems.touches("challenge"),
        has_domain=told("domain"),
    )


def phone_recovers(mode: MfaMode, factors: tuple[str, ...]) -> bool:
    """Tell whether Cognito lets a text message replace a password: not where everybody's second factor is one too."""
    return mode is not MfaMode.REQUIRED or EMAIL in factors


def _verification(sign_in: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(VERIFIED_BY[contact] for contact in sign_in if contact in VERIFIED_BY) or (EMAIL,)


def _recovery(verification: tuple[str, ...], mode: MfaMode, factors: tuple[str, ...]) -> tuple[str, ...]:
    by_phone = (SMS in verification or EMAIL in factors) and phone_recovers(mode, factors)
    return (EMAIL, PHONE) if by_phone else (EMAIL,)
