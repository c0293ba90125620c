"""Deletes a dataset: its head goes at once, its records after it."""

import random
import time
from collections.abc import Callable
from typing import Any

from . import items
from .failures import busy, refuse_changed
from .items import Account
from .requests import Delete
from .table import Table

_ROUNDS = 5
_SLEEP_SECONDS = 0.05


def delete(table: Table, asked: Delete, sleep: Callable[[float], None] = time.sleep) -> dict[str, Any]:
    """Delete the dataset, if it is of the count that was said; one that is not there stays so."""
    for turn in range(_ROUNDS):
        if turn:
            sleep(random.uniform(0, _SLEEP_SECONDS * 2**turn))  # noqa: S311 - only so that calls do not meet again
        seen = table.see_surely(asked.identity, asked.dataset)
        if seen.head is None:
            return {"dataset": asked.dataset, "sync_count": seen.count}
        if asked.base is not None and asked.base != seen.head.sync_count:
            refuse_changed("base", seen.head.sync_count)
        own = items.own_key(asked.identity)
        # No dataset begins below the floor: a count that a device still knows never comes to mean something else.
        before = seen.account or Account(1, 0)  # a copy may have the head before the account
        floor = max(before.floor, seen.head.sync_count)
        account = {
            **items.key(own, items.ACCOUNT),
            "datasets": items.number(max(0, before.datasets - 1)),
            "floor": items.number(floor),
        }
        head = {
            "Key": items.key(own, items.head_sort(asked.dataset)),
            "ConditionExpression": "sync_count = :count",
            "ExpressionAttributeValues": {":count": items.number(seen.head.sync_count)},
        }
        if table.commit([{"Put": {"Item": account, **items.as_read(seen.account)}}, {"Delete": head}]):
            return {"dataset": asked.dataset, "sync_count": floor}
    raise busy()
