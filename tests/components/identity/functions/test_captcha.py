"""What passes as a solved CAPTCHA. The providers' own answers are played, as they document them."""

from typing import Any

import pytest
from components.identity.functions.provider import GOOD, SECRET, Provider
from components.identity.functions.surroundings import Deployed, client_of

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import captcha

pytestmark = pytest.mark.usefixtures("deployed")


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("name", ["recaptcha", "turnstile"])
def test_the_provider_is_asked_with_secret_and_token(deployed: Deployed, provider: Provider, name: str) -> None:
    deployed.captcha(provider=name)
    assert captcha.solved(GOOD)
    assert provider.asked == [{"secret": SECRET, "response": GOOD}]


def test_hcaptcha_is_told_the_site_too(deployed: Deployed, provider: Provider) -> None:
    deployed.captcha(provider="hcaptcha")
    assert captcha.solved(GOOD)
    assert provider.asked == [{"secret": SECRET, "response": GOOD, "sitekey": "1x00000000000000000000AA"}]


def test_a_token_that_the_provider_refuses_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    assert not captcha.solved("another")
    assert reasons(caplog) == ["the CAPTCHA was refused: invalid-input-response"]


@pytest.mark.parametrize("token", ["", "x" * 8193])
def test_no_token_and_one_too_long_are_refused_without_asking(provider: Provider, token: str) -> None:
    assert not captcha.solved(token)
    assert provider.asked == []


@pytest.mark.parametrize(
    ("changes", "said", "reason"),
    [
        ({"hostnames": ["app.example.com"]}, {}, None),
        ({"hostnames": ["com.example.app"]}, {"hostname": None, "apk_package_name": "com.example.app"}, None),
        ({"hostnames": ["app.example.com"]}, {"hostname": "evil.example.com"}, "solved elsewhere"),
        ({"hostnames": ["app.example.com"]}, {"hostname": None}, "solved elsewhere"),
        ({"action": "sign_in"}, {"action": "sign_in"}, None),
        ({"action": "sign_in"}, {"action": "sign_up"}, "solved for another action"),
        ({"action": "sign_in"}, {}, "solved for another action"),
        ({"minimum_score": 0.5}, {"score": 0.5}, None),
        ({"minimum_score": 0.5}, {"score": 0.4}, "scored too low"),
        ({"minimum_score": 0.5}, {}, "scored too low"),
        ({"minimum_score": 0.5}, {"score": "0.9"}, "scored too low"),
        ({"minimum_score": 0.5}, {"score": True}, "scored too low"),
        ({"minimum_score": 0.5}, {"score": float("nan")}, "scored too low"),
        ({}, {"success": "true"}, "not solved"),
        ({}, {"success": 1}, "not solved"),
        ({}, {"success": False, "error-codes": "oops"}, "not solved"),
        ({}, {"success": False, "error-codes": ["x" * 100, 5]}, "x" * 64),
    ],
)
def test_place_action_and_score_have_to_be_right(  # noqa: PLR0913, PLR0917 - fixtures, and the parts of a case
    deployed: Deployed,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
    changes: dict[str, Any],
    said: dict[str, Any],
    reason: str | None,
) -> None:
    deployed.captcha(**changes)
    provider.solved |= said
    assert captcha.solved(GOOD) == (reason is None)
    assert reasons(caplog) == ([f"the CAPTCHA was refused: {reason}"] if reason else [])


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"true", b"\xff", b'{"success": true', b" " * 70_000])
def test_an_answer_that_is_none_is_no_proof(provider: Provider, caplog: pytest.LogCaptureFixture, raw: bytes) -> None:
    provider.raw = raw
    assert not captcha.solved(GOOD)
    (reason,) = reasons(caplog)
    assert reason.startswith("the CAPTCHA could not be verified: ")


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_a_provider_in_trouble_is_no_proof(provider: Provider, status: int) -> None:
    provider.status = status
    assert not captcha.solved(GOOD)


def test_a_provider_out_of_reach_is_no_proof(deployed: Deployed, caplog: pytest.LogCaptureFixture) -> None:
    deployed.captcha(verify_url="http://127.0.0.1:1/siteverify")
    assert not captcha.solved(GOOD)
    assert reasons(caplog) == ["the CAPTCHA could not be verified: URLError"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(provider: Provider, status: int) -> None:
    provider.status, provider.location = status, provider.url
    assert not captcha.solved(GOOD)
    assert len(provider.asked) == 1


def test_the_secret_is_read_once_while_the_function_is_warm(deployed: Deployed) -> None:
    assert captcha.solved(GOOD)
    client_of("secretsmanager", "eu-west-1").delete_secret(
        SecretId=deployed.secret_arn, ForceDeleteWithoutRecovery=True
    )
    assert captcha.solved(GOOD)


def test_a_secret_that_was_changed_is_read_again(deployed: Deployed, provider: Provider) -> None:
    assert captcha.solved(GOOD)
    provider.secret = "another-canary"
    client_of("secretsmanager", "eu-west-1").put_secret_value(
        SecretId=deployed.secret_arn, SecretString="another-canary\n"
    )
    assert captcha.solved(GOOD)
    assert [form["secret"] for form in provider.asked] == [SECRET, SECRET, "another-canary"]


def test_a_secret_that_is_wrong_is_tried_once(provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    provider.secret = "another-canary"
    assert not captcha.solved(GOOD)
    assert len(provider.asked) == 1
    assert reasons(caplog) == ["the CAPTCHA was refused: invalid-input-secret"]


def test_without_its_secret_nothing_is_proof(
    deployed: Deployed, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    client_of("secretsmanager", "eu-west-1").delete_secret(
        SecretId=deployed.secret_arn, ForceDeleteWithoutRecovery=True
    )
    assert not captcha.solved(GOOD)
    assert provider.asked == []
    assert reasons(caplog) == ["the CAPTCHA could not be verified: ResourceNotFoundException"]
