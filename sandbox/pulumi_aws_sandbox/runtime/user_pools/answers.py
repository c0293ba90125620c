"""RespondToAuthChallenge: each challenge's answer."""

from collections.abc import Callable

from pulumi_aws_sandbox.runtime.user_pools import (
    choice,
    custom_auth,
    directory,
    outcome,
    passwords,
    schema,
    second_factor,
    sessions,
    srp_sign_in,
)
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, of_user

_ATTRIBUTE = "userAttributes."
_PASSKEY = "WEB_AUTHN"


def respond_to_auth_challenge(call: Call) -> Json:
    """Answer RespondToAuthChallenge."""
    return _respond(*directory.require_client(call.text("ClientId")), call)


def admin_respond_to_auth_challenge(call: Call) -> Json:
    """Answer AdminRespondToAuthChallenge."""
    return _respond(*directory.require_client(call.text("ClientId"), call.pool()), call)


def _respond(pool: Pool, client: Client, call: Call) -> Json:
    name, answers = call.text("ChallengeName"), call.table("ChallengeResponses")
    if name == _PASSKEY:
        choice.refuse_passkeys()
    given = answers.get("USERNAME")
    if not given:
        refuse_parameter("Missing required parameter USERNAME")
    directory.check_secret(client, given, answers.get("SECRET_HASH"))
    if name == srp_sign_in.CHALLENGE:
        session = srp_sign_in.check(pool, client, answers, call.given("Session"))
        session.attempt.metadata = call.metadata()
        return _after_proof(session)
    if name not in _ANSWERS:
        refuse_parameter(f"{name} is not a challenge that can be answered here")
    session = sessions.take(pool, client, call.given("Session"), name)
    sessions.check_name(session, given)
    session.attempt.metadata = call.metadata()
    return _ANSWERS[name](session, answers)


def _after_proof(session: sessions.Session) -> Json:
    if session.attempt.results is None:
        return outcome.after_password(session.attempt)
    return custom_auth.went(session.attempt, srp_sign_in.CHALLENGE, right=True)


def _new_password(session: sessions.Session, answers: Json) -> Json:
    attempt = session.attempt
    pool, user = attempt.pool, outcome.known(attempt)
    password = answers.get("NEW_PASSWORD")
    given = {name.removeprefix(_ATTRIBUTE): value for name, value in answers.items() if name.startswith(_ATTRIBUTE)}
    try:
        if not password:
            refuse_parameter("Missing required parameter NEW_PASSWORD")
        passwords.check_policy(pool, password)
        schema.check_client_writes(pool, attempt.client, list(given))
        schema.check_changes(pool, given)
        lacking = schema.missing(pool, user.attribute_lookup | given)
        if lacking:
            refuse_parameter("Invalid attributes given, " + ", ".join(f"{name} is missing" for name in lacking))
        directory.check_free(pool, user, given)
        passwords.keep(pool, user, password)
    except Exception:
        # What was refused may be given again.
        sessions.wait_again(session)
        raise
    user.update_attributes(schema.listed(given))
    user.status = "CONFIRMED"
    return second_factor.needed(attempt, user) or outcome.finish(attempt, "TokenGeneration_NewPasswordChallenge")


def _code(session: sessions.Session, answers: Json) -> Json:
    second_factor.check_answer(session, answers.get(f"{session.expects}_CODE"))
    attempt = session.attempt
    if attempt.results is not None:
        return custom_auth.went(attempt, session.expects, right=True)
    outcome.check_may_sign_in(outcome.known(attempt))
    return outcome.finish(attempt)


def _selected_factor(session: sessions.Session, answers: Json) -> Json:
    factor = answers.get("ANSWER")
    if factor not in session.data["choices"]:
        sessions.wait_again(session)
        refuse_parameter(f"Selected MFA type {factor} is not available")
    return second_factor.ask(session.attempt, outcome.known(session.attempt), str(factor))


def _set_up(session: sessions.Session, _: Json) -> Json:
    user = outcome.known(session.attempt)
    if not session.data["verified"]:
        sessions.wait_again(session)
        refuse("SoftwareTokenMFANotFoundException", "Software token MFA has not been set up for the user")
    record = of_user(user)
    record.factors.add(second_factor.TOTP)
    record.preferred_factor = record.preferred_factor or second_factor.TOTP
    return outcome.finish(session.attempt)


def _selected_challenge(session: sessions.Session, answers: Json) -> Json:
    return choice.chosen(session.attempt, session.data["offered"], answers)


_ANSWERS: dict[str, Callable[[sessions.Session, Json], Json]] = {
    outcome.NEW_PASSWORD: _new_password,
    second_factor.SMS: _code,
    second_factor.TOTP: _code,
    choice.EMAIL_OTP: _code,
    choice.SMS_OTP: _code,
    second_factor.SELECT: _selected_factor,
    second_factor.SETUP: _set_up,
    custom_auth.CHALLENGE: lambda session, answers: custom_auth.answer(session, answers.get("ANSWER")),
    choice.SELECT: _selected_challenge,
    choice.PASSWORD: lambda session, answers: choice.check_password(session.attempt, answers.get("PASSWORD")),
}
