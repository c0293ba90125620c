"""Stores a push: all of its changes or none, once, and only where every record still is as the device knew it."""

import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from . import items
from .failures import CONFLICT, Failure, busy, refuse_future, refuse_too_large
from .items import Head, Record, Remembered
from .limits import DAY_SECONDS, Limits
from .requests import Push
from .table import Seen, Table

_ROUNDS = 5
"""How often a push is tried anew because another one came between."""
_SLEEP_SECONDS = 0.05
_MOST_CONFLICT_BYTES = 3_000_000
"""Bytes of the conflicts in a refusal: beyond them a pull has to tell. Lambda's 6 MB hold twice as much, which it is if
all are quotation marks."""


def push(
    table: Table, asked: Push, limits: Limits, now: float, sleep: Callable[[float], None] = time.sleep
) -> dict[str, Any]:
    """Store the changes and return the dataset's count; a push that was taken before gets its answer again."""
    for turn in range(_ROUNDS):
        if turn:
            sleep(random.uniform(0, _SLEEP_SECONDS * 2**turn))  # noqa: S311 - only so that pushes do not meet again
        seen = table.see(asked.identity, asked.dataset, asked.token)
        if seen.remembered is not None:
            return _answered(asked, seen.remembered)
        try:
            records = _records(table, asked, seen)
            _check_counts(asked, seen, records)
            _check_conflicts(asked, seen, records)
            head = _head_after(asked, seen, records, limits, now)
        except Failure:
            # Others may have come between the reads, or this very push, sent twice: refuse what stands at one moment.
            now_seen = table.see_at_once(asked.identity, asked.dataset, asked.token)
            if now_seen == seen:
                raise
            if now_seen.remembered is not None:
                return _answered(asked, now_seen.remembered)
            continue
        answer = {
            "dataset": asked.dataset,
            "sync_count": head.sync_count,
            "seen_at": int(now),
            "records": head.records,
            "bytes": head.bytes,
        }
        if table.commit(list(_writes(asked, seen, records, head, answer, limits, now))):
            return answer
    raise busy()


def _answered(asked: Push, remembered: Remembered) -> dict[str, Any]:
    """Return what a push that was taken was answered; refuse its token to any other."""
    if remembered.digest != asked.digest:
        raise Failure(CONFLICT, "TokenReused", "token: another push had it; a token is for one push", "token")
    return json.loads(remembered.answer)


def _check_counts(asked: Push, seen: Seen, records: dict[str, Record]) -> None:
    """Refuse a base that is not reached, unless the record itself is of it: copied here before its dataset's head."""
    for place, change in enumerate(asked.changes):
        record = records.get(change.key)
        if change.base > seen.count and (record is None or record.sync_count != change.base):
            refuse_future(f"changes[{place}].base", seen.count)


def _records(table: Table, asked: Push, seen: Seen) -> dict[str, Record]:
    """Read the records that the push changes; a dataset that is not there has none."""
    if seen.head is None:
        return {}
    partition = items.records_key(asked.identity, asked.dataset, seen.head.life)
    return table.records(partition, (change.key for change in asked.changes))


def _check_conflicts(asked: Push, seen: Seen, records: dict[str, Record]) -> None:
    """Refuse the push if a record is of another count than the device knew, and say what it is now."""
    conflicts: list[dict[str, Any]] = []
    size = 0
    for change in asked.changes:
        record = records.get(change.key) or Record(change.key, None, 0, 0, "")
        if change.base == record.sync_count:
            continue
        conflict = {"key": change.key, "base": change.base, "record": record.shown()}
        size += len(json.dumps(conflict, ensure_ascii=False).encode())
        if not conflicts or size <= _MOST_CONFLICT_BYTES:
            conflicts.append(conflict)
    if conflicts:
        message = "changes: records changed meanwhile; nothing is stored"
        raise Failure(CONFLICT, "Conflict", message, "changes", conflicts=conflicts, sync_count=seen.count)


