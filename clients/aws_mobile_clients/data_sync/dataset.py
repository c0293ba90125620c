"""One dataset on one device: read and changed at any time, brought in step with the service when asked."""

import threading
from dataclasses import replace

from . import protocol
from .handlers import Handler, last_writer
from .protocol import Request
from .setting import Setting
from .store import Place, Record
from .synchronization import Outcome, Synchronization
from .text import checked_key, checked_value

_OK = 200


class Dataset:
    """A named set of records, text under text keys, of one identity."""

    def __init__(self, setting: Setting, place: Place, lock: threading.RLock) -> None:
        """Stand for the dataset at `place`; a manager gives these out."""
        self._setting = setting
        self._store = setting.store
        self._place = place
        self._lock = lock
        """Held while synchronising: one device pushes one thing at a time."""

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self._place.dataset

    def get(self, key: str) -> str | None:
        """Return what the device holds under the key; `None` if nothing."""
        record = self._store.record(self._place, checked_key(key))
        return None if record is None else record.value

    def all(self) -> dict[str, str]:
        """Return everything that the device holds."""
        records = self._store.records(self._place).values()
        return {record.key: record.value for record in records if record.value is not None}

    def put(self, key: str, value: str) -> None:
        """Set a record on this device; once this returns, the change survives a crash."""
        self._edit(checked_key(key), checked_value(value))

    def remove(self, key: str) -> None:
        """Remove a record on this device; one that is not there stays so."""
        self._edit(checked_key(key), None)

    def synchronize(self, handler: Handler = last_writer) -> Outcome:
        """Bring this device and the service in step: pull, let `handler` decide conflicts, push.

        Raises a `SyncError` if it cannot be done now; every local change is kept, and the next call goes on from there.
        """
        with self._lock:
            return Synchronization(self._setting, self._place, handler).run()

    def delete(self) -> None:
        """Delete the dataset, at the service and then on this device; the device must be online.

        Refused with the code `DatasetChanged` if the service holds what this device has not seen: nothing is deleted
        then; synchronise, and delete again. Local changes that were not pushed go with it.
        """
        with self._lock:
            query = {"identity": self._place.identity, "base": str(self._store.progress(self._place).since)}
            request = Request("DELETE", f"/sync/datasets/{self.name}", query)
            answer = self._setting.transport.send(request)
            if answer.status != _OK:
                raise protocol.failure(answer, request)
            self._store.drop_dataset(self._place)

    def _edit(self, key: str, value: str | None) -> None:
        with self._store.transaction():
            held = self._store.record(self._place, key)
            if value is None:
                if held is None or held.value is None:
                    return
                if held.base == 0 and not self._is_pending(key):
                    # The service never heard of it, so there is nothing to tell; this also takes back what it refused.
                    self._store.drop(self._place, key)
                    return
            progress = self._store.progress(self._place)
            edit = progress.edits + 1
            base = 0 if held is None else held.base
            self._store.set_progress(self._place, replace(progress, edits=edit))
            self._store.save(self._place, Record(key, value, base, self._setting.clock(), edit))

    def _is_pending(self, key: str) -> bool:
        pending = self._store.pending(self._place)
        return pending is not None and key in pending.edits
