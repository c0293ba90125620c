"""The data points of a metric, by periods and statistics, from what CloudWatch was sent.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.signals.metric_math import Series

_PERCENTILE = re.compile(r"p(?P<percent>\d{1,2}(?:\.\d+)?|100)")
_SHORT_TRIM = re.compile(r"(?P<kind>tm|wm|tc|ts)(?P<percent>\d{1,2}(?:\.\d+)?)")
_RANGE = re.compile(r"(?P<kind>TM|WM|TC|TS|PR)\((?P<low>[\d.]*%?):(?P<high>[\d.]*%?)\)")

Key = tuple[str, str, frozenset[tuple[str | None, str | None]]]
"""A metric: its namespace, its name, and its dimensions."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value, or a set of values that was sent as its statistics."""

    at: float
    count: float
    total: float
    least: float
    most: float
    unit: str | None

    @property
    def is_single(self) -> bool:
        """Whether it stands for one value, as percentiles need it."""
        return self.least == self.most


class Metrics:
    """All metrics of one Region, as they are now."""

    def __init__(self, region: str) -> None:
        """Read them."""
        from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

        self._samples: dict[Key, list[Sample]] = defaultdict(list)
        for datum in cloudwatch_backends[ACCOUNT][region].get_all_metrics():
            moment = datum.timestamp if datum.timestamp.tzinfo else datum.timestamp.replace(tzinfo=UTC)
            key = (datum.namespace, datum.name, frozenset((each.name, each.value) for each in datum.dimensions))
            self._samples[key].append(_sample(datum, moment.timestamp()))

    def series(self, key: Key, stat: str, ends: "Range", unit: str | None = None) -> Series:
        """Return a statistic for each period of a range that has any data."""
        by_place: dict[int, list[Sample]] = defaultdict(list)
        for sample in self._samples.get(key, ()):
            place = ends.place(sample.at)
            if place is not None and (unit is None or sample.unit == unit):
                by_place[place].append(sample)
        how = statistic(stat)
        found = {place: how(samples) for place, samples in by_place.items()}
        return {place: value for place, value in found.items() if value is not None and math.isfinite(value)}


@dataclass(frozen=True, slots=True)
class Range:
    """The periods that an evaluation looks at, the last of which is over."""

    end: float
    period: int
    periods: int

    @property
    def start(self) -> float:
        """When the first period begins."""
        return self.end - self.period * self.periods

    def place(self, moment: float) -> int | None:
        """Return which of the periods a moment is in."""
        if not self.start <= moment < self.end:
            return None
        return int((moment - self.start) // self.period)


def range_at(now: float, period: int, periods: int) -> Range:
    """Return the range for an evaluation: alarms of a minute and more look each minute, others every ten seconds."""
    step = 60 if period >= 60 else 10  # noqa: PLR2004 - a minute
    return Range(now // step * step, period, periods)


Statistic = Callable[[list[Sample]], float | None]


def statistic(name: str) -> Statistic:
    """Return how a statistic is made; raise `ValueError` for one that the sandbox does not have."""
    if name in _SIMPLE:
        return _SIMPLE[name]
    if found := _PERCENTILE.fullmatch(name):
        share = float(found["percent"]) / 100
        return lambda samples: _percentile(_values(samples), share)
    if found := _SHORT_TRIM.fullmatch(name):
        return _trimmed(found["kind"].upper(), "0%", f"{found['percent']}%")
    if name == "IQM":
        return _trimmed("TM", "25%", "75%")
    if found := _RANGE.fullmatch(name):
        return _trimmed(found["kind"], found["low"], found["high"])
    message = f"the sandbox has no statistic {name}"
    raise ValueError(message)


def _count_of(samples: Iterable[Sample]) -> float:
    return sum(each.count for each in samples)


_SIMPLE: Mapping[str, Statistic] = {
    "Average": lambda samples: sum(each.total for each in samples) / count if (count := _count_of(samples)) else None,
    "Maximum": lambda samples: max(each.most for each in samples),
    "Minimum": lambda samples: min(each.least for each in samples),
    "SampleCount": _count_of,
    "Sum": lambda samples: sum(each.total for each in samples),
}


def _values(samples: list[Sample]) -> list[float]:
    """Return the values, in order; what was sent as statistics has none unless they are all the same."""
    if not all(each.is_single for each in samples):
        return []
    return sorted(each.least for each in samples for _ in range(int(each.count)))


def _percentile(values: list[float], share: float) -> float | None:
    if not values:
        return None
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _trimmed(kind: str, low: str, high: str) -> Statistic:
    """Return a statistic of the values between two percentiles, or between two values."""

    def make(samples: list[Sample]) -> float | None:
        values = _values(samples)
        if not values:
            return None
        floor, ceiling = _bound(values, low, -math.inf), _bound(values, high, math.inf)
        if kind == "WM":
            return sum(min(max(each, floor), ceiling) for each in values) / len(values)
        kept = [each for each in values if floor < each <= ceiling or (floor == values[0] == each)]
        match kind:
            case "TM":
                return sum(kept) / len(kept) if kept else None
            case "TC":
                return float(len(kept))
            case "TS":
                return sum(kept)
        return 100 * len(kept) / len(values)

    return make


def _bound(values: list[float], text: str, default: float) -> float:
    if not text:
        return default
    if text.endswith("%"):
        found = _percentile(values, float(text[:-1]) / 100)
        return default if found is None else found
    return float(text)


def _sample(datum: object, moment: float) -> Sample:
    own = vars(datum)
    if "value" in own:
        return Sample(moment, 1.0, own["value"], own["value"], own["value"], own["unit"])
    return Sample(moment, own["sample_count"], own["sum"], own["min"], own["max"], own["unit"])
