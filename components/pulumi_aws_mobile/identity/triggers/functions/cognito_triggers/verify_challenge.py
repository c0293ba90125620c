"""Tells whether a challenge was answered rightly.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html
"""

import json
import logging
import os
import time
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from . import steps
from .captcha import solved
from .codes import Code
from .own_functions import OwnFunctionError, invoke

_LOG = logging.getLogger(__name__)


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer Cognito's event VerifyAuthChallengeResponse.

    Of a user who does not exist a right answer is right too: were it wrong, the next challenge would tell that there is
    no such user. They fail when every step is done.
    """
    request = event["request"]
    step = (request.get("privateChallengeParameters") or {}).get("step")
    answer = str(request.get("challengeAnswer") or "")
    event["response"] = {"answerCorrect": _verify(step, answer, event)}
    return event


def _verify(step: object, answer: str, event: Mapping[str, Any]) -> bool:
    if step == steps.CAPTCHA:
        return solved(answer)
    if step == steps.EMAIL_CODE:
        return _is_code(answer, event)
    functions = json.loads(os.environ.get("STEP_FUNCTIONS", "{}"))
    return step in functions and _own_function_accepts(functions[step], event)


def _is_code(answer: str, event: Mapping[str, Any]) -> bool:
    code = Code.from_text(event["request"]["privateChallengeParameters"].get("code", ""))
    return code is not None and code.accepts(answer, time.time())


def _own_function_accepts(function_arn: str, event: Mapping[str, Any]) -> bool:
    private = json.loads(event["request"]["privateChallengeParameters"].get("own", "{}"))
    request = {**event["request"], "privateChallengeParameters": private}
    try:
        returned = invoke(function_arn, {**event, "request": request, "response": {}})
    except (OwnFunctionError, BotoCoreError, ClientError) as error:
        _LOG.error("a step could not be verified: %s", type(error).__name__)
        return False
    return returned["response"].get("answerCorrect") is True
