"""Whole sign-ins by the three functions of a custom challenge. What Cognito itself does is played, not proven."""

import json
import logging

import pytest
from components.identity.functions.cognito import USER, SignIn, call
from components.identity.functions.provider import GOOD, SECRET, Provider
from components.identity.functions.surroundings import Clock, Deployed, Mailbox, client_of

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import (
    create_challenge,
    define_challenge,
    verify_challenge,
)

SOLVED = {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True, "challengeMetadata": "captcha:"}

pytestmark = pytest.mark.usefixtures("deployed")


def test_password_captcha_and_code_in_this_order_lead_to_tokens(mailbox: Mailbox) -> None:
    sign_in = SignIn().begin()
    assert (sign_in.state, sign_in.step) == ("CUSTOM_CHALLENGE", "captcha")
    assert sign_in.answer(GOOD) == "CUSTOM_CHALLENGE"
    assert sign_in.step == "email_code"
    assert sign_in.answer(mailbox.codes[-1]) == "tokens"


def test_the_captcha_shows_an_app_what_it_needs_to_draw_it(deployed: Deployed) -> None:
    deployed.captcha(action="sign_in")
    assert SignIn().begin().shown == [
        {
            "step": "captcha",
            "attempts_left": "3",
            "provider": "turnstile",
            "site_key": "1x00000000000000000000AA",
            "action": "sign_in",
        }
    ]


