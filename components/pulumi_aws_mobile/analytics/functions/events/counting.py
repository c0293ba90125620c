"""The numbers that events add up to, published in CloudWatch."""

import functools
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config

from .reading import Event
from .settings import Settings

EVENTS, BY_TYPE, BROKEN, SESSIONS = "Events", "EventsByType", "BrokenEvents", "Sessions"
DEVICES_TODAY, DEVICES_THIS_MONTH = "DevicesFirstSeenToday", "DevicesFirstSeenThisMonth"
_SESSION_START = "_session.start"
_MOST_DATA = 1000
"""How many data one request may hold.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html"""
_REMEMBERED = 50_000
_MINUTE = 60_000
_IN_TIME = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})

_Name = tuple[str, str, int]
"""What is counted, of which type of event (none: of all), in which minute."""


@dataclass
class Counts:
    """What was counted in a batch; each event once, however often it is there."""

    numbers: Counter[_Name] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)

    def add(self, event: Event, arrived_at: int) -> None:
        """Count an event."""
        if event.event_id in self.ids or event.event_id in _recent:
            return
        self.ids.add(event.event_id)
        minute = arrived_at // _MINUTE
        self.numbers[EVENTS, "", minute] += 1
        self.numbers[BY_TYPE, event.event_type, minute] += 1
        if event.event_type == _SESSION_START:
            self.numbers[SESSIONS, "", minute] += 1
            first = event.attributes.get("first")
            if first in {"day", "month"}:
                self.numbers[DEVICES_TODAY, "", minute] += 1
            if first == "month":
                self.numbers[DEVICES_THIS_MONTH, "", minute] += 1

    def add_broken(self, record_id: str, arrived_at: int) -> None:
        """Count an event that breaks the schema; its record's id stands for it, for it may have none."""
        if record_id in self.ids or record_id in _recent:
            return
        self.ids.add(record_id)
        self.numbers[BROKEN, "", arrived_at // _MINUTE] += 1

    def publish(self, told: Settings) -> None:
        """Publish the numbers, and remember what they were made of: a batch that comes again adds nothing.

        It is remembered only here, and only while this copy of the function lives: elsewhere it counts again.
        """
        data = list(self._data(told.dimension))
        for start in range(0, len(data), _MOST_DATA):
            _cloudwatch().put_metric_data(Namespace=told.namespace, MetricData=data[start : start + _MOST_DATA])
        remember(self.ids)

    def _data(self, dimension: str) -> Iterator[dict[str, Any]]:
        for (metric, event_type, minute), value in sorted(self.numbers.items()):
            by_type = [{"Name": "EventType", "Value": event_type}] if event_type else []
            yield {
                "MetricName": metric,
                "Dimensions": [{"Name": "Analytics", "Value": dimension}, *by_type],
                "Timestamp": datetime.fromtimestamp(minute * 60, UTC),
                "Value": value,
                "Unit": "Count",
            }


_recent: OrderedDict[str, None] = OrderedDict()


def remember(ids: Iterable[str]) -> None:
    """Keep the ids of what was counted last."""
    _recent.update(dict.fromkeys(ids))
    while len(_recent) > _REMEMBERED:
        _recent.popitem(last=False)


def forget() -> None:
    """Forget what was counted, as a new copy of the function has."""
    _recent.clear()


@functools.cache
def _cloudwatch() -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    make: Any = boto3.client  # its overloads name every service literally
    return make("cloudwatch", config=_IN_TIME)
