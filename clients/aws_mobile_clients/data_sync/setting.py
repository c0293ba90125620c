"""What the datasets of one manager have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from .protocol import Transport
from .store import SqliteStore


@dataclass(frozen=True, slots=True)
class Setting:
    """What the datasets of one manager have in common."""

    store: SqliteStore
    transport: Transport
    device: str
    clock: Callable[[], int]
    """The device's clock, in milliseconds since 1970."""
    new_token: Callable[[], str]
    """Makes up a token that no push had before."""
    max_changes: int
    max_push_bytes: int
