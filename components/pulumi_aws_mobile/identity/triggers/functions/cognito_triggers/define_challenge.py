"""Decides what is asked next, and whether the sign-in is done.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html
"""

from typing import Any

from .steps import CUSTOM_CHALLENGE, PASSWORD_VERIFIER, Move, Plan, next_move

_NEXT = {Move.PASSWORD: PASSWORD_VERIFIER, Move.CHALLENGE: CUSTOM_CHALLENGE}


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer Cognito's event DefineAuthChallenge."""
    request = event["request"]
    move = next_move(
        Plan.from_environment(), request.get("session") or [], user_not_found=bool(request.get("userNotFound"))
    )
    event["response"] = {
        "issueTokens": move is Move.TOKENS,
        "failAuthentication": move is Move.FAIL,
        "challengeName": _NEXT.get(move),
    }
    return event
