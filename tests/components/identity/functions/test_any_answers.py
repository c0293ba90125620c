"""Over any answers to any challenge: tokens come for right answers to every step, and never else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from components.identity.functions.cognito import SignIn
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import create_challenge, mail, verify_challenge
from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers.steps import Move, Plan, next_move

_RIGHT_TOKEN = "token-of-a-human"
_LONGEST = 12

steps_of_a_challenge = st.lists(st.sampled_from(["captcha", "email_code", "riddle"]), min_size=1, unique=True)


@contextmanager
def deployed(steps: list[str], *, after_password: bool, attempts: int) -> Iterator[list[str]]:
    """Play everything outside the functions while the block runs; keep the codes that are sent."""
    codes: list[str] = []
    clock = SimpleNamespace(time=lambda: 1000.0, monotonic=lambda: 0.0, sleep=lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        for module in (create_challenge, verify_challenge):
            patch.setattr(module, "time", clock)
            patch.setattr(module, "invoke", _riddle)
        patch.setattr(verify_challenge, "solved", lambda token: token == _RIGHT_TOKEN)
        patch.setattr(mail.CodeMail, "send", lambda _, code, __: codes.append(code))
        patch.setenv("CHALLENGE", json.dumps({"steps": steps, "after_password": after_password, "attempts": attempts}))
        captcha = {"provider": "turnstile", "site_key": "k", "verify_url": "", "hostnames": [], "action": None}
        patch.setenv("CAPTCHA", json.dumps({**captcha, "minimum_score": None}))
        text = {
            "subject": "s",
            "text": "{code}",
            "from_address": "a@b.c",
            "identity_arn": "",
            "configuration_set": None,
        }
        patch.setenv("CODE_MAIL", json.dumps({"length": 6, "minutes": 5, **text}))
        patch.setenv("STEP_FUNCTIONS", json.dumps({"riddle": "arn:riddle"}))
        yield codes


def _riddle(_: str, event: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    if "challengeAnswer" in event["request"]:
        return {"response": {"answerCorrect": event["request"]["challengeAnswer"] == "42"}}
    return {
        "response": {"publicChallengeParameters": {"question": "?"}, "privateChallengeParameters": {"answer": "42"}}
    }


@given(
    steps=steps_of_a_challenge,
    after_password=st.booleans(),
    attempts=st.integers(1, 5),
    srp=st.booleans(),
    password=st.booleans(),
    exists=st.booleans(),
    answers=st.lists(st.booleans(), max_size=_LONGEST),
)
def test_tokens_come_for_right_answers_to_every_step_and_never_else(  # noqa: PLR0913, PLR0917 - what a sign-in depends on
    steps: list[str],
    after_password: bool,
    attempts: int,
    srp: bool,
    password: bool,
    exists: bool,
    answers: list[bool],
) -> None:
    with deployed(steps, after_password=after_password, attempts=attempts) as sent:
        sign_in = SignIn(user_not_found=not exists).begin(srp=srp, password=password)
        given_answers: list[bool] = []
        for right in answers:
            if sign_in.state != "CUSTOM_CHALLENGE":
                break
            answerable = exists or sign_in.step != "email_code"  # no code is sent to nobody
            sign_in.answer(_answer(sign_in, sent, right=right))
            given_answers.append(right and answerable)

    let_in = (srp or not after_password) and (not srp or (password and exists))
    wrong_before_done = _wrong_until_done(given_answers, len(steps))
    done = sum(given_answers) == len(steps)
    expected = "CUSTOM_CHALLENGE"
    if not let_in or wrong_before_done >= attempts:
        expected = "failed"
    elif done:
        expected = "tokens" if exists else "failed"
    assert sign_in.state == expected
    assert given_answers.count(False) <= attempts
    assert len(sent) <= 1
    assert not any(code in json.dumps([sign_in.shown, sign_in.kept, sign_in.session]) for code in sent)


@given(
    session=st.lists(
        st.fixed_dictionaries(
            {
                "challengeName": st.sampled_from(
                    ["SRP_A", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE", "SMS_MFA", "other"]
                ),
                "challengeResult": st.sampled_from([True, False, None, "true"]),
                "challengeMetadata": st.sampled_from([None, "", "captcha:", "email_code:1:2:3", "riddle"]),
            }
        ),
        max_size=_LONGEST,
    ),
    steps=steps_of_a_challenge,
    attempts=st.integers(1, 5),
    after_password=st.booleans(),
    missing=st.booleans(),
)
def test_whatever_a_session_holds_tokens_need_every_step_in_order(
    session: list[dict[str, object]], steps: list[str], attempts: int, after_password: bool, missing: bool
) -> None:
    move = next_move(Plan(tuple(steps), after_password, attempts), session, user_not_found=missing)
    custom = [entry for entry in session if entry["challengeName"] == "CUSTOM_CHALLENGE"]
    right = [str(entry["challengeMetadata"]).split(":")[0] for entry in custom if entry["challengeResult"] is True]
    if move is Move.TOKENS:
        assert not missing
        assert right == steps
        assert len(custom) - len(right) < attempts
        first = session.index(custom[0])
        proofs = [entry["challengeName"] for entry in session[:first] if entry["challengeResult"] is True]
        assert "PASSWORD_VERIFIER" in proofs or not after_password


def _answer(sign_in: SignIn, sent: list[str], *, right: bool) -> str:
    if not right:
        return "wrong"
    code = sent[-1] if sent else "unknown"
    return {"captcha": _RIGHT_TOKEN, "email_code": code, "riddle": "42"}[sign_in.step]


def _wrong_until_done(answers: list[bool], steps: int) -> int:
    wrong = right = 0
    for answer in answers:
        if right == steps:
            break
        right, wrong = right + answer, wrong + (not answer)
    return wrong
