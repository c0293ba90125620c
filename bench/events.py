"""How many events a second the functions of analytics prepare and count on this machine, and how that grows.

AWS is a stand-in that takes numbers and makes a key: what is measured is the functions' own work.
"""

import base64
import contextlib
import gc
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

from aws_mobile_cli.simulator import simulate
from pulumi_aws_mobile.analytics.event_schema import schema_document
from pulumi_aws_mobile.analytics.functions.events import counting, measure, prepare, privacy, settings

COUNTS = (1_000, 10_000, 100_000)
_TYPES = {"purchase": (["currency"], ["price"])}
_FIRST_DAY = 20_000 * 86_400_000
_BATCH = 500
"""About what Firehose hands over at a time, by its MiB."""
_DEVICES_PER_EVENT = 8
"""A device of the simulation sends more on a day; so there are always enough."""
_ENVIRONMENT = {
    "SCHEMA": schema_document(1, _TYPES),
    "PRIVACY": '{"user_id":"hash","device_id":"hash"}',
    "HASH_KEY_ARN": "arn:aws:kms:eu-west-1:123456789012:key/1",
    "METRICS_NAMESPACE": "Bench",
    "ANALYTICS": "bench",
}


@dataclass(frozen=True, slots=True)
class Flow:
    """How long so many events took."""

    events: int
    prepare_seconds: float
    measure_seconds: float

    @property
    def per_second(self) -> float:
        """Events a second through both functions, one after the other."""
        return self.events / (self.prepare_seconds + self.measure_seconds)


def run_events(counts: Sequence[int] = COUNTS) -> list[Flow]:
    """Prepare and count so many events of simulated users; return how long each number took."""
    with mock.patch.dict(os.environ, _ENVIRONMENT), _stand_ins():
        settings.settings.cache_clear()
        sent = _sent(max(counts))
        flows = [_flow(sent[:count]) for count in counts]
    settings.settings.cache_clear()
    return flows


def growth(flows: Sequence[Flow]) -> float:
    """Return by how many times an event of the most takes longer than one of the fewest."""
    return flows[0].per_second / flows[-1].per_second


def _sent(count: int) -> list[str]:
    arrived = _FIRST_DAY + 86_400_000
    devices = max(1, count // _DEVICES_PER_EVENT)
    events = simulate(seed=1, devices=devices, first_day=_FIRST_DAY, days=1, types=_TYPES).events
    return [base64.b64encode(event.sent(arrived)).decode() for event in events[:count]]


def _flow(sent: Sequence[str]) -> Flow:
    arrived = _FIRST_DAY + 86_400_000
    batches = [sent[start : start + _BATCH] for start in range(0, len(sent), _BATCH)]
    firehose = [
        {
            "records": [
                {"recordId": str(number), "approximateArrivalTimestamp": arrived, "data": data}
                for number, data in enumerate(batch)
            ]
        }
        for batch in batches
    ]
    kinesis = [
        {
            "Records": [
                {"eventID": str(number), "kinesis": {"approximateArrivalTimestamp": arrived / 1000, "data": data}}
                for number, data in enumerate(batch)
            ]
        }
        for batch in batches
    ]
    return Flow(len(sent), _seconds(prepare.handle, firehose), _seconds(measure.handle, kinesis))


def _seconds(handle: Any, batches: Sequence[Any]) -> float:  # noqa: ANN401 - a function's handler and its events
    counting.forget()
    gc.collect()
    gc.freeze()  # the batches themselves, which a function never has all at once
    try:
        started = time.perf_counter()
        for batch in batches:
            handle(batch, None)
        return time.perf_counter() - started
    finally:
        gc.unfreeze()


@contextlib.contextmanager
def _stand_ins() -> Iterator[None]:
    """Have the functions meet a CloudWatch that takes everything, and a key that is always the same."""
    with (
        mock.patch.object(counting, "_cloudwatch", mock.Mock),
        mock.patch.object(privacy, "hash_key", return_value=bytes(32)),
    ):
        yield


if __name__ == "__main__":
    for flow in run_events():
        print(f"{flow.events:>7} events: {flow.per_second:,.0f} a second")