def _head_after(asked: Push, seen: Seen, records: dict[str, Record], limits: Limits, now: float) -> Head:
    """Return the head as the push leaves it; refuse to go beyond a limit, though not to come back towards it."""
    before = seen.head or Head(seen.count, 0, 0, life=seen.count, changed_at=0)
    number, size = before.records, before.bytes
    for change in asked.changes:
        old = records.get(change.key)
        number += (change.value is not None) - (old is not None and old.value is not None)
        size += Record(change.key, change.value, 0, 0, "").bytes - (old.bytes if old else 0)
    if seen.head is None and seen.account is not None and seen.account.datasets >= limits.max_datasets:
        message = f"dataset: the identity has {seen.account.datasets} datasets, and may have {limits.max_datasets}"
        raise Failure(CONFLICT, "TooManyDatasets", message, "dataset")
    if number > max(limits.max_records, before.records):
        refuse_too_large(
            "dataset", f"it would have {number} records, and may have {limits.max_records}", "TooManyRecords"
        )
    if size > max(limits.max_dataset_bytes, before.bytes):
        refuse_too_large("dataset", f"it would have {size} bytes, and may have {limits.max_dataset_bytes}")
    # A base is above the count only in a copy: then the next count has to be above what is there already.
    count = max(before.sync_count, *(change.base for change in asked.changes)) + 1
    return Head(count, number, size, before.life, int(now * 1000))


def _writes(  # noqa: PLR0913, PLR0917 - what a push changes, as it was and as it will be
    asked: Push,
    seen: Seen,
    records: dict[str, Record],
    head: Head,
    answer: dict[str, Any],
    limits: Limits,
    now: float,
) -> Iterator[dict[str, Any]]:
    """Yield the parts of the transaction, each on condition that nothing changed since it was read."""
    own = items.own_key(asked.identity)
    if seen.head is None:
        yield _account_with_one_more(own, seen)
    yield {
        "Put": {
            "Item": {
                **items.key(own, items.head_sort(asked.dataset)),
                "sync_count": items.number(head.sync_count),
                "records": items.number(head.records),
                "bytes": items.number(head.bytes),
                "life": items.number(head.life),
                "changed_at": items.number(head.changed_at),
                "device": {"S": asked.device},
                "region": {"S": limits.region},
            },
            **_as_read(seen.head),
        }
    }
    partition = items.records_key(asked.identity, asked.dataset, head.life)
    forgotten = items.number(int(now) + (limits.tombstone_days + 1) * DAY_SECONDS)
    for change in asked.changes:
        old = records.get(change.key)
        yield {
            "Put": {
                "Item": {
                    **items.key(partition, change.key),
                    "count": items.number(head.sync_count),
                    "changed_at": items.number(head.changed_at if change.changed_at is None else change.changed_at),
                    "device": {"S": asked.device},
                    **({"expires_at": forgotten} if change.value is None else {"value": {"S": change.value}}),
                },
                # Where there is no head, what may lie there is void: a part of what a copy has not got in whole.
                **({} if seen.head is None else _of_count("count", None if old is None else old.sync_count)),
            }
        }
    yield {
        "Put": {
            "Item": {
                **items.key(own, items.token_sort(asked.dataset, asked.token)),
                "digest": {"S": asked.digest},
                "answer": {"S": json.dumps(answer)},
                "expires_at": items.number(int(now) + limits.token_days * DAY_SECONDS),
            },
            **_of_count("count", None),
        }
    }


def _account_with_one_more(own: str, seen: Seen) -> dict[str, Any]:
    account = seen.account
    item = {
        **items.key(own, items.ACCOUNT),
        "datasets": items.number(1 if account is None else account.datasets + 1),
        "floor": items.number(0 if account is None else account.floor),
    }
    return {"Put": {"Item": item, **items.as_read(account)}}


def _as_read(head: Head | None) -> dict[str, Any]:
    return _of_count("sync_count", None if head is None else head.sync_count)


def _of_count(attribute: str, count: int | None) -> dict[str, Any]:
    """Return the condition that an item is of this count, or that there is none."""
    if count is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "#count = :count",
        "ExpressionAttributeNames": {"#count": attribute},
        "ExpressionAttributeValues": {":count": items.number(count)},
    }
