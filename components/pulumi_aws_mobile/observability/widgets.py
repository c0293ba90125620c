"""The parts of a CloudWatch dashboard. Pure: what is shown goes in, the dashboard's body comes out.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

GRID = 24
"""How many units a dashboard is wide."""
_GRAPH = (8, 6)
_NUMBER = (6, 4)
_HEADING = (GRID, 1)
_PERIOD_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A metric in a graph."""

    namespace: str
    metric: str
    dimensions: Mapping[str, pulumi.Input[str]]
    stat: str
    label: str = ""
    region: str | None = None
    """The Region that the metric is in, where it is not the widget's."""
    id: str = ""
    """By what metric math names it."""
    visible: bool = True

    def entry(self) -> list[Any]:
        """Return the line as a dashboard writes it."""
        names: list[Any] = [self.namespace, self.metric]
        for name, value in self.dimensions.items():
            names += [name, value]
        options: dict[str, Any] = {"stat": self.stat}
        if self.label:
            options["label"] = self.label
        if self.region:
            options["region"] = self.region
        if self.id:
            options["id"] = self.id
        if not self.visible:
            options["visible"] = False
        return [*names, options]


@dataclass(frozen=True, slots=True)
class Calculation:
    """Metric math in a graph."""

    expression: str
    label: str
    id: str
    region: str | None = None

    def entry(self) -> list[Any]:
        """Return the calculation as a dashboard writes it."""
        region = {"region": self.region} if self.region else {}
        return [{"expression": self.expression, "label": self.label, "id": self.id, **region}]


Shown = Line | Calculation


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget without its place."""

    type: str
    size: tuple[int, int]
    properties: Mapping[str, Any] = field(default_factory=dict)


def heading(text: str) -> Widget:
    """Return a line of text over the whole width."""
    return Widget("text", _HEADING, {"markdown": f"## {text}", "background": "transparent"})


def graph(title: str, region: str, shown: Iterable[Shown], *, limits: Mapping[str, float] | None = None) -> Widget:
    """Return a graph over time; `limits` draws a line at each value under its name."""
    annotations = [{"label": label, "value": value} for label, value in (limits or {}).items()]
    properties: dict[str, Any] = {
        "title": title,
        "region": region,
        "view": "timeSeries",
        "stacked": False,
        "period": _PERIOD_SECONDS,
        "metrics": [each.entry() for each in shown],
        "yAxis": {"left": {"min": 0}},
    }
    if annotations:
        properties["annotations"] = {"horizontal": annotations}
    return Widget("metric", _GRAPH, properties)


def number(title: str, region: str, shown: Iterable[Shown], days: int) -> Widget:
    """Return one number each for the last `days`, whatever time the dashboard shows."""
    properties = {
        "title": title,
        "region": region,
        "view": "singleValue",
        "setPeriodToTimeRange": True,
        "start": f"-P{days}D",
        "end": "P0D",
        "metrics": [each.entry() for each in shown],
    }
    return Widget("metric", _NUMBER, properties)


def alarms(title: str, arns: Sequence[pulumi.Input[str]]) -> Widget:
    """Return the states of alarms."""
    return Widget("alarm", (GRID, 2 + (len(arns) + 3) // 4), {"title": title, "alarms": list(arns)})


def body(widgets: Iterable[Widget]) -> dict[str, Any]:
    """Lay widgets out from left to right in rows and return the dashboard's body."""
    placed: list[dict[str, Any]] = []
    x = y = row = 0
    for widget in widgets:
        width, height = widget.size
        if x + width > GRID:
            x, y, row = 0, y + row, 0
        place = {"type": widget.type, "x": x, "y": y, "width": width, "height": height}
        placed.append({**place, "properties": dict(widget.properties)})
        x, row = x + width, max(row, height)
    return {"periodOverride": "inherit", "widgets": placed}
