"""Draws a drill along its time as SVG: what clients got, where the name led, and the runbook's steps. Pure."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from . import timeline
from .outcome import Outcome, clock
from .records import Act, Kind, Look, StepSeen

_WIDTH = 1060
_LEFT = 150
_RIGHT = 16
_ROW = 26
_BAR = 16
_SLICES = 150
_TICKS_IN_SLICE = 1.2
_TICKS = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_MOST_TICKS = 12
_THINNEST = 2.0
_LETTER = 6.3
"""About how wide a letter of a label is."""
_MARKED = frozenset({"cut", "restored", "update", "degraded", "well"})


def draw(outcome: Outcome, began: float, ended: float, name: str) -> str:
    """Return the drawing of a stretch of time."""
    lanes = [*_lanes(outcome, began, ended)]
    height = _ROW * len(lanes) + 2 * _ROW
    scale = _Scale(began, max(ended, began + 1))
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(name, quote=True)}">',
        *_axis(scale, height),
    ]
    for row, (label, lane) in enumerate(lanes):
        top = _ROW * row + _ROW
        parts.append(f'<text class="lane" x="{_LEFT - 10}" y="{top + 13}" text-anchor="end">{escape(label)}</text>')
        parts += lane(scale, top)
    parts += [*_marks(outcome, scale, height), "</svg>"]
    return "".join(parts)


class _Scale:
    """Where a time is in the drawing."""

    def __init__(self, began: float, ended: float) -> None:
        self.began = began
        self.ended = ended

    def at(self, seconds: float) -> float:
        share = (min(max(seconds, self.began), self.ended) - self.began) / (self.ended - self.began)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def holds(self, began: float, ended: float) -> bool:
        return ended >= self.began and began <= self.ended


Lane = Callable[[_Scale, float], list[str]]


def _lanes(outcome: Outcome, began: float, ended: float) -> Iterator[tuple[str, Lane]]:
    """Give the rows of the drawing with their labels."""
    yield "act", lambda scale, top: _acts(outcome, scale, top)
    for kind in Kind:
        yield f"{kind.value}s", lambda scale, top, kind=kind: _strip(outcome, kind, scale, top)
    devices = sorted({call.device for call in outcome.diary.calls})
    for index, device in enumerate(devices):
        label = "name leads to" if len(devices) == 1 else device.removeprefix("client ")
        yield label, lambda scale, top, index=index: _led(outcome, index, scale, top)
    yield "open writer in", lambda scale, top: _writers(outcome, scale, top)
    shown = [step for step in outcome.diary.steps.values() if began <= step.ended and step.began <= ended]
    for name in dict.fromkeys(step.name for step in shown):
        yield name, lambda scale, top, name=name: _steps([each for each in shown if each.name == name], scale, top)


def _axis(scale: _Scale, height: float) -> Iterator[str]:
    """Give the grid with its times."""
    length = scale.ended - scale.began
    step = next((each for each in _TICKS if length / each <= _MOST_TICKS), _TICKS[-1])
    at = -(-scale.began // step) * step
    while at <= scale.ended:
        x = scale.at(at)
        yield f'<line class="grid" x1="{x}" y1="{_ROW - 6}" x2="{x}" y2="{height - _ROW + 4}"/>'
        yield f'<text class="time" x="{x}" y="{height - 6}" text-anchor="middle">{clock(at)}</text>'
        at += step


def _marks(outcome: Outcome, scale: _Scale, height: float) -> Iterator[str]:
    """Give the lines of what happened from outside, their words side by side where there is room."""
    free_from = 0.0
    for moment in outcome.diary.moments:
        if moment.what not in _MARKED or not scale.holds(moment.at, moment.at):
            continue
        x = scale.at(moment.at)
        kind = "bad" if moment.what in {"cut", "degraded"} else "good"
        told = f"<title>{escape(f'{clock(moment.at)} {moment.text}')}</title>"
        yield f'<line class="mark {kind}" x1="{x}" y1="14" x2="{x}" y2="{height - _ROW + 4}">{told}</line>'
        if x >= free_from:
            anchor = "end" if x > _WIDTH - 80 else "middle"
            yield f'<text class="word {kind}" x="{x}" y="11" text-anchor="{anchor}">{moment.what}</text>'
            free_from = x + _LETTER * (len(moment.what) + 3)


def _acts(outcome: Outcome, scale: _Scale, top: float) -> list[str]:
    parts: list[str] = []
    for span in outcome.diary.spans:
        if scale.holds(span.began, span.ended):
            kind = "act loss" if span.act is Act.LOSS else "act"
            told = f"{span.act.value}, {clock(span.began)} to {clock(span.ended)}"
            parts += _bar(scale, top, span.began, span.ended, kind, told, span.act.value)
    return parts


def _strip(outcome: Outcome, kind: Kind, scale: _Scale, top: float) -> list[str]:
    """Draw what clients got: good, some of it, or nothing."""
    calls = [call for call in outcome.diary.calls if call.kind is kind]
    parts: list[str] = []
    # A slice that is shorter than a tick would often be empty.
    count = max(1, min(_SLICES, int((scale.ended - scale.began) / (outcome.tick_seconds * _TICKS_IN_SLICE))))
    for bucket in timeline.buckets(calls, scale.began, scale.ended, count):
        if bucket.good + bucket.failed:
            got = "good" if not bucket.failed else "part" if bucket.good else "bad"
            told = f"{clock(bucket.began)}: {bucket.good} good, {bucket.failed} failed"
            parts += _bar(scale, top, bucket.began, bucket.ended, got, told)
    return parts


def _led(outcome: Outcome, index: int, scale: _Scale, top: float) -> list[str]:
    return _regions(outcome, [(look, look.led_to[index]) for look in outcome.diary.looks], scale, top, "nowhere")


def _writers(outcome: Outcome, scale: _Scale, top: float) -> list[str]:
    def where(look: Look) -> str | None:
        found = sorted({region for region, _ in look.writers})
        return " and ".join(found) or None

    return _regions(outcome, [(look, where(look)) for look in outcome.diary.looks], scale, top, "none")


def _regions(
    outcome: Outcome, seen: Sequence[tuple[Look, str | None]], scale: _Scale, top: float, nothing: str
) -> list[str]:
    """Draw a Region that changes over time."""
    kinds = {outcome.primary: "primary", outcome.recovery: "recovery", None: "bad"}
    parts: list[str] = []
    started = 0
    for index, (look, where) in enumerate(seen):
        is_last = index + 1 == len(seen)
        if is_last or seen[index + 1][1] != where:
            began, ended = seen[started][0].at, look.at if is_last else seen[index + 1][0].at
            if scale.holds(began, ended):
                told = f"{where or nothing}, {clock(began)} to {clock(ended)}"
                parts += _bar(scale, top, began, ended, kinds.get(where, "part"), told, where or nothing)
            started = index + 1
    return parts


def _steps(steps: Sequence[StepSeen], scale: _Scale, top: float) -> list[str]:
    parts: list[str] = []
    for step in steps:
        told = f"{step.name}, {clock(step.began)} to {clock(step.ended)}: {step.status}; {step.detail}"
        kind = "step" if step.status in {"done", "skipped"} else "part"
        parts += _bar(scale, top, step.began, step.ended, kind, told)
    return parts


def _bar(  # noqa: PLR0913, PLR0917 - a bar: where, how and what it says
    scale: _Scale, top: float, began: float, ended: float, kind: str, told: str, label: str = ""
) -> list[str]:
    left, right = scale.at(began), scale.at(ended)
    width = round(max(right - left, _THINNEST), 1)
    place = f'x="{left}" y="{top}" width="{width}" height="{_BAR}" rx="2"'
    parts = [f'<rect class="{kind}" {place}><title>{escape(told)}</title></rect>']
    if label and width > _LETTER * (len(label) + 2):
        parts.append(f'<text class="inside" x="{left + 6}" y="{top + 12}">{escape(label)}</text>')
    return parts
