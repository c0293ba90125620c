"""How far a sign-in has come, by the challenges that Cognito says were answered. Pure."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

CUSTOM_CHALLENGE = "CUSTOM_CHALLENGE"
PASSWORD_VERIFIER = "PASSWORD_VERIFIER"  # noqa: S105 - the name of a challenge
SRP_A = "SRP_A"

CAPTCHA = "captcha"
EMAIL_CODE = "email_code"

Session = Sequence[Mapping[str, Any]]
"""The answered challenges, oldest first: `challengeName`, `challengeResult`, for custom ones `challengeMetadata`."""


class Move(Enum):
    """What comes next."""

    PASSWORD = "password"  # noqa: S105 - a step, not a password
    CHALLENGE = "challenge"
    TOKENS = "tokens"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of whoever signs in."""

    steps: tuple[str, ...]
    after_password: bool
    attempts: int

    @classmethod
    def from_environment(cls) -> "Plan":
        """Read the plan that this function was deployed with."""
        told = json.loads(os.environ["CHALLENGE"])
        return cls(tuple(told["steps"]), told["after_password"], told["attempts"])


def answered(session: Session) -> list[str]:
    """Return the names of the steps that were answered rightly, in order."""
    return [step_of(entry) for entry in session if _is_custom(entry) and entry.get("challengeResult") is True]


def wrong_answers(session: Session) -> int:
    """Return how many custom challenges were answered wrongly."""
    return sum(_is_custom(entry) and entry.get("challengeResult") is not True for entry in session)


def password_proven(session: Session) -> bool:
    """Tell whether the password was proven before the first custom challenge."""
    first = next((place for place, entry in enumerate(session) if _is_custom(entry)), len(session))
    return any(
        entry.get("challengeName") == PASSWORD_VERIFIER and entry.get("challengeResult") is True
        for entry in session[:first]
    )


def next_move(plan: Plan, session: Session, *, user_not_found: bool) -> Move:
    """Return what comes next; whatever is not known to be right fails.

    A user who does not exist is led through the same steps and fails at the end, like one who answers wrongly.
    """
    if any(not _is_custom(entry) and entry.get("challengeResult") is not True for entry in session):
        return Move.FAIL  # Cognito's own challenges: the password, or a second factor of the pool
    if session and session[-1].get("challengeName") == SRP_A:
        return Move.PASSWORD
    done = tuple(answered(session))
    if (plan.after_password and not password_proven(session)) or wrong_answers(session) >= plan.attempts:
        return Move.FAIL
    if done != plan.steps[: len(done)] or not plan.steps:
        return Move.FAIL  # the steps were changed by a deployment meanwhile
    if len(done) < len(plan.steps):
        return Move.CHALLENGE
    return Move.FAIL if user_not_found else Move.TOKENS


def step_of(entry: Mapping[str, Any]) -> str:
    """Return which step a custom challenge was, from the front of its metadata."""
    return str(entry.get("challengeMetadata") or "").partition(":")[0]


def _is_custom(entry: Mapping[str, Any]) -> bool:
    return entry.get("challengeName") == CUSTOM_CHALLENGE
