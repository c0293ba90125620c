"""Decides, as a pure function, what a pull makes of the records that a device holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .handlers import REMOTE, Conflict, LocalChange, Side
from .protocol import Pulled, RemoteRecord
from .store import Record

Decisions = Mapping[tuple[str, int, int], str | Side | None]
"""What was decided, by key, number of the local edit and remote count: another edit is another conflict."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A value that a handler made up."""

    key: str
    value: str | None
    base: int


@dataclass(slots=True)
class Merge:
    """What is to be stored of a pull."""

    saved: list[Record] = field(default_factory=list)
    revived: list[Record] = field(default_factory=list)
    """What becomes a local change again; it gets the next edit numbers, in this order."""
    decided: list[Decided] = field(default_factory=list)
    """Values that a handler made up: local changes of now, with the edit numbers after those."""
    dropped: list[str] = field(default_factory=list)
    open: list[Conflict] = field(default_factory=list)
    """Conflicts that nobody has decided yet; with any of them, nothing may be stored."""
    news: int = 0
    """Records that another device changed."""


def decided_for(record: Record, remote: RemoteRecord) -> tuple[str, int, int]:
    """Return under what a decision about this local edit and this remote record is kept."""
    return record.key, record.edit, remote.sync_count


def merge(dataset: str, held: Mapping[str, Record], pulled: Pulled, decisions: Decisions) -> Merge:
    """Merge a pull into the records that are held."""
    result = Merge()
    for remote in pulled.records:
        _take(result, dataset, held.get(remote.key), remote, decisions)
    if pulled.since == 0:
        there = {remote.key for remote in pulled.records}
        for record in sorted(held.values(), key=lambda each: (each.edit, each.key)):
            if record.key not in there:
                _miss(result, dataset, record, pulled, decisions)
    return result


def is_ahead(held: Mapping[str, Record], sync_count: int) -> bool:
    """Tell whether the device holds what the service took and has no more: a copy took over that was behind."""
    return any(record.base > sync_count for record in held.values())


def _take(result: Merge, dataset: str, record: Record | None, remote: RemoteRecord, decisions: Decisions) -> None:
    """Merge a record that the pull brought."""
    if record is None:
        result.news += 1
        result.saved.append(_synchronised(remote))
    elif remote.sync_count < record.base:
        # The service was set back: what this device holds is newer and becomes a change again.
        rebased = replace(record, base=remote.sync_count)
        (result.saved if record.is_edited else result.revived).append(rebased)
    elif remote.sync_count > record.base:
        result.news += 1
        if record.is_edited and record.value != remote.value:
            _decide(result, dataset, record, remote, decisions)
        else:
            result.saved.append(_synchronised(remote))


def _miss(result: Merge, dataset: str, record: Record, pulled: Pulled, decisions: Decisions) -> None:
    """Merge a record that the device holds and the service does not."""
    if record.value is None or (not record.is_edited and record.base <= pulled.sync_count):
        result.dropped.append(record.key)
    elif record.base > pulled.sync_count:
        rebased = replace(record, base=0)
        (result.saved if record.is_edited else result.revived).append(rebased)
    elif record.base > 0:
        _decide(result, dataset, record, RemoteRecord(record.key, None, 0, 0, ""), decisions)


def _decide(result: Merge, dataset: str, record: Record, remote: RemoteRecord, decisions: Decisions) -> None:
    conflict = Conflict(dataset, record.key, LocalChange(record.value, record.changed_at), remote)
    key = decided_for(record, remote)
    if key not in decisions:
        result.open.append(conflict)
        return
    decision = decisions[key]
    if decision is REMOTE or decision == remote.value:
        if remote.sync_count:
            result.saved.append(_synchronised(remote))
        else:
            result.dropped.append(record.key)
    elif isinstance(decision, Side) or decision == record.value:
        result.saved.append(replace(record, base=remote.sync_count))
    else:
        result.decided.append(Decided(record.key, decision, remote.sync_count))


def _synchronised(remote: RemoteRecord) -> Record:
    return Record(remote.key, remote.value, remote.sync_count, remote.changed_at, edit=0)
