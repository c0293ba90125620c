"""Sends what was simulated as an app does: in batches, with whatever credentials the app has."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .users import Simulated

_BATCH = 500
"""The most records that one call takes, of Kinesis and of Firehose."""


class NotTakenError(RuntimeError):
    """Some records of a batch were not taken."""


def send_all(client: Any, config: Mapping[str, str], simulated: Simulated, now: Callable[[], float]) -> None:  # noqa: ANN401 - a boto3 client
    """Send each event, then those that are sent a second time, then the broken ones; `now` tells the true time.

    `client` is that of `config["service"]`, and `config` what the program tells its apps.
    """
    for events in (simulated.events, simulated.again):
        for start in range(0, len(events), _BATCH):
            at = int(now() * 1000)
            batch = events[start : start + _BATCH]
            send(client, config, [(event.sent(at), event.body["device_id"]) for event in batch])
    send(client, config, [(data, "broken") for data in simulated.broken])


def send(client: Any, config: Mapping[str, str], records: Sequence[tuple[bytes, str]]) -> None:  # noqa: ANN401 - a boto3 client
    """Send one batch, each record with its partition key."""
    stream = config["stream"]
    if config["service"] == "kinesis":
        entries = [{"Data": data, "PartitionKey": key} for data, key in records]
        failed = client.put_records(StreamName=stream, Records=entries)["FailedRecordCount"]
    else:
        entries = [{"Data": data} for data, _ in records]
        failed = client.put_record_batch(DeliveryStreamName=stream, Records=entries)["FailedPutCount"]
    if failed:
        message = f"{failed} of {len(records)} records were not taken"
        raise NotTakenError(message)
