"""Setting up second factors: the authenticator's secret, its first code, and which factor is preferred."""

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import choice, directory, outcome, second_factor, sessions, tokens, totp
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool, User, of_pool, of_user

_SETTINGS = {
    "SMSMfaSettings": (second_factor.SMS, "phone_number"),
    "SoftwareTokenMfaSettings": (second_factor.TOTP, None),
    "EmailMfaSettings": (second_factor.EMAIL, "email"),
}


def _session(token: str) -> sessions.Session:
    """Use up the session of a set-up challenge: neither the client nor the pool is named in the request."""
    waiting = (of_pool(pool).sessions.get(token) for pool in directory.pools())
    found = next((session for session in waiting if session is not None), None)
    if found is None:
        used = any(token in of_pool(pool).spent for pool in directory.pools())
        reason = "Invalid session for the user, session can only be used once."
        refuse("NotAuthorizedException", reason if used else "Invalid session for the user.")
    return sessions.take(found.attempt.pool, found.attempt.client, token, second_factor.SETUP)


def _who(call: Call) -> tuple[Pool, User, sessions.Session | None]:
    access_token, token = call.given("AccessToken"), call.given("Session")
    if access_token:
        held = tokens.holder(access_token)
        return held.pool, held.user, None
    if not token:
        refuse_parameter("Either an access token or a session is required")
    session = _session(token)
    return session.attempt.pool, outcome.known(session.attempt), session


def associate_software_token(call: Call) -> Json:
    """Answer AssociateSoftwareToken: a new secret for an authenticator."""
    pool, user, session = _who(call)
    if not (pool.token_mfa_config or {}).get("Enabled"):
        if session is not None:
            sessions.wait_again(session)
        refuse("SoftwareTokenMFANotFoundException", "Software Token MFA is not enabled for the userPool.")
    secret = totp.new_secret()
    of_user(user).totp_unverified = secret
    answer = {"SecretCode": secret}
    if session is not None:
        answer["Session"] = sessions.open_session(session.attempt, second_factor.SETUP, verified=False)
    return answer


def verify_software_token(call: Call) -> Json:
    """Answer VerifySoftwareToken: the first code of an authenticator."""
    _, user, session = _who(call)
    record = of_user(user)
    secret = record.totp_unverified
    step = None if secret is None else totp.matching_step(secret, call.text("UserCode"), clock.now(), -1)
    if secret is None or step is None:
        if session is not None:
            sessions.wait_again(session)
        reason = "Code mismatch" if secret else "Software token has not been associated"
        refuse("EnableSoftwareTokenMFAException", reason)
    record.totp_secret, record.totp_unverified, record.totp_last_step = secret, None, step
    record.device_name = call.given("FriendlyDeviceName") or ""
    answer = {"Status": "SUCCESS"}
    if session is not None:
        answer["Session"] = sessions.open_session(session.attempt, second_factor.SETUP, verified=True)
    return answer


def set_user_mfa_preference(call: Call) -> Json:
    """Answer SetUserMFAPreference."""
    held = tokens.holder(call.text("AccessToken"))
    _prefer(held.pool, held.user, call)
    return {}


def admin_set_user_mfa_preference(call: Call) -> Json:
    """Answer AdminSetUserMFAPreference."""
    _prefer(*call.pool_and_user(), call)
    return {}


def _prefer(pool: Pool, user: User, call: Call) -> None:
    if call.table("WebAuthnMfaSettings"):
        choice.refuse_passkeys()
    record = of_user(user)
    given = {name: call.table(name) for name in _SETTINGS if name in call.parameters}
    if sum(bool(settings.get("PreferredMfa")) for settings in given.values()) > 1:
        refuse_parameter("User can have only one preferred MFA option")
    for name, settings in given.items():
        factor, attribute = _SETTINGS[name]
        if settings.get("Enabled"):
            _check_possible(pool, user, factor, attribute)
        elif settings.get("PreferredMfa"):
            refuse_parameter(f"{factor} must be enabled to be preferred")
    for name, settings in given.items():
        factor, _ = _SETTINGS[name]
        if settings.get("Enabled"):
            record.factors.add(factor)
        else:
            record.factors.discard(factor)
        if settings.get("PreferredMfa"):
            record.preferred_factor = factor
        elif record.preferred_factor == factor:
            record.preferred_factor = None


def _check_possible(pool: Pool, user: User, factor: str, attribute: str | None) -> None:
    if factor not in second_factor.of_pool(pool):
        refuse_parameter(f"{factor} is not enabled for the user pool")
    if attribute is None:
        if of_user(user).totp_secret is None:
            refuse_parameter("User has not verified software token mfa")
    elif not user.attribute_lookup.get(attribute):
        refuse_parameter(f"User does not have delivery config set to turn on {factor}")
