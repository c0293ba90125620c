"""CUSTOM_AUTH: the define, create and verify triggers lead the sign-in."""

from pulumi_aws_sandbox.runtime.user_pools import outcome, second_factor, srp_sign_in, triggers
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_credentials
from pulumi_aws_sandbox.runtime.user_pools.records import Json
from pulumi_aws_sandbox.runtime.user_pools.sessions import Attempt, Session, open_session

CHALLENGE = "CUSTOM_CHALLENGE"
_SRP = "SRP_A"


def start(attempt: Attempt, parameters: Json) -> Json:
    """Begin a custom sign-in, with the password first if the client asks for that."""
    for trigger in ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"):
        if not triggers.is_set(attempt.pool, trigger):
            refuse("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.")
    attempt.results = []
    given = parameters.get(_SRP)
    if given or parameters.get("CHALLENGE_NAME") == _SRP:
        attempt.results.append(_result(_SRP, right=True))
    return proceed(attempt, given)


def went(attempt: Attempt, challenge: str, *, right: bool, metadata: str | None = None) -> Json:
    """Note how a challenge went and go on."""
    attempt.results = [*(attempt.results or []), _result(challenge, right=right, metadata=metadata)]
    return proceed(attempt)


def _result(challenge: str, *, right: bool, metadata: str | None = None) -> Json:
    return {"challengeName": challenge, "challengeResult": right, "challengeMetadata": metadata}


def proceed(attempt: Attempt, srp_a: str | None = None) -> Json:
    """Do what the define trigger says: tokens, refusal or the next challenge."""
    request = _request(attempt) | {"session": attempt.results}
    empty = {"challengeName": None, "issueTokens": None, "failAuthentication": None}
    said = _run(attempt, "DefineAuthChallenge", request, empty)
    if said["failAuthentication"]:
        refuse_credentials()
    if said["issueTokens"]:
        outcome.check_may_sign_in(outcome.known(attempt))
        return outcome.finish(attempt)
    name = said["challengeName"]
    if name == CHALLENGE:
        return _custom(attempt)
    if name == srp_sign_in.CHALLENGE and srp_a:
        return srp_sign_in.challenge(attempt, srp_a)
    if attempt.user is None or name not in {second_factor.SMS, second_factor.TOTP, second_factor.EMAIL}:
        reason = f"DefineAuthChallenge returned an invalid challenge name {name}"
        refuse("InvalidLambdaResponseException", reason)
    return second_factor.ask(attempt, attempt.user, name)


def _custom(attempt: Attempt) -> Json:
    request = _request(attempt) | {"challengeName": CHALLENGE, "session": attempt.results}
    empty = {"publicChallengeParameters": None, "privateChallengeParameters": None, "challengeMetadata": None}
    said = _run(attempt, "CreateAuthChallenge", request, empty)
    private = said["privateChallengeParameters"] or {}
    session = open_session(attempt, CHALLENGE, private=private, metadata=said["challengeMetadata"])
    shown = {name: str(value) for name, value in (said["publicChallengeParameters"] or {}).items()}
    return {
        "ChallengeName": CHALLENGE,
        "Session": session,
        "ChallengeParameters": {"USERNAME": attempt.shown_name, **shown},
    }


def answer(session: Session, given: str | None) -> Json:
    """Let the verify trigger judge an answer and go on."""
    attempt = session.attempt
    if given is None:
        refuse("InvalidParameterException", "Missing required parameter ANSWER")
    request = _request(attempt) | {
        "privateChallengeParameters": session.data["private"],
        "challengeAnswer": given,
    }
    said = _run(attempt, "VerifyAuthChallengeResponse", request, {"answerCorrect": None})
    right = said["answerCorrect"] is True and attempt.user is not None
    return went(attempt, CHALLENGE, right=right, metadata=session.data["metadata"])


def _request(attempt: Attempt) -> Json:
    request: Json = {"userAttributes": triggers.user_attributes(attempt.user), "clientMetadata": attempt.metadata}
    return request | {"userNotFound": attempt.user is None}


def _run(attempt: Attempt, trigger: str, request: Json, response: Json) -> Json:
    source = f"{trigger}_Authentication"
    occasion = triggers.Occasion(attempt.pool, attempt.client, source, attempt.shown_name)
    return triggers.run(occasion, request, response)
