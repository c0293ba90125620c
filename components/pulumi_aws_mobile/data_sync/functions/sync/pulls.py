"""Answers what changed since a count: a snapshot of the dataset, in pages where it is large."""

import base64
import json
from typing import Any

from . import items
from .failures import busy, refuse_changed, refuse_future, refuse_invalid
from .items import Record
from .limits import DAY_SECONDS, Limits
from .requests import Pull
from .table import Place, Seen, Table

_ROUNDS = 3
"""How often a pull is done anew because a push came between."""
_LARGEST_BYTES = 4_500_000
"""Bytes of an answer's records: Lambda hands over 6 MB."""
_MOST_READS = 10
"""Megabytes that are read for one answer, where nearly all of them are tombstones that it leaves out."""
_LONGEST_KEY = 1024
_HIGHEST = 10**15
_AHEAD_SECONDS = DAY_SECONDS
"""How far a device's memory of the service's clock may be ahead of it; Regions' clocks differ by much less."""


def pull(table: Table, asked: Pull, limits: Limits, now: float) -> dict[str, Any]:
    """Return a page of the records above the count asked for, or above 0 where that says nothing any more."""
    seen_at = int(now)
    if asked.seen_at is not None and asked.seen_at > seen_at + _AHEAD_SECONDS:
        refuse_invalid("seen_at", "what the last answer said")
    for _ in range(_ROUNDS):
        seen = table.see_surely(asked.identity, asked.dataset)
        if asked.since > seen.count:
            refuse_future("since", seen.count)
        since = _base(asked, seen, limits, seen_at)
        after = _after(asked.page, seen.count, since)
        answer: dict[str, Any] = {
            "dataset": asked.dataset,
            "since": since,
            "sync_count": seen.count,
            "seen_at": seen_at,
            "records": [],
        }
        if seen.head is None:
            return answer
        partition = items.records_key(asked.identity, asked.dataset, seen.head.life)
        records, end = _read(table, partition, since, after)
        head = table.head(asked.identity, asked.dataset)
        if head is not None and (head.life, head.sync_count) == (seen.head.life, seen.head.sync_count):
            shown = sorted(records, key=lambda record: (record.sync_count, record.key))
            answer["records"] = [record.shown() for record in shown]
            return answer if end is None else {**answer, "page": _written(seen.count, since, end)}
        if asked.page is not None:
            refuse_changed("page", head.sync_count if head else seen.count)
    raise busy()


def _base(asked: Pull, seen: Seen, limits: Limits, now: int) -> int:
    """Return the count from which the answer starts: 0 where the device's memory is of what is forgotten here."""
    forgotten = asked.seen_at is None or asked.seen_at < now - limits.tombstone_days * DAY_SECONDS
    if seen.head is None or asked.since <= seen.head.life or forgotten:
        return 0
    return asked.since


def _read(table: Table, partition: str, since: int, after: Place | None) -> tuple[list[Record], Place | None]:
    """Return the next records in the index's order, as many as an answer holds, and where the rest begins."""
    size = 0
    for _ in range(_MOST_READS):
        # A device that takes everything anew has nothing that a tombstone could remove.
        page = table.page(partition, since, after, live=since == 0)
        records: list[Record] = []
        for record in page.records:
            size += len(json.dumps(record.shown(), ensure_ascii=False).encode())
            if records and size > _LARGEST_BYTES:
                return records, (records[-1].sync_count, records[-1].key)
            records.append(record)
        if records or page.end is None:
            return records, page.end
        after = page.end
    return [], after


def _written(count: int, since: int, end: Place) -> str:
    """Return where a page ended, as text for a query."""
    return base64.urlsafe_b64encode(json.dumps([count, since, *end]).encode()).decode().rstrip("=")


def _after(page: str | None, count: int, since: int) -> Place | None:
    """Return where the page asked for begins; refuse one of another count than the dataset's."""
    if page is None:
        return None
    try:
        said = json.loads(base64.b64decode(page + "=" * (-len(page) % 4), altchars=b"-_", validate=True))
        fits = isinstance(said, list) and [type(each) for each in said] == [int, int, int, str]
        # DynamoDB takes only what may be a place behind `since`.
        fits = fits and since < said[2] <= _HIGHEST and 0 < len(said[3].encode()) <= _LONGEST_KEY
    except (ValueError, RecursionError):
        said, fits = [], False
    if not fits:
        refuse_invalid("page", "what the last answer said")
    if said[:2] != [count, since]:
        refuse_changed("page", count)
    return said[2], said[3]
