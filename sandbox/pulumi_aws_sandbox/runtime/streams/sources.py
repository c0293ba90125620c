"""What is in the shards of streams: records as Lambda hands them to functions, oldest first.

https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock

_DYNAMODB_SECONDS = 24 * 3600
_HOUR = 3600

Position = int
"""The number of the last record of a shard that was read."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a shard."""

    sequence: int
    key: str
    """What orders it: records of one key are handled one after the other."""
    at: float
    """When it was written, by the sandbox's clock."""
    event: dict[str, Any]
    """What the function gets."""
    subject: dict[str, Any]
    """What filters look at."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard: its name, its newest number, and how to read on."""

    id: str
    last: Position
    read: Callable[[Position], Iterator[Record]]
    """Give the records after a position, without those that the stream keeps no more."""
    before: Callable[[float], Position]
    """Return the position before the first record written at a time or later."""


def exists(arn: str) -> bool:
    """Tell whether a stream is there."""
    return _found(arn) is not None


def shards(arn: str, role_arn: str) -> list[Shard]:
    """Return the shards of a stream, parents before their children; none where the stream is gone."""
    stream = _found(arn)
    if stream is None:
        return []
    if arn.split(":")[2] == "dynamodb":
        return [_of_table(stream, arn)]
    return [_of_kinesis(stream, each, role_arn) for each in list(stream.shards.values())]


def _found(arn: str) -> Any | None:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.kinesis.models import kinesis_backends  # noqa: PLC0415 - as above

    service, region = arn.split(":")[2:4]
    if service == "kinesis":
        streams = kinesis_backends[ACCOUNT][region].streams
        return next((each for each in list(streams.values()) if each.arn == arn), None)
    table = dynamodb_backends[ACCOUNT][region].tables.get(arn.split("/")[1])
    if table is None or table.stream_shard is None or table.latest_stream_label != arn.rsplit("/", 1)[-1]:
        return None
    return table


def _of_table(table: Any, arn: str) -> Shard:  # noqa: ANN401 - moto's own types
    shard = table.stream_shard
    first = shard.starting_sequence_number

    def read(position: Position) -> Iterator[Record]:
        oldest = clock.now() - _DYNAMODB_SECONDS
        for number in range(max(0, position + 1 - first), len(shard.items)):
            item = shard.items[number]
            at = _seconds(item.record["dynamodb"]["ApproximateCreationDateTime"])
            if at >= oldest:
                event = _table_event(item.record, at, arn)
                yield Record(first + number, json.dumps(event["dynamodb"]["Keys"], sort_keys=True), at, event, event)

    def before(at: float) -> Position:
        times = [_seconds(each.record["dynamodb"]["ApproximateCreationDateTime"]) for each in list(shard.items)]
        return first - 1 + next((number for number, each in enumerate(times) if each >= at), len(times))

    return Shard(shard.id, first + len(shard.items) - 1, read, before)


def _table_event(record: dict[str, Any], at: float, arn: str) -> dict[str, Any]:
    event: dict[str, Any] = {
        **record,
        "dynamodb": {**record["dynamodb"], "ApproximateCreationDateTime": at},
        "eventSourceARN": arn,
    }
    who = event.get("userIdentity")
    if who is not None:
        event["userIdentity"] = {"type": who["Type"], "principalId": who["PrincipalId"]}
    plain: dict[str, Any] = json.loads(json.dumps(event, default=_written))
    return plain


def _written(value: object) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _of_kinesis(stream: Any, shard: Any, role_arn: str) -> Shard:  # noqa: ANN401 - moto's own types
    def read(position: Position) -> Iterator[Record]:
        oldest = clock.now() - stream.retention_period_hours * _HOUR
        for number in range(position + 1, shard.get_max_sequence_number() + 1):
            each = shard.records[number]
            at = _seconds(each.created_at_datetime)
            if at >= oldest:
                event = _kinesis_event(stream, shard, each, at, role_arn)
                yield Record(each.sequence_number, each.partition_key, at, event, _subject(event))

    def before(at: float) -> Position:
        early = [each.sequence_number for each in shard.records.values() if _seconds(each.created_at_datetime) < at]
        return max(early, default=0)

    return Shard(shard.shard_id, shard.get_max_sequence_number(), read, before)


def _kinesis_event(stream: Any, shard: Any, record: Any, at: float, role_arn: str) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    number = str(record.sequence_number)
    return {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": record.partition_key,
            "sequenceNumber": number,
            "data": record.data.decode() if isinstance(record.data, bytes) else record.data,
            "approximateArrivalTimestamp": round(at, 3),
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{shard.shard_id}:{number}",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": role_arn,
        "awsRegion": stream.region,
        "eventSourceARN": stream.arn,
    }


def _subject(event: dict[str, Any]) -> dict[str, Any]:
    """Return what filters see of Kinesis: its metadata, and its data as JSON where it is that."""
    data: Any = event["kinesis"]["data"]
    with suppress(ValueError):
        data = json.loads(base64.b64decode(data))
    return {**event, **event["kinesis"], "data": data}


def _seconds(at: datetime) -> float:
    # moto keeps times in UTC without a zone.
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
