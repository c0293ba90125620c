"""What an app opens once: the datasets of one identity on this device."""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from . import protocol
from .dataset import Dataset
from .protocol import DatasetInfo, Request, Transport
from .setting import Setting
from .store import Place, Progress, Record, SqliteStore
from .text import checked_name

_OK = 200
_MAX_CHANGES = 90
_MAX_PUSH_BYTES = 3_000_000
"""The service takes 3.5 MB; the rest is for what is around the changes."""


@dataclass(frozen=True, slots=True)
class Options:
    """What tests, and services with other limits, set otherwise."""

    clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    """The device's clock, in milliseconds since 1970."""
    new_token: Callable[[], str] = lambda: str(uuid.uuid4())
    """Makes up a token that no push had before."""
    max_changes: int = _MAX_CHANGES
    """The most changes of one push; no more than the service takes."""
    max_push_bytes: int = _MAX_PUSH_BYTES


class SyncManager:
    """The datasets of one identity on this device."""

    def __init__(self, store: SqliteStore, transport: Transport, identity: str, options: Options | None = None) -> None:
        """Work for `identity`, the Cognito identity that `transport` signs for, with what `store` holds of it."""
        given = options or Options()
        self._setting = Setting(
            store,
            transport,
            store.device(),
            given.clock,
            given.new_token,
            given.max_changes,
            given.max_push_bytes,
        )
        self._identity = identity
        self._locks: dict[Place, threading.RLock] = {}
        self._guard = threading.Lock()

    @property
    def identity(self) -> str:
        """The identity whose datasets these are."""
        return self._identity

    def open(self, name: str) -> Dataset:
        """Return the dataset of this name, without asking the service; it need not exist yet."""
        place = Place(self._identity, checked_name(name))
        with self._guard:
            lock = self._locks.setdefault(place, threading.RLock())
        return Dataset(self._setting, place, lock)

    def list(self) -> list[DatasetInfo]:
        """Ask the service what datasets the identity has; the device must be online."""
        request = Request("GET", "/sync/datasets", {"identity": self._identity})
        answer = self._setting.transport.send(request)
        if answer.status != _OK:
            raise protocol.failure(answer, request)
        return protocol.read_list(answer)

    def use_identity(self, new: str) -> None:
        """Go on as `new`, to whom the guest has signed in, and bring along what the device held so far.

        Each record becomes a local change of the new identity, unless it has one of its own under that key; where the
        service holds something else, the next synchronisation asks its handler. Happens whole or not at all, and
        doing it again changes nothing. Datasets that were opened before are those of the old identity: open them again.

        For another person on the same device, make a manager of their own instead: nothing is brought along then.
        """
        if new == self._identity:
            return
        store = self._setting.store
        with store.transaction():
            for name in store.datasets(self._identity):
                old = Place(self._identity, name)
                self._bring(old, Place(new, name))
                store.drop_dataset(old)
        self._identity = new

    def _bring(self, old: Place, place: Place) -> None:
        """Make the records at `old` local changes at `place`."""
        store = self._setting.store
        held = store.records(place)
        live = [record for record in store.records(old).values() if record.value is not None]
        brought = [record for record in live if record.key not in held or not held[record.key].is_edited]
        edits = store.progress(place).edits
        for record in brought:
            edits += 1
            store.save(place, Record(record.key, record.value, 0, record.changed_at, edits))
        if brought:
            # From 0: the next pull must tell of what this identity already has under these keys.
            store.set_progress(place, Progress(0, 0, edits))
