"""Prepares events for the lake, as Firehose's transformation.

Each record is one event. What keeps to the schema goes on to the partition of its day and type; what does not is given
back as failed, which Firehose keeps apart, as it came.
https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
"""

import base64
import binascii
import json
import logging
from collections.abc import Mapping
from typing import Any

from .clocks import Moment, moment_of
from .counting import Counts
from .privacy import private, private_attributes
from .reading import BrokenEventError, Event, read_event
from .settings import Settings, settings

_LOG = logging.getLogger(__name__)


def handle(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer Firehose with what becomes of each record, in its order."""
    told, counts = settings(), Counts()
    answer = [_prepared(record, told, counts) for record in event["records"]]
    if told.namespace:
        counts.publish(told)
    return {"records": answer}


def _prepared(record: Mapping[str, Any], told: Settings, counts: Counts) -> dict[str, Any]:
    record_id, arrived_at = record["recordId"], _arrived_at(record)
    try:
        event = read_event(_data(record), told)
    except BrokenEventError as broken:
        _LOG.warning("broken event: %s", broken)
        counts.add_broken(record_id, arrived_at)
        return {"recordId": record_id, "result": "ProcessingFailed", "data": record["data"]}
    counts.add(event, arrived_at)
    moment = moment_of(event, arrived_at, told)
    row = json.dumps(_row(event, moment, arrived_at, told), separators=(",", ":")) + "\n"
    return {
        "recordId": record_id,
        "result": "Ok",
        "data": base64.b64encode(row.encode()).decode(),
        "metadata": {"partitionKeys": {"day": moment.day, "event_type": event.event_type}},
    }


def _arrived_at(record: Mapping[str, Any]) -> int:
    """Return when the event came: to the stream, if there is one before Firehose."""
    metadata = record.get("kinesisRecordMetadata") or {}
    return int(metadata.get("approximateArrivalTimestamp") or record["approximateArrivalTimestamp"])


def _data(record: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(record["data"], validate=True)
    except binascii.Error as error:
        message = "not base64"
        raise BrokenEventError(message) from error


def _row(event: Event, moment: Moment, arrived_at: int, told: Settings) -> dict[str, Any]:
    """Return the event as the lake has it: the columns of the Glue table."""
    return {
        "event_id": event.event_id,
        "schema_version": event.schema_version,
        "occurred_at": moment.milliseconds,
        "client_time": event.client_time,
        "arrived_at": arrived_at,
        "clock": moment.clock,
        "device_id": private(event.device_id, "device_id", told),
        "user_id": private(event.user_id, "user_id", told),
        "session_id": event.session_id,
        "platform": event.platform,
        "app_version": event.app_version,
        "locale": event.locale,
        "attributes": private_attributes(event.attributes, told),
        "metrics": dict(event.metrics),
    }
