"""InitiateAuth: which flows a client may use, and how each begins."""

from collections.abc import Callable

from pulumi_aws_sandbox.runtime.user_pools import (
    choice,
    custom_auth,
    directory,
    migration,
    outcome,
    passwords,
    refresh,
    sessions,
    sign_up,
    srp_sign_in,
    triggers,
)
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool

_REFRESH = {"REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"}
_BY_PASSWORD = {"USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"}
_PUBLIC = {"USER_SRP_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_AUTH", "USER_AUTH", *_REFRESH}
_ADMIN = {"USER_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH", *_REFRESH}
_DEFAULT = ("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH")
_CUSTOM_ONLY = "CUSTOM_AUTH_FLOW_ONLY"


def initiate_auth(call: Call) -> Json:
    """Answer InitiateAuth."""
    pool, client = directory.require_client(call.text("ClientId"))
    return _begin(pool, client, call, _PUBLIC)


def admin_initiate_auth(call: Call) -> Json:
    """Answer AdminInitiateAuth."""
    pool, client = directory.require_client(call.text("ClientId"), call.pool())
    return _begin(pool, client, call, _ADMIN)


def allowed_flows(client: Client) -> set[str]:
    """Return the flows that a client may use."""
    given = client.extended_config.get("ExplicitAuthFlows") or _DEFAULT
    if any(name.startswith("ALLOW_") for name in given):
        flows = {name.removeprefix("ALLOW_") for name in given}
    else:
        # The older names only add to what every client may do.
        flows = {"REFRESH_TOKEN_AUTH", "CUSTOM_AUTH", *given} | (set() if _CUSTOM_ONLY in given else {"USER_SRP_AUTH"})
    if "REFRESH_TOKEN_AUTH" in flows:
        flows.add("REFRESH_TOKEN")
    same = {"ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"}
    return flows | same if same & flows else flows


def _begin(pool: Pool, client: Client, call: Call, offered: set[str]) -> Json:
    flow = call.text("AuthFlow")
    if flow not in offered:
        refuse_parameter("Initiate Auth method not supported.")
    parameters = call.table("AuthParameters")
    if flow in _REFRESH and refresh.rotates(client):
        return refresh.by_flow(pool, client, parameters)
    if flow not in allowed_flows(client):
        reason = "USER_SRP_AUTH is not enabled for the client." if flow == "USER_SRP_AUTH" else None
        refuse_parameter(reason or f"{flow} flow not enabled for this client")
    if flow in _REFRESH:
        return {"AuthenticationResult": refresh.by_flow(pool, client, parameters), "ChallengeParameters": {}}
    attempt = _attempt(pool, client, flow, call)
    return _FLOWS.get(flow, _by_password)(attempt, call, parameters)


def _attempt(pool: Pool, client: Client, flow: str, call: Call) -> sessions.Attempt:
    """Return the sign-in of whoever the request names, known or not."""
    parameters = call.table("AuthParameters")
    name = parameters.get("USERNAME")
    if not name:
        refuse_parameter("Missing required parameter USERNAME")
    directory.check_secret(client, name, parameters.get("SECRET_HASH"))
    user = directory.find(pool, name)
    password = parameters.get("PASSWORD")
    if user is None and password and (flow in _BY_PASSWORD or flow == "USER_AUTH"):
        user = migration.for_sign_in(pool, client, name, password, call.metadata())
    if user is None and not directory.hides_users(client):
        refuse("UserNotFoundException", "User does not exist.")
    attempt = sessions.Attempt(pool, client, name, user, flow)
    _ask_before(attempt, call.metadata())
    return attempt


def _by_password(attempt: sessions.Attempt, _: Call, parameters: Json) -> Json:
    """Begin and end with a password that is sent as it is."""
    password = parameters.get("PASSWORD")
    if not password:
        refuse_parameter("Missing required parameter PASSWORD")
    passwords.check(attempt.pool, attempt.user, password)
    return outcome.after_password(attempt)


def _by_choice(attempt: sessions.Attempt, call: Call, parameters: Json) -> Json:
    """Begin USER_AUTH; whoever has just confirmed a sign-up is let in by the session of that."""
    token = call.given("Session")
    if not token:
        return choice.start(attempt, parameters)
    session = sessions.take(attempt.pool, attempt.client, token, sign_up.CONFIRMED_SESSION)
    sessions.check_name(session, attempt.name)
    outcome.check_may_sign_in(outcome.known(attempt))
    return outcome.finish(attempt)


def _ask_before(attempt: sessions.Attempt, validation: Json) -> None:
    """Run the pre-authentication trigger."""
    request: Json = {"userAttributes": triggers.user_attributes(attempt.user), "validationData": validation or None}
    request["userNotFound"] = attempt.user is None
    source = "PreAuthentication_Authentication"
    triggers.run(triggers.Occasion(attempt.pool, attempt.client, source, attempt.shown_name), request, {})


_FLOWS: dict[str, Callable[[sessions.Attempt, Call, Json], Json]] = {
    "USER_SRP_AUTH": lambda attempt, _, parameters: srp_sign_in.challenge(attempt, parameters.get("SRP_A")),
    "CUSTOM_AUTH": lambda attempt, _, parameters: custom_auth.start(attempt, parameters),
    "USER_AUTH": _by_choice,
}
