"""Graphs as SVG: lines, areas on top of one another, and bars."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from pulumi_aws_sandbox.runtime.dashboards.numbers import Line, Numbers

PALETTE = ("#2f7ed8", "#e8793a", "#2ca470", "#c9485b", "#8a63d2", "#a3872c", "#1ba3a8", "#d35fa5", "#6b7a90", "#7fa62b")
"""Colours that hold on light and on dark ground, in the order in which lines take them."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 12, 10, 22
_GRID_LINES = 4
_TIMES = 5
_DAY = 86400
_SHORT = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
_MANY = 48


def color(line: Line, at: int) -> str:
    """Return a line's colour: its own, or the next."""
    return escape(line.color or PALETTE[at % len(PALETTE)], quote=True)


def short(value: float) -> str:
    """Return a number as briefly as a reader wants it."""
    for size, letter in _SHORT:
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.3g}"


def graph(numbers: Numbers, properties: Mapping[str, Any], width: int, height: int) -> str:
    """Return a graph of the size given in pixels; it scales with its place."""
    stacked = bool(properties.get("stacked"))
    shown = [each for each in numbers.lines if each.values]
    limits = [each for each in (properties.get("annotations") or {}).get("horizontal") or [] if "value" in each]
    axis = (properties.get("yAxis") or {}).get("left") or {}
    low, high = _bounds(shown, [float(each["value"]) for each in limits], axis, stacked=stacked)
    box = _Box(width, height, low, high, numbers.seen.periods)
    parts = [_axes(box, numbers)]
    base = [0.0] * numbers.seen.periods
    for at, line in enumerate(numbers.lines):
        if not line.values:
            continue
        hue = color(line, at)
        if properties.get("view") == "bar":
            parts.append(_bars(box, line, hue, at, len(numbers.lines)))
        elif stacked:
            parts.append(_area(box, line, hue, base, _span(shown)))
            base = [low + line.values.get(place, 0.0) for place, low in enumerate(base)]
        else:
            parts.append(_line(box, line, hue))
    parts += [_limit(box, each) for each in limits]
    title = escape(str(properties.get("title") or "graph"), quote=True)
    head = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{title}"><title>{title}</title>'
    return f"{head}{''.join(parts)}</svg>"


class _Box:
    """Where things are in a graph."""

    def __init__(self, width: int, height: int, low: float, high: float, periods: int) -> None:
        self.width, self.height, self.low, self.high, self.periods = width, height, low, high, periods

    def x(self, place: float) -> float:
        """Return where a period is."""
        return _LEFT + (self.width - _LEFT - _RIGHT) * (place + 0.5) / self.periods

    def y(self, value: float) -> float:
        """Return where a value is."""
        share = (value - self.low) / (self.high - self.low)
        return self.height - _BOTTOM - (self.height - _TOP - _BOTTOM) * min(max(share, 0.0), 1.0)


def _bounds(
    lines: Sequence[Line], limits: Sequence[float], axis: Mapping[str, Any], *, stacked: bool
) -> tuple[float, float]:
    values = [value for line in lines for value in line.values.values()]
    if stacked:
        places = {place for line in lines for place in line.values}
        values += [sum(line.values.get(place, 0.0) for line in lines) for place in places]
    every = [*values, *limits, 0.0]
    low = float(axis["min"]) if "min" in axis else min(every)
    high = float(axis["max"]) if "max" in axis else _round_up(max(every))
    return low, high if high > low else low + 1


def _round_up(value: float) -> float:
    """Return the next number that divides well by four."""
    if value <= 0:
        return value
    size = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 10.0 ** -len(f"{1 / value:.0f}")
    return next(step * size for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12, 16, 20) if step * size >= value)


def _axes(box: _Box, numbers: Numbers) -> str:
    parts = []
    for at in range(_GRID_LINES + 1):
        value = box.low + (box.high - box.low) * at / _GRID_LINES
        y = box.y(value)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{box.width - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{_LEFT - 6}" y="{y + 3.5:.1f}" text-anchor="end">{short(value)}</text>')
    seen = numbers.seen
    form = "%d %b" if seen.end - seen.start > 2 * _DAY else "%H:%M"
    for at in range(_TIMES):
        share = at / (_TIMES - 1)
        when = datetime.fromtimestamp(seen.start + (seen.end - seen.start) * share, UTC)
        anchor = "start" if at == 0 else "end" if at == _TIMES - 1 else "middle"
        x = _LEFT + (box.width - _LEFT - _RIGHT) * share
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{box.height - 6}" text-anchor="{anchor}">{when.strftime(form)}</text>'
        )
    return "".join(parts)


def _runs(line: Line) -> list[list[int]]:
    """Return the places with values, broken where values are missing."""
    runs: list[list[int]] = []
    for place in sorted(line.values):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _line(box: _Box, line: Line, hue: str) -> str:
    parts = []
    for run in _runs(line):
        points = " ".join(f"{box.x(place):.1f},{box.y(line.values[place]):.1f}" for place in run)
        parts.append(f'<polyline class="line" points="{points}" stroke="{hue}"/>')
        if len(run) == 1 or box.periods <= _MANY:
            parts += [
                f'<circle cx="{box.x(place):.1f}" cy="{box.y(line.values[place]):.1f}" r="3.2" fill="{hue}"/>'
                for place in run
            ]
    return "".join(parts)


def _span(lines: Sequence[Line]) -> range:
    """Return the places from the first that has a value to the last."""
    places = [place for line in lines for place in line.values]
    return range(min(places), max(places) + 1)


def _area(box: _Box, line: Line, hue: str, base: Sequence[float], places: range) -> str:
    upper = [f"{box.x(place):.1f},{box.y(base[place] + line.values.get(place, 0.0)):.1f}" for place in places]
    lower = [f"{box.x(place):.1f},{box.y(base[place]):.1f}" for place in reversed(places)]
    edge = " ".join(upper)
    return (
        f'<polygon points="{edge} {" ".join(lower)}" fill="{hue}" fill-opacity="0.45"/>'
        f'<polyline class="line" points="{edge}" stroke="{hue}"/>'
    )


def _bars(box: _Box, line: Line, hue: str, at: int, count: int) -> str:
    room = (box.width - _LEFT - _RIGHT) / box.periods
    width = max(1.0, room * 0.8 / count)
    parts = []
    for place, value in sorted(line.values.items()):
        x, y, floor = box.x(place) - room * 0.4 + at * width, box.y(value), box.y(max(0.0, box.low))
        top, tall = min(y, floor), abs(floor - y)
        parts.append(f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{tall:.1f}" fill="{hue}"/>')
    return "".join(parts)


def _limit(box: _Box, annotation: Mapping[str, Any]) -> str:
    y = box.y(float(annotation["value"]))
    hue = escape(str(annotation.get("color") or "#c9485b"), quote=True)
    label = escape(str(annotation.get("label") or short(float(annotation["value"]))))
    right = box.width - _RIGHT
    return (
        f'<line x1="{_LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{hue}" stroke-dasharray="5 4"/>'
        f'<text class="tick" x="{right - 4}" y="{y - 4:.1f}" text-anchor="end" fill="{hue}">{label}</text>'
    )
