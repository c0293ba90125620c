"""Events as Firehose and Kinesis hand them to the functions."""

import base64
import json
from collections.abc import Iterable
from typing import Any

from pulumi_aws_mobile.analytics.event_schema import schema_document

TYPES = {"add_to_cart": (["product"], []), "purchase": (["currency"], ["price"])}
ARRIVED = 1_790_000_000_000
"""2026-09-21, at 14:13:20 in UTC."""
SCHEMA = schema_document(2, TYPES)
EVENT: dict[str, Any] = {
    "event_id": "event-0001",
    "event_type": "purchase",
    "schema_version": 2,
    "client_time": ARRIVED - 1000,
    "device_id": "phone",
    "session_id": "visit",
    "user_id": "somebody",
    "platform": "ios",
    "app_version": "1.0",
    "locale": "de-AT",
    "attributes": {"currency": "EUR"},
    "metrics": {"price": 9.5},
}


def changed(**fields: object) -> bytes:
    return json.dumps({**EVENT, **fields}).encode()


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in EVENT.items() if key != name}).encode()


def firehose(data: Iterable[bytes], arrived_at: int = ARRIVED) -> dict[str, Any]:
    records = [
        {
            "recordId": f"record-{number}",
            "approximateArrivalTimestamp": arrived_at,
            "data": base64.b64encode(each).decode(),
        }
        for number, each in enumerate(data)
    ]
    return {"invocationId": "1", "deliveryStreamArn": "arn", "region": "eu-west-1", "records": records}


def kinesis(data: Iterable[bytes], arrived_at: int = ARRIVED) -> dict[str, Any]:
    records = [
        {
            "eventID": f"shardId-000000000000:{number}",
            "kinesis": {"approximateArrivalTimestamp": arrived_at / 1000, "data": base64.b64encode(each).decode()},
        }
        for number, each in enumerate(data)
    ]
    return {"Records": records}


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what goes into the lake, with the partitions."""
    return [
        {**json.loads(base64.b64decode(record["data"])), **record["metadata"]["partitionKeys"]}
        for record in answer["records"]
        if record["result"] == "Ok"
    ]
