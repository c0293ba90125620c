"""Registration with a CAPTCHA, and the user's own function after it."""

from typing import Any

import pytest
from components.identity.functions.cognito import call
from components.identity.functions.provider import GOOD, Provider

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import sign_up
from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers.own_functions import OwnFunctionError
from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers.sign_up import SignUpRefusedError

EMPTY = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}
HOOK = "arn:aws:lambda:eu-west-1:123456789012:function:hook"

pytestmark = pytest.mark.usefixtures("deployed")


def register(source: str = "PreSignUp_SignUp", **request: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of the event
    return call(sign_up.handle, source, {"userAttributes": {"email": "ada@example.com"}, **request}, EMPTY)


@pytest.mark.parametrize("part", ["validationData", "clientMetadata"])
def test_a_solved_captcha_lets_register(part: str) -> None:
    assert register(**{part: {"captcha": GOOD}}) == EMPTY


@pytest.mark.parametrize("given", [{}, {"validationData": None}, {"validationData": {"captcha": "another"}}])
def test_registering_without_one_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(SignUpRefusedError, match=r"^The CAPTCHA was not solved$"):
        register(**given)


@pytest.mark.parametrize("source", ["PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"])
def test_whoever_does_not_register_by_themselves_sees_no_captcha(provider: Provider, source: str) -> None:
    assert register(source) == EMPTY
    assert provider.asked == []


def test_the_own_function_decides_after_the_captcha(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def hook(arn: str, event: dict[str, Any]) -> dict[str, Any]:
        called.append(arn)
        return {**event, "response": {**event["response"], "autoConfirmUser": True}}

    monkeypatch.setenv("HOOK_ARN", HOOK)
    monkeypatch.setattr(sign_up, "invoke", hook)
    with pytest.raises(SignUpRefusedError):
        register()
    assert called == []
    assert register(validationData={"captcha": GOOD}) == {**EMPTY, "autoConfirmUser": True}
    assert called == [HOOK]


def test_what_the_own_function_refuses_is_refused_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def hook(_: str, __: dict[str, Any]) -> dict[str, Any]:
        message = "Only by invitation."
        raise OwnFunctionError(message)

    monkeypatch.setenv("HOOK_ARN", HOOK)
    monkeypatch.setattr(sign_up, "invoke", hook)
    with pytest.raises(OwnFunctionError, match=r"^Only by invitation\.$"):
        register("PreSignUp_AdminCreateUser")
