"""The custom flow, led by triggers that a test stands in for."""

import pytest
from sandbox.user_pools.app import EMAIL, PASSWORD, App, Json, Triggers, refusal

from pulumi_aws_sandbox.aws import Connection

WRONG = "NotAuthorizedException: Incorrect username or password."
USED = "NotAuthorizedException: Invalid session for the user, session can only be used once."


def define(event: Json) -> Json:
    """Ask for the password if SRP began, then for the answer, three times at most."""
    session = event["request"]["session"]
    names = [each["challengeName"] for each in session]
    answer: Json = {"issueTokens": False, "failAuthentication": False}
    if names == ["SRP_A"]:
        answer["challengeName"] = "PASSWORD_VERIFIER"
    elif session and session[-1]["challengeName"] == "CUSTOM_CHALLENGE" and session[-1]["challengeResult"]:
        answer["issueTokens"] = True
    elif names.count("CUSTOM_CHALLENGE") == 3:
        answer["failAuthentication"] = True
    else:
        answer["challengeName"] = "CUSTOM_CHALLENGE"
    return event | {"response": answer}


def create(event: Json) -> Json:
    response = {
        "publicChallengeParameters": {"question": "How many?"},
        "privateChallengeParameters": {"answer": "42"},
        "challengeMetadata": "QUESTION",
    }
    return event | {"response": response}


def verify(event: Json) -> Json:
    request = event["request"]
    right = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
    return event | {"response": {"answerCorrect": right}}


@pytest.fixture
def custom(clients: Connection, triggers: Triggers) -> App:
    config = {
        "DefineAuthChallenge": triggers.arn("define", define),
        "CreateAuthChallenge": triggers.arn("create", create),
        "VerifyAuthChallengeResponse": triggers.arn("verify", verify),
    }
    return App.made(clients, LambdaConfig=config)


def test_the_right_answer_signs_in(custom: App, triggers: Triggers) -> None:
    custom.register()
    asked = custom.initiate("CUSTOM_AUTH", {"USERNAME": EMAIL})
    sub = custom.attributes()["sub"]
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert asked["ChallengeParameters"] == {"USERNAME": sub, "question": "How many?"}
    assert custom.respond(asked, ANSWER="42")["AuthenticationResult"]["TokenType"] == "Bearer"
    assert [event["triggerSource"] for event in triggers.events] == [
        "DefineAuthChallenge_Authentication",
        "CreateAuthChallenge_Authentication",
        "VerifyAuthChallengeResponse_Authentication",
        "DefineAuthChallenge_Authentication",
    ]
    defined, created, verified, again = (event["request"] for event in triggers.events)
    assert (defined["session"], defined["userNotFound"]) == ([], False)
    assert (created["challengeName"], created["session"]) == ("CUSTOM_CHALLENGE", [])
    assert verified["privateChallengeParameters"] == {"answer": "42"}
    passed = {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True, "challengeMetadata": "QUESTION"}
    assert again["session"] == [passed]


def test_wrong_answers_are_as_many_as_the_define_trigger_says(custom: App) -> None:
    custom.register()
    asked = custom.initiate("CUSTOM_AUTH", {"USERNAME": EMAIL})
    for _ in range(2):
        asked = custom.respond(asked, ANSWER="41")
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert refusal(lambda: custom.respond(asked, ANSWER="41")) == WRONG


def test_an_answered_challenge_is_not_answered_again(custom: App) -> None:
    custom.register()
    asked = custom.initiate("CUSTOM_AUTH", {"USERNAME": EMAIL})
    custom.respond(asked, ANSWER="42")
    assert refusal(lambda: custom.respond(asked, ANSWER="42")) == USED


def test_the_password_comes_first_if_the_client_begins_with_srp(custom: App, triggers: Triggers) -> None:
    custom.register()
    helper = custom.srp()
    given = {**helper.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
    asked = custom.initiate("CUSTOM_AUTH", given)
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    answers = helper.process_challenge(asked["ChallengeParameters"], given)
    after = custom.respond(asked, **{name: value for name, value in answers.items() if name != "USERNAME"})
    assert after["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert custom.respond(after, ANSWER="42")["AuthenticationResult"]["TokenType"] == "Bearer"
    session = triggers.events[-1]["request"]["session"]
    assert [(each["challengeName"], each["challengeResult"]) for each in session] == [
        ("SRP_A", True),
        ("PASSWORD_VERIFIER", True),
        ("CUSTOM_CHALLENGE", True),
    ]


def test_a_wrong_password_gets_no_challenge(custom: App) -> None:
    custom.register()
    helper = custom.srp("Wrong-horse-7")
    given = {**helper.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
    asked = custom.initiate("CUSTOM_AUTH", given)
    answers = helper.process_challenge(asked["ChallengeParameters"], given)
    named = {name: value for name, value in answers.items() if name != "USERNAME"}
    assert refusal(lambda: custom.respond(asked, **named)) == WRONG


def test_the_proof_needs_the_session_of_its_flow(custom: App) -> None:
    custom.register()
    helper = custom.srp()
    given = {**helper.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
    asked = custom.initiate("CUSTOM_AUTH", given)
    answers = helper.process_challenge(asked["ChallengeParameters"], given)
    call = {"ClientId": custom.client, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": answers}
    assert refusal(lambda: custom.idp.respond_to_auth_challenge(**call)) == WRONG


def test_whoever_does_not_exist_is_challenged_and_never_let_in(custom: App, triggers: Triggers) -> None:
    name = "nobody@example.com"
    asked = custom.initiate("CUSTOM_AUTH", {"USERNAME": name})
    again = custom.respond(asked, name, ANSWER="42")
    assert asked["ChallengeName"] == again["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert triggers.events[0]["request"]["userNotFound"] is True
    last = custom.respond(again, name, ANSWER="42")
    assert refusal(lambda: custom.respond(last, name, ANSWER="42")) == WRONG


def test_tokens_for_nobody_are_not_issued(clients: Connection, triggers: Triggers) -> None:
    generous = triggers.arn("define", lambda event: event | {"response": {"issueTokens": True}})
    config = dict.fromkeys(("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"), generous)
    app = App.made(clients, LambdaConfig=config)
    assert refusal(lambda: app.initiate("CUSTOM_AUTH", {"USERNAME": "nobody@example.com"})) == WRONG


def test_the_flow_needs_its_triggers(app: App) -> None:
    app.register(password=PASSWORD)
    expected = "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool."
    assert refusal(lambda: app.initiate("CUSTOM_AUTH", {"USERNAME": EMAIL})) == expected


def test_an_unknown_challenge_of_the_define_trigger_is_told(clients: Connection, triggers: Triggers) -> None:
    odd = triggers.arn("define", lambda event: event | {"response": {"challengeName": "RIDDLE"}})
    config = dict.fromkeys(("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"), odd)
    app = App.made(clients, LambdaConfig=config)
    app.register()
    expected = "InvalidLambdaResponseException: DefineAuthChallenge returned an invalid challenge name RIDDLE"
    assert refusal(lambda: app.initiate("CUSTOM_AUTH", {"USERNAME": EMAIL})) == expected
