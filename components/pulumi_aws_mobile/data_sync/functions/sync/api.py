"""The function behind the routes: one request in, one answer out."""

import json
import logging
import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from .clients import client
from .failures import BUSY, Failure
from .limits import Limits, read_limits
from .pulls import pull
from .pushes import push
from .removals import delete
from .requests import Delete, List, Pull, read_request
from .table import Table

_LOG = logging.getLogger(__name__)
_FOUND = 200


def handle(event: Mapping[str, Any], _context: Any = None) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Answer a request that API Gateway hands over."""
    try:
        return _answer(_FOUND, _do(event, _limits()))
    except Failure as failure:
        if failure.status == BUSY:
            # Who it was stays out of the log, and what they keep as well.
            _LOG.warning("busy: %s", event.get("resource"))
        return _answer(failure.status, failure.body)


def _do(event: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    asked = read_request(event, limits)
    table = Table(client("dynamodb"), os.environ["TABLE_NAME"])
    now = time.time()
    if isinstance(asked, List):
        heads = table.heads(asked.identity)
        names = ("sync_count", "records", "bytes", "changed_at")
        return {"datasets": [{"name": name, **{each: getattr(head, each) for each in names}} for name, head in heads]}
    if isinstance(asked, Pull):
        return pull(table, asked, limits, now)
    if isinstance(asked, Delete):
        return delete(table, asked)
    return push(table, asked, limits, now)


@cache
def _limits() -> Limits:
    return read_limits()


def _answer(status: int, body: Mapping[str, Any]) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if status == BUSY:
        headers["Retry-After"] = "1"
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, ensure_ascii=False)}
