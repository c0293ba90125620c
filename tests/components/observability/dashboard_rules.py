"""What CloudWatch asks of a dashboard's body.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

GRID = 24
MOST_WIDGETS, MOST_METRICS = 500, 500
PROPERTIES = {
    "text": {"markdown", "background"},
    "alarm": {"title", "alarms", "sortBy", "states"},
    "metric": {
        "title",
        "region",
        "view",
        "stacked",
        "period",
        "metrics",
        "yAxis",
        "annotations",
        "setPeriodToTimeRange",
        "start",
        "end",
        "stat",
    },
}
VIEWS = {"timeSeries", "singleValue", "gauge", "bar", "pie", "table"}
OPTIONS = {"stat", "label", "region", "id", "visible", "period", "color", "yAxis", "expression"}
STATISTIC = re.compile(r"Sum|Average|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d+)?|PR\(:\d+\)")
_FUNCTIONS = {"IF", "FILL"}


def problems(body: dict[str, Any]) -> list[str]:
    """Return what CloudWatch would refuse, or show wrongly."""
    return list(_problems(body))


def _problems(body: dict[str, Any]) -> Iterator[str]:
    if set(body) - {"start", "end", "periodOverride", "widgets"}:
        yield "unknown keys"
    widgets = body["widgets"]
    if not 1 <= len(widgets) <= MOST_WIDGETS:
        yield f"{len(widgets)} widgets"
    for widget in widgets:
        yield from _widget(widget)
    for one, other in combinations(widgets, 2):
        if _overlap(one, other):
            yield f"{one['properties']} overlaps {other['properties']}"


def _widget(widget: dict[str, Any]) -> Iterator[str]:
    if set(widget) != {"type", "x", "y", "width", "height", "properties"}:
        yield f"keys {sorted(widget)}"
    if widget["x"] + widget["width"] > GRID or not 1 <= widget["height"] <= 1000:
        yield f"{widget} is not on the grid"
    if unknown := set(widget["properties"]) - PROPERTIES[widget["type"]]:
        yield f"{widget['type']} has {unknown}"
    if widget["type"] == "metric":
        yield from _metric(widget["properties"])
    if widget["type"] == "alarm" and not 1 <= len(widget["properties"]["alarms"]) <= 100:
        yield "no alarms, or too many"


def _overlap(one: dict[str, int], other: dict[str, int]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def _metric(properties: dict[str, Any]) -> Iterator[str]:
    if properties["view"] not in VIEWS or not properties["region"]:
        yield "no such view, or no Region"
    if not 1 <= len(properties["metrics"]) <= MOST_METRICS:
        yield f"{len(properties['metrics'])} metrics"
    ids = [entry[-1]["id"] for entry in properties["metrics"] if "id" in entry[-1]]
    if len(ids) != len(set(ids)) or not all(re.fullmatch(r"[a-z][A-Za-z0-9_]*", each) for each in ids):
        yield f"ids {ids}"
    for entry in properties["metrics"]:
        *names, options = entry
        if set(options) - OPTIONS:
            yield f"options {options}"
        if "expression" in options:
            used = set(re.findall(r"[A-Za-z_]\w*", options["expression"])) - _FUNCTIONS
            if names or not used <= set(ids):
                yield f"the expression {options['expression']} names {used - set(ids)}"
        elif len(names) % 2 or len(names) < 2 or not all(isinstance(each, str) and each for each in names):
            yield f"names {names}"
        elif not STATISTIC.fullmatch(options["stat"]):
            yield f"the statistic {options['stat']}"
