"""Streams of tables: records as DynamoDB writes them, in every Region of a global table.

A write that changes nothing leaves no record. What another Region wrote leaves one too, and a replica's record of an
item that expired elsewhere does not say that a service removed it.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_VERSION = "1.1"
_ENDPOINT = r"https?://\d+\.streams-ddb\.(.+)\.amazonaws\.com"
"""Where boto3 finds the streams of an account."""
_SERVICE = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}

_expiring: ContextVar[bool] = ContextVar("expiring", default=False)


def fill() -> None:
    """Teach moto's streams."""
    from moto import backend_index  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.dynamodb.models.table import StreamRecord, StreamShard  # noqa: PLC0415 - as above
    from moto.dynamodbstreams import urls  # noqa: PLC0415 - as above

    if _ENDPOINT not in urls.url_bases:
        urls.url_bases.append(_ENDPOINT)
        backend_index.backend_url_patterns.append(("dynamodbstreams", re.compile(_ENDPOINT)))
    replace(StreamRecord, "__init__", _recording)
    replace(StreamShard, "add", lambda _: _add)


@contextmanager
def expiring() -> Iterator[None]:
    """Let the records within the block say that DynamoDB removed the items because their time was over."""
    token = _expiring.set(True)
    try:
        yield
    finally:
        _expiring.reset(token)


def tables_of(table: Any) -> list[Any]:  # noqa: ANN401 - moto's own types
    """Return a table and its replicas, itself first."""
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - loaded by now

    regions = [each for each in vars(table).get("sandbox_regions", ()) if each != table.region_name]
    return [table, *(dynamodb_backends[ACCOUNT][region].tables[table.name] for region in regions)]


def _recording(original: Callable[..., Any]) -> Callable[..., Any]:
    def init(self: Any, table: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, table, *args, **kwargs)
        self.record["awsRegion"] = table.region_name
        self.record["eventVersion"] = _VERSION
        # moto keeps times without a zone.
        self.record["dynamodb"]["ApproximateCreationDateTime"] = clock.today().replace(tzinfo=None)

    return init


def _add(self: Any, old: Any, new: Any) -> None:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.models.table import StreamRecord  # noqa: PLC0415 - loaded by now

    if old is not None and new is not None and old.to_json() == new.to_json():
        return
    if old is None and new is None:
        return
    name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
    for table in tables_of(self.table):
        shard = table.stream_shard
        if shard is None or not (table.stream_specification or {}).get("StreamEnabled", True):
            continue
        number = len(shard.items) + shard.starting_sequence_number
        made: Any = StreamRecord(table, table.stream_specification["StreamViewType"], name, old, new, number)
        if _expiring.get() and table is self.table:
            made.record["userIdentity"] = _SERVICE
        shard.items.append(made)