def test_a_wrong_password_fails_before_any_challenge(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin(password=False)
    assert (sign_in.state, sign_in.shown, mailbox.messages) == ("failed", [], [])


def test_a_sign_in_without_srp_fails_where_the_password_comes_first(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin(srp=False)
    assert (sign_in.state, mailbox.messages) == ("failed", [])


def test_a_code_alone_is_enough_without_a_password(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code", after_password=False)
    sign_in = SignIn().begin(srp=False)
    assert sign_in.answer(mailbox.codes[-1]) == "tokens"


def test_a_client_may_still_prove_the_password_where_none_is_asked(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code", after_password=False)
    sign_in = SignIn().begin()
    assert sign_in.answer(mailbox.codes[-1]) == "tokens"


@pytest.mark.parametrize("factor", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "DEVICE_PASSWORD_VERIFIER"])
def test_factors_of_the_pool_may_come_in_between(deployed: Deployed, mailbox: Mailbox, factor: str) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin()
    sign_in.pass_factor(factor)
    assert sign_in.answer(mailbox.codes[-1]) == "tokens"


def test_a_failed_factor_of_the_pool_fails_the_sign_in(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin()
    sign_in.session.append({"challengeName": "SMS_MFA", "challengeResult": False, "challengeMetadata": None})
    assert sign_in.answer(mailbox.codes[-1]) == "failed"


def test_the_mail_comes_from_the_sender_with_the_code_and_its_time(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code")
    deployed.mail(length=8, minutes=2)
    SignIn().begin()
    (message,) = mailbox.messages
    (code,) = mailbox.codes
    assert message.source == "Ada's app <hello@example.com>"
    assert message.destinations["ToAddresses"] == ["ada@example.com"]
    assert message.subject == "Your sign-in code"
    assert message.body == f"It is {code}, good for 2 minutes."
    assert len(code) == 8


def test_a_wrong_answer_costs_an_attempt_and_sends_no_other_code(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin()
    wrong = "000000" if mailbox.codes[0] != "000000" else "000001"
    assert sign_in.answer(wrong) == "CUSTOM_CHALLENGE"
    assert sign_in.shown[-1]["attempts_left"] == "2"
    assert sign_in.answer(mailbox.codes[0]) == "tokens"
    assert len(mailbox.messages) == 1


def test_the_last_wrong_answer_fails_the_sign_in(deployed: Deployed) -> None:
    deployed.challenge("email_code", attempts=2)
    sign_in = SignIn().begin()
    assert sign_in.answer("nothing") == "CUSTOM_CHALLENGE"
    assert sign_in.answer("nothing") == "failed"


def test_wrong_answers_are_counted_over_all_steps(deployed: Deployed) -> None:
    deployed.challenge("captcha", "email_code", attempts=2)
    sign_in = SignIn().begin()
    sign_in.answer("not a token")
    sign_in.answer(GOOD)
    assert sign_in.step == "email_code"
    assert sign_in.answer("nothing") == "failed"


def test_a_code_that_has_expired_is_wrong_and_another_is_sent(
    deployed: Deployed, mailbox: Mailbox, clock: Clock
) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin()
    clock.now += 5 * 60
    assert sign_in.answer(mailbox.codes[0]) == "CUSTOM_CHALLENGE"
    assert len(mailbox.messages) == 2
    assert sign_in.answer(mailbox.codes[1]) == "tokens"


def test_a_code_is_of_no_use_in_another_sign_in(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code", attempts=1)
    assert SignIn().begin().answer(mailbox.codes[0]) == "tokens"
    other = SignIn().begin()
    if mailbox.codes[0] != mailbox.codes[1]:
        assert other.answer(mailbox.codes[0]) == "failed"


def test_spaces_in_a_pasted_code_do_not_matter(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("email_code")
    sign_in = SignIn().begin()
    code = mailbox.codes[0]
    assert sign_in.answer(f" {code[:3]} {code[3:]}\n") == "tokens"


def test_the_destination_is_shown_in_part_to_whoever_knows_the_password(deployed: Deployed) -> None:
    deployed.challenge("email_code")
    assert SignIn().begin().shown == [
        {"step": "email_code", "attempts_left": "3", "code_length": "6", "destination": "a***@e***"}
    ]


def test_no_code_goes_to_an_address_that_was_not_verified(
    deployed: Deployed, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    deployed.challenge("email_code", attempts=1)
    sign_in = SignIn(attributes={**USER, "email_verified": "false"}).begin()
    assert mailbox.messages == []
    assert sign_in.shown == [{"step": "email_code", "attempts_left": "1", "code_length": "6"}]
    assert [record.message for record in caplog.records] == ["no code was sent: no verified e-mail address"]
    assert sign_in.answer("000000") == "failed"


def test_whoever_does_not_exist_sees_what_everybody_sees_and_gets_nowhere(
    deployed: Deployed, mailbox: Mailbox, clock: Clock
) -> None:
    deployed.challenge("captcha", "email_code", after_password=False)
    known, unknown = SignIn(), SignIn(user_not_found=True)
    for sign_in in (known, unknown):
        sign_in.begin(srp=False)
        sign_in.answer("not a token")
        sign_in.answer("not a token")
        assert sign_in.answer("not a token") == "failed"
    assert known.shown == unknown.shown
    deployed.challenge("email_code", after_password=False)
    known, unknown = SignIn().begin(srp=False), SignIn(user_not_found=True).begin(srp=False)
    assert known.shown == unknown.shown
    assert [message.destinations["ToAddresses"] for message in mailbox.messages] == [["ada@example.com"]]
    assert clock.slept == [1.0, 1.0]


def test_whoever_does_not_exist_gets_no_mail_whatever_else_is_said_of_them(mailbox: Mailbox) -> None:
    request = {"userAttributes": USER, "challengeName": "CUSTOM_CHALLENGE", "session": [SOLVED], "userNotFound": True}
    call(create_challenge.handle, "CreateAuthChallenge_Authentication", request, {})
    assert mailbox.messages == []


def test_whoever_does_not_exist_gets_no_tokens_for_right_answers(deployed: Deployed) -> None:
    deployed.challenge("captcha", after_password=False)
    request = {"userAttributes": USER, "session": [SOLVED], "userNotFound": True}
    told = call(define_challenge.handle, "DefineAuthChallenge_Authentication", request, {})
    assert told == {"issueTokens": False, "failAuthentication": True, "challengeName": None}


def test_a_solved_captcha_does_not_tell_who_has_an_account(
    deployed: Deployed, provider: Provider, mailbox: Mailbox
) -> None:
    deployed.challenge("captcha", "email_code", after_password=False)
    known, unknown = SignIn().begin(srp=False), SignIn(user_not_found=True).begin(srp=False)
    for sign_in in (known, unknown):
        sign_in.answer(GOOD)
        sign_in.answer("000000x")
    assert known.shown == unknown.shown
    assert unknown.step == "email_code"
    assert len(provider.asked) == 2
    assert [message.destinations["ToAddresses"] for message in mailbox.messages] == [["ada@example.com"]]


def test_a_code_that_ses_does_not_take_is_told_once_the_password_is_proven(
    deployed: Deployed, caplog: pytest.LogCaptureFixture
) -> None:
    deployed.challenge("email_code")
    client_of("sesv2", "eu-west-1").delete_email_identity(EmailIdentity="example.com")
    with pytest.raises(RuntimeError, match=r"^The code could not be sent$"):
        SignIn().begin()
    assert [record.message for record in caplog.records] == ["no code was sent: MessageRejected"]


def test_a_code_that_ses_does_not_take_tells_nobody_who_has_an_account(deployed: Deployed) -> None:
    deployed.challenge("email_code", after_password=False)
    client_of("sesv2", "eu-west-1").delete_email_identity(EmailIdentity="example.com")
    assert SignIn().begin(srp=False).shown == [{"step": "email_code", "attempts_left": "3", "code_length": "6"}]


def test_a_sign_in_fails_when_its_steps_were_changed_meanwhile(deployed: Deployed, mailbox: Mailbox) -> None:
    deployed.challenge("captcha", "email_code")
    sign_in = SignIn().begin()
    sign_in.answer(GOOD)
    deployed.challenge("email_code", "captcha")
    assert sign_in.answer(mailbox.codes[0]) == "failed"


def test_a_challenge_of_no_known_step_is_answered_wrongly() -> None:
    for kept in ({}, {"step": "other"}, {"step": "email_code"}, {"step": "email_code", "code": "1:2"}):
        request = {"userAttributes": USER, "privateChallengeParameters": kept, "challengeAnswer": "000000"}
        response = call(verify_challenge.handle, "VerifyAuthChallengeResponse_Authentication", request, {})
        assert response == {"answerCorrect": False}


def test_neither_code_nor_secret_is_shown_kept_or_logged(
    mailbox: Mailbox, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    sign_in = SignIn().begin()
    provider.status = 500
    sign_in.answer(GOOD)
    provider.status = 200
    sign_in.answer(GOOD)
    sign_in.answer("123456x")
    (code,) = mailbox.codes
    seen = json.dumps(
        [sign_in.shown, sign_in.kept, sign_in.session, [record.getMessage() for record in caplog.records]]
    )
    for canary in (code, SECRET, GOOD, "123456x"):
        assert canary not in seen


def test_create_is_told_nothing_but_public_and_private_parameters_and_metadata() -> None:
    request = {
        "userAttributes": USER,
        "challengeName": "CUSTOM_CHALLENGE",
        "session": [
            {"challengeName": "SRP_A", "challengeResult": True},
            {"challengeName": "PASSWORD_VERIFIER", "challengeResult": True},
        ],
    }
    made = call(create_challenge.handle, "CreateAuthChallenge_Authentication", request, {})
    assert set(made) == {"publicChallengeParameters", "privateChallengeParameters", "challengeMetadata"}
    assert made["challengeMetadata"] == "captcha:"
