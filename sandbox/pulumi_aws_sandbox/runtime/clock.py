"""The sandbox's time: the real one, moved forward when a test wants a code, a session or a token to grow old."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class _Clock:
    """How far the sandbox is ahead of the real time, in seconds."""

    ahead_seconds = 0.0


def now() -> float:
    """Return the sandbox's time in seconds since 1970."""
    return time.time() + _Clock.ahead_seconds


def today() -> datetime:
    """Return the sandbox's time as a date in UTC."""
    return datetime.fromtimestamp(now(), UTC)


def ahead_seconds() -> float:
    """Return how far the sandbox is ahead of the real time."""
    return _Clock.ahead_seconds


def move(seconds: float) -> None:
    """Let `seconds` pass at once; it lasts until `reset`."""
    _Clock.ahead_seconds += seconds


def reset() -> None:
    """Go back to the real time."""
    _Clock.ahead_seconds = 0.0


@contextmanager
def later(seconds: float) -> Iterator[None]:
    """Be `seconds` ahead within the block."""
    move(seconds)
    try:
        yield
    finally:
        move(-seconds)
