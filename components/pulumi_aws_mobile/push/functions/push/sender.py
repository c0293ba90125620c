"""The function that sends: for the route of messages, for servers that invoke it, and for changes of users' data."""

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from .clients import client
from .failures import BUSY, Failure
from .messages import Message, Order, To, read_order
from .once import once
from .registry import answer, devices_of
from .requests import body_of, caller, refuse_route
from .sending import Sending
from .surroundings import Surroundings, read_surroundings
from .table import Table

_LOG = logging.getLogger(__name__)
_FOUND = 200
_ROUTE = ("/messages", "POST")
_SERVERS = "server"
"""Servers share their tokens; each caller of the route has tokens of their own."""


def handle(event: Mapping[str, Any], _context: Any = None) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Send what an event says: one of API Gateway, one of SNS about users' data, or a server's own."""
    around = read_surroundings()
    if "Records" in event:
        return {"sent": sum(_tell(json.loads(record["Sns"]["Message"]), around) for record in event["Records"])}
    if "httpMethod" not in event:
        status, body = _answered(event, _SERVERS, around)
        return {"status": status, **body}
    try:
        sender = f"i#{caller(event)}"
        if (event.get("resource"), event["httpMethod"]) != _ROUTE:
            refuse_route(event)
        return answer(*_answered(body_of(event), sender, around))
    except Failure as failure:
        return answer(failure.status, failure.body)


def _answered(given: Any, sender: str, around: Surroundings) -> tuple[int, Mapping[str, Any]]:  # noqa: ANN401 - any JSON
    try:
        order = read_order(given, around)
        sending, table = _sending(around)
        sending.check(order)
        return _FOUND, once(table, sender, order, int(time.time()), lambda: sending.send(order))
    except Failure as failure:
        if failure.status == BUSY:
            _LOG.warning("busy: a message was not sent")
        return failure.status, failure.body


def _tell(change: Mapping[str, Any], around: Surroundings) -> int:
    """Tell the other devices of an identity that a dataset changed; return how many were told."""
    dataset = str(change["dataset"])
    message = Message(
        silent=True,
        data={"kind": "data_sync", "dataset": dataset, "sync_count": str(change["sync_count"])},
        # Only the latest count matters to a device that was away.
        collapse_key=f"data_sync-{hashlib.sha256(dataset.encode()).hexdigest()[:32]}",
    )
    order = Order(To(user=str(change["identity_id"]), not_device=change.get("device")), message, None, "")
    return _sending(around)[0].send(order)["sent"]


def _sending(around: Surroundings) -> tuple[Sending, Table]:
    table = Table(client("dynamodb"), around.table)
    return Sending(client("sns"), table, devices_of(around), around), table
