"""USER_AUTH: the user chooses the first factor among those that the pool and the account have."""

from typing import NoReturn

from pulumi_aws_sandbox.runtime.user_pools import (
    codes,
    delivery,
    outcome,
    passwords,
    second_factor,
    sign_up,
    srp_sign_in,
)
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool
from pulumi_aws_sandbox.runtime.user_pools.sessions import Attempt, open_session

SELECT = "SELECT_CHALLENGE"
PASSWORD, PASSWORD_SRP = "PASSWORD", "PASSWORD_SRP"
EMAIL_OTP, SMS_OTP = "EMAIL_OTP", "SMS_OTP"
ONE_TIME = {EMAIL_OTP: "email", SMS_OTP: "phone_number"}
_PASSKEY = "WEB_AUTHN"
NO_PASSKEYS = "the sandbox has no passkeys: it does not register or verify WebAuthn credentials"


def start(attempt: Attempt, parameters: Json) -> Json:
    """Begin with the preferred factor if it is there, or let the user choose."""
    preferred = parameters.get("PREFERRED_CHALLENGE")
    if preferred == _PASSKEY:
        refuse_passkeys()
    offered = offers(attempt)
    if preferred in offered:
        return begin(attempt, preferred, parameters)
    session = open_session(attempt, SELECT, offered=offered)
    shown = {"USERNAME": attempt.shown_name} if attempt.user is not None else {"USERNAME": attempt.name}
    return {
        "ChallengeName": SELECT,
        "Session": session,
        "ChallengeParameters": shown,
        "AvailableChallenges": offered,
    }


def refuse_passkeys() -> NoReturn:
    """Refuse what needs an authenticator."""
    refuse("UnsupportedOperationException", NO_PASSKEYS)


def allowed(pool: Pool) -> list[str]:
    """Return the first factors of a pool's sign-in policy."""
    policy = (pool.extended_config.get("Policies") or {}).get("SignInPolicy") or {}
    return list(policy.get("AllowedFirstAuthFactors") or [PASSWORD])


def offers(attempt: Attempt) -> list[str]:
    """Return the factors that an account can begin with; whoever does not exist seems to have them all."""
    user = attempt.user
    chosen = allowed(attempt.pool)
    offered = [PASSWORD_SRP, PASSWORD] if user is None or passwords.has_password(user) else []
    # A pool that requires a second factor takes no one-time code for the first.
    if attempt.pool.mfa_config != "ON":
        for factor, attribute in ONE_TIME.items():
            if factor in chosen and (user is None or delivery.verified(user, attribute)):
                offered.append(factor)
    return offered


def begin(attempt: Attempt, factor: str, parameters: Json) -> Json:
    """Begin with one factor."""
    if factor == PASSWORD_SRP:
        return srp_sign_in.challenge(attempt, parameters.get("SRP_A"))
    if factor in ONE_TIME:
        return _send(attempt, factor)
    password = parameters.get("PASSWORD")
    if password is None:
        session = open_session(attempt, PASSWORD)
        return {"ChallengeName": PASSWORD, "Session": session, "ChallengeParameters": {"USERNAME": attempt.shown_name}}
    return check_password(attempt, password)


def check_password(attempt: Attempt, password: str | None) -> Json:
    """Go on after a right password."""
    if not password:
        refuse_parameter("Missing required parameter PASSWORD")
    passwords.check(attempt.pool, attempt.user, password)
    return outcome.after_password(attempt)


def _send(attempt: Attempt, factor: str) -> Json:
    code, user = codes.new(), attempt.user
    if user is None:
        where = sign_up.simulated_destination(attempt.pool, attempt.name)
    else:
        outcome.check_may_sign_in(user)
        notice = delivery.Notice("CustomMessage_Authentication", code, attempt.metadata)
        where = delivery.send(attempt.pool, attempt.client, user, ONE_TIME[factor], notice)
    return {
        "ChallengeName": factor,
        "Session": open_session(attempt, factor, code=code, first=True),
        "ChallengeParameters": second_factor.destination(where) | {"USERNAME": attempt.shown_name},
    }


def chosen(attempt: Attempt, offered: list[str], answers: Json) -> Json:
    """Go on with the factor that the user chose."""
    answer = answers.get("ANSWER")
    if answer == _PASSKEY:
        refuse_passkeys()
    if answer not in offered:
        refuse_parameter("Selected challenge is not available")
    return begin(attempt, str(answer), answers)
