"""Steps of the user's own: what their functions are asked, and what is made of their answers."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from components.identity.functions.cognito import SignIn
from components.identity.functions.provider import GOOD
from components.identity.functions.surroundings import Deployed

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import own_functions
from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers.own_functions import OwnFunctionError

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:riddle"


class Lambda:
    """AWS Lambda with one function in it."""

    def __init__(self, function: Callable[[dict[str, Any]], object]) -> None:
        self.function = function
        self.events: list[dict[str, Any]] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert FunctionName == ARN
        event = json.loads(Payload)
        self.events.append(json.loads(Payload))
        try:
            return {"Payload": io.BytesIO(json.dumps(self.function(event)).encode())}
        except ValueError as error:
            told = {"errorMessage": str(error), "errorType": "ValueError"}
            return {"Payload": io.BytesIO(json.dumps(told).encode()), "FunctionError": "Unhandled"}


def riddle(event: dict[str, Any]) -> object:
    """Ask a riddle and check its answer, written for Cognito itself."""
    if event["triggerSource"] == "CreateAuthChallenge_Authentication":
        event["response"]["publicChallengeParameters"] = {"question": "6 x 7", "step": "forged"}
        event["response"]["privateChallengeParameters"] = {"answer": "42"}
        event["response"]["challengeMetadata"] = "RIDDLE"
    else:
        expected = event["request"]["privateChallengeParameters"]["answer"]
        event["response"]["answerCorrect"] = event["request"]["challengeAnswer"] == expected
    return event


@pytest.fixture
def put(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[dict[str, Any]], object]], Lambda]:
    def put(function: Callable[[dict[str, Any]], object]) -> Lambda:
        service = Lambda(function)
        monkeypatch.setattr(own_functions, "client_for", lambda *_: service)
        monkeypatch.setenv("STEP_FUNCTIONS", json.dumps({"riddle": ARN}))
        deployed.challenge("captcha", "riddle")
        return service

    return put


Put = Callable[[Callable[[dict[str, Any]], object]], Lambda]


def test_a_function_written_for_cognito_asks_and_checks_a_step(put: Put) -> None:
    put(riddle)
    sign_in = SignIn().begin()
    sign_in.answer(GOOD)
    assert sign_in.shown[-1] == {"question": "6 x 7", "step": "riddle", "attempts_left": "3"}
    assert sign_in.answer("41") == "CUSTOM_CHALLENGE"
    assert sign_in.answer("42") == "tokens"


def test_the_function_sees_its_own_metadata_and_only_the_names_of_other_steps(put: Put) -> None:
    service = put(riddle)
    sign_in = SignIn().begin()
    sign_in.answer(GOOD)
    sign_in.answer("41")
    (_, _, created_again) = service.events
    assert [entry["challengeMetadata"] for entry in created_again["request"]["session"]] == [
        None,
        None,
        "captcha",
        "RIDDLE",
    ]


def test_a_function_that_fails_to_ask_stops_the_sign_in_in_its_own_words(put: Put) -> None:
    def fails(_: dict[str, Any]) -> object:
        message = "No riddle today."
        raise ValueError(message)

    put(fails)
    sign_in = SignIn().begin()
    with pytest.raises(OwnFunctionError, match=r"^No riddle today\.$"):
        sign_in.answer(GOOD)


@pytest.mark.parametrize(
    "answer", [None, [], {"response": None}, {"response": {"answerCorrect": "true"}}, {"response": {}}, "raise"]
)
def test_a_function_that_does_not_say_right_says_wrong(put: Put, answer: object) -> None:
    def checks(event: dict[str, Any]) -> object:
        if event["triggerSource"].startswith("Create"):
            return riddle(event)
        if answer == "raise":
            message = "42"
            raise ValueError(message)
        return answer

    put(checks)
    sign_in = SignIn().begin()
    sign_in.answer(GOOD)
    assert sign_in.answer("42") == "CUSTOM_CHALLENGE"
    assert sign_in.shown[-1]["attempts_left"] == "2"


def test_a_function_cannot_let_in_whoever_does_not_exist(put: Put, deployed: Deployed) -> None:
    put(riddle)
    deployed.challenge("riddle", after_password=False, attempts=1)
    assert SignIn(user_not_found=True).begin(srp=False).answer("42") == "failed"
