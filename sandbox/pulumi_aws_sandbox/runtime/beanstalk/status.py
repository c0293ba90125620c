"""What is told of an environment."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Color(str, Enum):
    """The colours that Beanstalk shows."""

    GREY = "Grey"
    GREEN = "Green"
    YELLOW = "Yellow"
    RED = "Red"


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance as it is now."""

    id: str
    zone: str
    version_label: str
    state: str
    """`starting`, or as the load balancer sees it: `initial`, `healthy`, `unhealthy`, `draining`, `unused`."""
    pid: int
    port: int


@dataclass(frozen=True, slots=True)
class Health:
    """The health of an environment."""

    color: Color
    causes: tuple[str, ...]
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in an environment."""

    at: datetime
    severity: str
    """INFO, WARN or ERROR."""
    message: str


class RolloutFailedError(Exception):
    """A new version or new settings could not be brought out; the message is the reason."""
