"""Users that do not exist, what they do with an app, and what all of it adds up to."""

from .asking import SESSION_TIMES, QueryFailedError, ask, differences
from .sending import NotTakenError, send, send_all
from .truth import Truth, truth_of
from .users import DAY, Simulated, SimulatedEvent, Types, broken_events, day_of, simulate

__all__ = [
    "DAY",
    "SESSION_TIMES",
    "NotTakenError",
    "QueryFailedError",
    "Simulated",
    "SimulatedEvent",
    "Truth",
    "Types",
    "ask",
    "broken_events",
    "day_of",
    "differences",
    "send",
    "send_all",
    "simulate",
    "truth_of",
]
