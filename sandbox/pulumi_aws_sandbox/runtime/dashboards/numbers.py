"""The numbers behind a metric widget: its lines with their values, from what CloudWatch was sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.runtime.signals.datapoints import Key, Metrics, Range
from pulumi_aws_sandbox.runtime.signals.expressions import calculate

_DEFAULT_PERIOD, _DEFAULT_STAT = 300, "Average"
_MOST_PERIODS = 1440
_DURATION = re.compile(r"-P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a widget."""

    label: str
    values: Mapping[int, float]
    """By the place of their period."""
    color: str | None
    stat: str
    right: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a widget shows."""

    lines: Sequence[Line]
    seen: Range
    problem: str | None = None


def of(properties: Mapping[str, Any], region: str, start: float, end: float) -> Numbers:
    """Return what a metric widget shows of a span of time, in which its own start and end go first."""
    if found := _DURATION.fullmatch(str(properties.get("start", ""))):
        units = {"days": 86400, "hours": 3600, "minutes": 60}
        start = end - sum(int(found[name] or 0) * seconds for name, seconds in units.items())
    period = int(properties.get("period") or _DEFAULT_PERIOD)
    whole = bool(properties.get("setPeriodToTimeRange"))
    if whole:
        period = max(60, int(-(-(end - start) // 60) * 60))
    while (end - start) / period > _MOST_PERIODS:
        period *= 2
    # A graph's periods begin where CloudWatch's do; a number's is the span itself.
    last = end if whole else -(-end // period) * period
    seen = Range(last, period, 1 if whole else max(1, round((last - start) / period)))
    try:
        return Numbers(_lines(properties, region, seen), seen)
    except ValueError as error:
        return Numbers((), seen, str(error))


def _lines(properties: Mapping[str, Any], region: str, seen: Range) -> list[Line]:
    sources: dict[str, Metrics] = {}
    entries = _entries(properties.get("metrics") or [])
    found: dict[str, Mapping[int, float]] = {}
    for at, (path, told) in enumerate(entries):
        if not path:
            continue
        place = told.get("region") or region
        sources.setdefault(place, Metrics(place))
        stat = told.get("stat") or properties.get("stat") or _DEFAULT_STAT
        pairs = zip(path[2::2], path[3::2], strict=True)
        key: Key = (path[0], path[1], frozenset((str(name), str(value)) for name, value in pairs))
        found[_id(told, at)] = sources[place].series(key, stat, seen)
    expressions = {_id(told, at): str(told["expression"]) for at, (path, told) in enumerate(entries) if not path}
    answers = calculate(expressions, found, seen)
    lines = []
    for at, (path, told) in enumerate(entries):
        if told.get("visible") is False:
            continue
        label = told.get("label") or (path[1] if path else told.get("id") or told["expression"])
        stat = told.get("stat") or properties.get("stat") or _DEFAULT_STAT
        values = answers[_id(told, at)]
        lines.append(Line(str(label), values, told.get("color"), stat, told.get("yAxis") == "right"))
    return lines


def _id(told: Mapping[str, Any], at: int) -> str:
    """Return the id of a line; one that names none gets one by its place."""
    return str(told.get("id") or f"line {at + 1}")


def _entries(metrics: Sequence[Sequence[Any]]) -> list[tuple[list[Any], dict[str, Any]]]:
    """Return path and settings of each line; `...` and `.` repeat what stands above."""
    found: list[tuple[list[Any], dict[str, Any]]] = []
    before: list[Any] = []
    for each in metrics:
        told = dict(each[-1]) if each and isinstance(each[-1], Mapping) else {}
        path = [one for one in each if not isinstance(one, Mapping)]
        if path and path[0] == "...":
            path = [*before[: len(before) - len(path) + 1], *path[1:]]
        path = [before[at] if one == "." and at < len(before) else one for at, one in enumerate(path)]
        before = path or before
        found.append((path, told))
    return found
