"""Who wins when a record was changed on this device and on another one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from .protocol import RemoteRecord


class Side(Enum):
    """One of the two sides of a conflict."""

    LOCAL = "local"
    REMOTE = "remote"


LOCAL = Side.LOCAL
"""A handler's answer: this device's change stands, and is pushed."""
REMOTE = Side.REMOTE
"""A handler's answer: the other device's change stands, and this device's is dropped."""


@dataclass(frozen=True, slots=True)
class LocalChange:
    """What this device has made of a record."""

    value: str | None
    """`None`: this device removed it."""
    changed_at: int
    """When, in milliseconds since 1970 by this device's clock."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that was changed here and there, to other values."""

    dataset: str
    key: str
    local: LocalChange
    remote: RemoteRecord


Handler = Callable[[Conflict], str | Side | None]
"""Decides a conflict: `LOCAL`, `REMOTE`, another value, or `None` to remove the record.

It may be asked twice for one record, if another device is quicker; it must not touch the dataset.
"""


def last_writer(conflict: Conflict) -> Side:
    """Let the later change stand, by the devices' clocks; the other device's if they say the same time."""
    return LOCAL if conflict.local.changed_at > conflict.remote.changed_at else REMOTE


def remote(_: Conflict) -> Side:
    """Let the other device's change stand, always."""
    return REMOTE


def local(_: Conflict) -> Side:
    """Let this device's change stand, always."""
    return LOCAL
