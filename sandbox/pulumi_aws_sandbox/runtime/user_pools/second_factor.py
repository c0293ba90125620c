"""The second factor: which one a user has, its challenge, and whether the answer is right."""

import hmac
import json

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import codes, delivery, totp
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool, User, of_user
from pulumi_aws_sandbox.runtime.user_pools.sessions import Attempt, Session, open_session, wait_again

SMS, TOTP, EMAIL = "SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"
SETUP, SELECT = "MFA_SETUP", "SELECT_MFA_TYPE"
_ATTRIBUTE = {SMS: "phone_number", EMAIL: "email", "SMS_OTP": "phone_number"}
_WRONG_ANSWERS = 3


def of_pool(pool: Pool) -> list[str]:
    """Return the second factors that a pool offers."""
    if pool.mfa_config == "OFF":
        return []
    offered = [SMS] if pool.sms_mfa_config else []
    if (pool.token_mfa_config or {}).get("Enabled"):
        offered.append(TOTP)
    if getattr(pool, "email_mfa_config", None) is not None:
        offered.append(EMAIL)
    return offered


def enabled(pool: Pool, user: User) -> list[str]:
    """Return the second factors that a user has turned on and can still use."""
    record = of_user(user)
    return [factor for factor in of_pool(pool) if factor in record.factors and _usable(user, factor)]


def _usable(user: User, factor: str) -> bool:
    if factor == TOTP:
        return of_user(user).totp_secret is not None
    return bool(user.attribute_lookup.get(_ATTRIBUTE[factor]))


def needed(attempt: Attempt, user: User) -> Json | None:
    """Return the challenge of the second factor; none where it is not needed."""
    pool = attempt.pool
    own = enabled(pool, user)
    preferred = of_user(user).preferred_factor
    if preferred in own:
        return ask(attempt, user, preferred)
    if len(own) > 1:
        return _choose(attempt, user, own)
    if own:
        return ask(attempt, user, own[0])
    if pool.mfa_config != "ON":
        return None
    # A pool that requires MFA takes an address that is there for turned on; an authenticator has to be set up.
    for factor in of_pool(pool):
        if _usable(user, factor):
            return ask(attempt, user, factor)
    choices = json.dumps([factor for factor in of_pool(pool) if factor == TOTP])
    parameters = {"MFAS_CAN_SETUP": choices, "USER_ID_FOR_SRP": user.username}
    return {
        "ChallengeName": SETUP,
        "Session": open_session(attempt, SETUP, verified=False),
        "ChallengeParameters": parameters,
    }


def _choose(attempt: Attempt, user: User, own: list[str]) -> Json:
    parameters = {"MFAS_CAN_CHOOSE": json.dumps(own), "USER_ID_FOR_SRP": user.username}
    session = open_session(attempt, SELECT, choices=own)
    return {"ChallengeName": SELECT, "Session": session, "ChallengeParameters": parameters}


def ask(attempt: Attempt, user: User, factor: str) -> Json:
    """Return the challenge of one factor; its code is sent now."""
    if factor == TOTP:
        parameters = {"USER_ID_FOR_SRP": user.username, "FRIENDLY_DEVICE_NAME": of_user(user).device_name}
        return {
            "ChallengeName": factor,
            "Session": open_session(attempt, factor),
            "ChallengeParameters": parameters,
        }
    code = codes.new()
    notice = delivery.Notice("CustomMessage_Authentication", code, attempt.metadata)
    where = delivery.send(attempt.pool, attempt.client, user, _ATTRIBUTE[factor], notice)
    return {
        "ChallengeName": factor,
        "Session": open_session(attempt, factor, code=code),
        "ChallengeParameters": destination(where) | {"USER_ID_FOR_SRP": user.username},
    }


def destination(where: Json) -> Json:
    """Return where a code went, as challenges say it."""
    return {
        "CODE_DELIVERY_DELIVERY_MEDIUM": where["DeliveryMedium"],
        "CODE_DELIVERY_DESTINATION": where["Destination"],
    }


def check_answer(session: Session, given: str | None) -> None:
    """Refuse a wrong code; the session waits for two more answers."""
    if not given:
        wait_again(session)
        refuse_parameter(f"Missing required parameter {session.expects}_CODE")
    user = session.attempt.user
    right = user is not None and (
        check_totp(user, given)
        if session.expects == TOTP
        else hmac.compare_digest(session.data["code"].encode(), given.encode())
    )
    if right:
        return
    session.wrong += 1
    if session.wrong < _WRONG_ANSWERS:
        wait_again(session)
    refuse("CodeMismatchException", "Invalid code received for user")


def check_totp(user: User, given: str) -> bool:
    """Tell whether an authenticator's code is right and was not used before."""
    record = of_user(user)
    if record.totp_secret is None:
        return False
    step = totp.matching_step(record.totp_secret, given, clock.now(), record.totp_last_step)
    if step is None:
        return False
    record.totp_last_step = step
    return True
