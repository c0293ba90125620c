"""Sends what comes twice under one token once: what became of it the first time is the answer for a week."""

import json
from collections.abc import Callable
from typing import Any

from . import items
from .failures import CONFLICT, Failure, busy
from .messages import Order
from .table import LEASE_SECONDS, Table

_REMEMBERED_SECONDS = 7 * 86_400


def once(table: Table, sender: str, order: Order, now: int, send: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Send an order unless it was sent; one that ended in the middle is sent again once its time is over."""
    if order.token is None:
        return send()
    where = items.message_key(sender, order.token)
    until = {"N": str(now + LEASE_SECONDS)}
    there = table.remember(
        {
            **where,
            "digest": {"S": order.digest},
            "lease_until": until,
            "expires_at": {"N": str(now + _REMEMBERED_SECONDS)},
        },
        now,
    )
    if there is not None:
        if there["digest"]["S"] != order.digest:
            raise Failure(CONFLICT, "TokenReused", "token: another message was sent under it", "token")
        if "answer" in there:
            return json.loads(there["answer"]["S"])
        values = {":before": there["lease_until"], ":until": until}
        if int(there["lease_until"]["N"]) >= now or not table.change(
            where, "SET lease_until = :until", "lease_until = :before", values
        ):
            raise busy()
    try:
        answer = send()
    except Failure:
        table.drop(where)  # nothing was sent
        raise
    table.change(where, "SET answer = :answer", "attribute_exists(pk)", {":answer": {"S": json.dumps(answer)}})
    return answer
