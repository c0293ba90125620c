"""What a device keeps of datasets: durable, and changed in transactions that happen whole or not at all."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS device (id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS datasets (
    identity TEXT, dataset TEXT, since INTEGER NOT NULL, seen_at INTEGER NOT NULL, edits INTEGER NOT NULL,
    PRIMARY KEY (identity, dataset)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
    identity TEXT, dataset TEXT, key TEXT, value TEXT, base INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    edit INTEGER NOT NULL, PRIMARY KEY (identity, dataset, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pushes (
    identity TEXT, dataset TEXT, body TEXT NOT NULL, edits TEXT NOT NULL, PRIMARY KEY (identity, dataset)
) WITHOUT ROWID;
"""
_WAIT_SECONDS = 30.0
"""How long one process of the app waits for another one's transaction."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the device holds it."""

    key: str
    value: str | None
    """`None`: it was removed."""
    base: int
    """The record's count at the service, as far as the device knows; 0: the service never told of it."""
    changed_at: int
    """When it was changed, in milliseconds since 1970, by the clock of the device that did."""
    edit: int
    """The number of the local change that the service has not taken yet; 0: there is none."""

    @property
    def is_edited(self) -> bool:
        """Whether there is a local change that the service has not taken yet."""
        return self.edit > 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a dataset is in step with the service."""

    since: int = 0
    """The device holds everything that the service took up to this count."""
    seen_at: int = 0
    """When that was, by the service's clock, in seconds since 1970."""
    edits: int = 0
    """The number of the last local change."""


@dataclass(frozen=True, slots=True)
class PendingPush:
    """A push that was sent, or was about to be, and of which no answer is known."""

    body: Mapping[str, Any]
    """What is sent, again and again, until an answer comes: its token makes it count once."""
    edits: Mapping[str, int]
    """The number of the local change that was sent, by key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store keeps a dataset: each identity has its own."""

    identity: str
    dataset: str


class SqliteStore:
    """A store in one SQLite file, for any number of threads and processes of one device."""

    def __init__(self, path: Path | str) -> None:
        """Open the file, or make it; `:memory:` keeps nothing."""
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        # A change that `put` has returned from survives a power cut.
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside whole, or, if it raises or the device dies, not at all; alone of all threads."""
        with self._lock:
            if self._depth:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def device(self) -> str:
        """Return the name of this device, made up when the store was."""
        with self.transaction():
            found = self._one("SELECT id FROM device")
            if found is not None:
                return found[0]
            made = secrets.token_hex(8)
            self._write("INSERT INTO device VALUES (?)", made)
            return made

    def datasets(self, identity: str) -> list[str]:
        """Return the names of the datasets that are kept of an identity."""
        rows = self._all("SELECT dataset FROM datasets WHERE identity = ? ORDER BY dataset", identity)
        return [row[0] for row in rows]

    def progress(self, place: Place) -> Progress:
        """Return how far a dataset is."""
        columns = "SELECT since, seen_at, edits FROM datasets WHERE identity = ? AND dataset = ?"
        found = self._one(columns, place.identity, place.dataset)
        return Progress() if found is None else Progress(*found)

    def record(self, place: Place, key: str) -> Record | None:
        """Return one record, a removed one too."""
        columns = f"{_RECORD} AND key = ?"
        found = self._one(columns, place.identity, place.dataset, key)
        return None if found is None else Record(*found)

    def records(self, place: Place) -> dict[str, Record]:
        """Return all records by key, removed ones too."""
        rows = self._all(f"{_RECORD} ORDER BY key", place.identity, place.dataset)
        return {row[0]: Record(*row) for row in rows}

    def pending(self, place: Place) -> PendingPush | None:
        """Return the push of which no answer is known."""
        found = self._one(
            "SELECT body, edits FROM pushes WHERE identity = ? AND dataset = ?", place.identity, place.dataset
        )
        return None if found is None else PendingPush(json.loads(found[0]), json.loads(found[1]))

    def set_progress(self, place: Place, progress: Progress) -> None:
        """Store how far a dataset is."""
        values = (progress.since, progress.seen_at, progress.edits)
        self._write("INSERT OR REPLACE INTO datasets VALUES (?, ?, ?, ?, ?)", place.identity, place.dataset, *values)

    def save(self, place: Place, record: Record) -> None:
        """Store a record."""
        values = (record.key, record.value, record.base, record.changed_at, record.edit)
        self._write(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", place.identity, place.dataset, *values
        )

    def drop(self, place: Place, key: str) -> None:
        """Forget a record."""
        self._write(
            "DELETE FROM records WHERE identity = ? AND dataset = ? AND key = ?", place.identity, place.dataset, key
        )

    def set_pending(self, place: Place, push: PendingPush | None) -> None:
        """Store the push that is about to be sent, or forget it."""
        if push is None:
            self._write("DELETE FROM pushes WHERE identity = ? AND dataset = ?", place.identity, place.dataset)
            return
        body, edits = json.dumps(push.body), json.dumps(push.edits)
        self._write("INSERT OR REPLACE INTO pushes VALUES (?, ?, ?, ?)", place.identity, place.dataset, body, edits)

    def drop_dataset(self, place: Place) -> None:
        """Forget everything about a dataset."""
        with self.transaction():
            for table in ("pushes", "records", "datasets"):
                where = f"DELETE FROM {table} WHERE identity = ? AND dataset = ?"  # noqa: S608 - the tables named above
                self._write(where, place.identity, place.dataset)

    def _write(self, statement: str, *values: str | int | None) -> None:
        with self._lock:
            self._connection.execute(statement, values)

    def _one(self, query: str, *values: str) -> tuple[Any, ...] | None:
        with self._lock:
            return self._connection.execute(query, values).fetchone()

    def _all(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


_RECORD = "SELECT key, value, base, changed_at, edit FROM records WHERE identity = ? AND dataset = ?"
