"""Makes the challenge of the step that a sign-in has come to.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html
"""

import json
import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from . import steps
from .captcha import CaptchaConfig
from .codes import Code, new_code
from .mail import CodeMail, masked
from .own_functions import invoke

_LOG = logging.getLogger(__name__)

LEAST_SECONDS = 1.0
"""How long a code takes at least where no password came first: the time would tell whether a mail went out."""


@dataclass(frozen=True, slots=True)
class _Challenge:
    shown: Mapping[str, str]
    kept: Mapping[str, str]
    """What only the function that verifies gets."""
    metadata: str
    """What the next call hears of this one; it stays in Cognito."""


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer Cognito's event CreateAuthChallenge."""
    plan, session = steps.Plan.from_environment(), event["request"].get("session") or []
    step = plan.steps[len(steps.answered(session))]
    challenge = _MAKERS.get(step, _ask_own_function)(step, event)
    left = plan.attempts - steps.wrong_answers(session)
    event["response"] = {
        "publicChallengeParameters": {**challenge.shown, "step": step, "attempts_left": str(left)},
        "privateChallengeParameters": {**challenge.kept, "step": step},
        "challengeMetadata": f"{step}:{challenge.metadata}",
    }
    return event


def _show_captcha(_step: str, _event: Mapping[str, Any]) -> _Challenge:
    return _Challenge(CaptchaConfig().shown(), {}, "")


def _send_code(_step: str, event: Mapping[str, Any]) -> _Challenge:
    """Send a code; after a wrong answer the one that was sent stays good, and no further mail goes out."""
    started = time.monotonic()
    request, mail = event["request"], CodeMail.from_environment()
    session = request.get("session") or []
    proven, address = steps.password_proven(session), _verified_address(request)
    remembered = _sent_before(session)
    if remembered is None:
        code, remembered = new_code(mail.length, mail.minutes, time.time())
        _send(mail, code, address, proven=proven)
        if not proven:
            time.sleep(max(0.0, LEAST_SECONDS - (time.monotonic() - started)))
    shown = {"code_length": str(mail.length)} | ({"destination": masked(address)} if proven and address else {})
    return _Challenge(shown, {"code": remembered.text()}, remembered.text())


def _send(mail: CodeMail, code: str, address: str | None, *, proven: bool) -> None:
    if address is None:
        _LOG.warning("no code was sent: no verified e-mail address")
        return
    try:
        mail.send(code, address)
    except (BotoCoreError, ClientError) as error:
        _LOG.error("no code was sent: %s", type(error).__name__)
        if proven:  # to anyone else, the error would tell that there is such a user
            message = "The code could not be sent"
            raise RuntimeError(message) from None


def _verified_address(request: Mapping[str, Any]) -> str | None:
    attributes = request.get("userAttributes") or {}
    verified = str(attributes.get("email_verified")).lower() == "true" and not request.get("userNotFound")
    return attributes.get("email") if verified else None


def _sent_before(session: steps.Session) -> Code | None:
    """Return the code of the last challenge if it was this same step and the code is still good."""
    if not session or steps.step_of(session[-1]) != steps.EMAIL_CODE or session[-1].get("challengeResult") is True:
        return None
    code = Code.from_text(session[-1]["challengeMetadata"].partition(":")[2])
    return code if code and time.time() < code.expires else None


def _ask_own_function(step: str, event: Mapping[str, Any]) -> _Challenge:
    """Have the user's own function make its challenge, from the event as if its step were the only kind."""
    session = [
        {**entry, "challengeMetadata": _own_metadata(step, entry)} if entry.get("challengeMetadata") else entry
        for entry in event["request"].get("session") or []
    ]
    request = {**event["request"], "session": session}
    made = invoke(json.loads(os.environ["STEP_FUNCTIONS"])[step], {**event, "request": request, "response": {}})
    response = made["response"]
    return _Challenge(
        response.get("publicChallengeParameters") or {},
        {"own": json.dumps(response.get("privateChallengeParameters") or {})},
        response.get("challengeMetadata") or "",
    )


def _own_metadata(step: str, entry: Mapping[str, Any]) -> str:
    """Return the function's own metadata for its own step, and no more than the name of another."""
    name, _, rest = entry["challengeMetadata"].partition(":")
    return rest if name == step else name


_MAKERS = {steps.CAPTCHA: _show_captcha, steps.EMAIL_CODE: _send_code}
