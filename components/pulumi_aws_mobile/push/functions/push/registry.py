"""The function behind the routes of devices: one request in, one answer out."""

import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from . import amplify
from .clients import client
from .devices import Devices, Registration
from .endpoints import Endpoints
from .failures import BUSY, Failure
from .items import Device
from .requests import List, Remove, read_request
from .surroundings import Surroundings, read_surroundings
from .table import Table

_LOG = logging.getLogger(__name__)
_FOUND = 200


def handle(event: Mapping[str, Any], _context: Any = None) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Answer a request that API Gateway hands over."""
    try:
        return answer(_FOUND, _do(event, read_surroundings()))
    except Failure as failure:
        if failure.status == BUSY:
            # Whose device it was stays out of the log, and the token as well.
            _LOG.warning("busy: %s", event.get("resource"))
        return answer(failure.status, failure.body)


def answer(status: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as API Gateway takes it."""
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if status == BUSY:
        headers["Retry-After"] = "1"
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, ensure_ascii=False)}


def devices_of(around: Surroundings) -> Devices:
    """Return the devices that the functions know of."""
    table = Table(client("dynamodb"), around.table)
    return Devices(table, Endpoints(client("sns"), table, around), around, int(time.time()))


def _do(event: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    devices = devices_of(around)
    if (event.get("resource"), event.get("httpMethod")) in amplify.ROUTES:
        return amplify.do(event, around, devices)
    asked = read_request(event, around)
    if isinstance(asked, List):
        return {"devices": [_shown(device, around) for device in devices.all_of(asked.identity)]}
    if isinstance(asked, Registration):
        return _shown(devices.register(asked), around)
    if isinstance(asked, Remove):
        return {"device": asked.device, "removed": devices.remove(asked.identity, asked.device)}
    return _shown(devices.want(asked.identity, asked.device, asked.topic, wanted=asked.wanted), around)


def _shown(device: Device, around: Surroundings) -> dict[str, Any]:
    """Return a device as its owner sees it: without its token."""
    return {
        "device": device.name,
        "platform": device.platform,
        "topics": [key for key in device.topics if key in around.topics],
        "registered_at": device.registered_at,
    }
