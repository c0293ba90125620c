"""What events add up to, computed from the events themselves: no lake, no SQL, and no code of the functions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from .users import SimulatedEvent, day_of

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Truth:
    """The numbers, each as the named query of the same name gives its rows."""

    daily_active: Sequence[tuple[str, int, int, int, int]]
    """Day, devices, users, sessions, events."""
    monthly_active: Sequence[tuple[str, int, int, int]]
    """Month, devices, users, sessions."""
    sessions: Sequence[tuple[str, int, float, float, float]]
    """Day, sessions that began, events in each, seconds on average, seconds of the longest."""
    retention: Sequence[tuple[str, int, int]]
    """First day, days later, devices."""
    custom_events: Sequence[tuple[str, str, int, int, int]]
    """Day, type, events, devices, users."""
    metrics: Sequence[tuple[str, str, str, int, float, float]]
    """Day, type, metric, events, total, average."""
    clocks: Sequence[tuple[str, str, int]]
    """Day, what was done about the clocks, events."""
    numbers: dict[str, int]
    """What CloudWatch adds up."""
    events: Sequence[SimulatedEvent]

    def funnel(self, steps: Sequence[str]) -> list[tuple[int, str, int]]:
        """Return step, type and devices of a funnel: each step after the one before it."""
        reached: Counter[int] = Counter()
        for told in _by(self.events, lambda event: event.body["device_id"]).values():
            at, step = -1, 0
            for event in told:
                if step < len(steps) and event.event_type == steps[step] and event.happened_at > at:
                    at, step = event.happened_at, step + 1
                    reached[step] += 1
        return [(number, name, reached[number]) for number, name in enumerate(steps, start=1)]


def truth_of(events: Sequence[SimulatedEvent], tolerance_seconds: int = 300) -> Truth:
    """Count events, of which there is one of each; a clock that is wrong by more than the tolerance is corrected."""
    days = _by(events, lambda event: day_of(event.happened_at))
    months = _by(events, lambda event: day_of(event.happened_at)[:7])
    types = _by(events, lambda event: (day_of(event.happened_at), event.event_type))
    return Truth(
        daily_active=[
            (day, *_people(told), _count(told, "session_id"), len(told)) for day, told in sorted(days.items())
        ],
        monthly_active=[(month, *_people(told), _count(told, "session_id")) for month, told in sorted(months.items())],
        sessions=_sessions(events),
        retention=_retention(events),
        custom_events=[(day, kind, len(told), *_people(told)) for (day, kind), told in sorted(types.items())],
        metrics=_metrics(events),
        clocks=_clocks(events, tolerance_seconds * 1000),
        numbers=_numbers(events),
        events=events,
    )


def _by(events: Iterable[SimulatedEvent], key: Callable[[SimulatedEvent], _Key]) -> dict[_Key, list[SimulatedEvent]]:
    groups: defaultdict[_Key, list[SimulatedEvent]] = defaultdict(list)
    for event in events:
        groups[key(event)].append(event)
    return groups


def _count(events: Iterable[SimulatedEvent], name: str) -> int:
    return len({event.body[name] for event in events if name in event.body})


def _people(events: Sequence[SimulatedEvent]) -> tuple[int, int]:
    return _count(events, "device_id"), _count(events, "user_id")


def _sessions(events: Iterable[SimulatedEvent]) -> list[tuple[str, int, float, float, float]]:
    days: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for told in _by(events, lambda event: event.body["session_id"]).values():
        times = [event.happened_at for event in told]
        days[day_of(min(times))].append((len(told), (max(times) - min(times)) / 1000))
    found = []
    for day, sessions in sorted(days.items()):
        counts, seconds = zip(*sessions, strict=True)
        found.append((day, len(sessions), sum(counts) / len(sessions), sum(seconds) / len(sessions), max(seconds)))
    return found


def _clocks(events: Iterable[SimulatedEvent], tolerance: int) -> list[tuple[str, str, int]]:
    found = Counter(
        (day_of(event.happened_at), "corrected" if abs(event.skew) > tolerance else "good") for event in events
    )
    return [(day, clock, count) for (day, clock), count in sorted(found.items())]


def _retention(events: Iterable[SimulatedEvent]) -> list[tuple[str, int, int]]:
    devices: Counter[tuple[str, int]] = Counter()
    for told in _by(events, lambda event: event.body["device_id"]).values():
        days = sorted({day_of(event.happened_at) for event in told})
        first = date.fromisoformat(days[0])
        devices.update((days[0], (date.fromisoformat(day) - first).days) for day in days)
    return [(day, later, count) for (day, later), count in sorted(devices.items())]


def _metrics(events: Iterable[SimulatedEvent]) -> list[tuple[str, str, str, int, float, float]]:
    values: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    for event in events:
        for metric, value in event.body["metrics"].items():
            values[day_of(event.happened_at), event.event_type, metric].append(value)
    return [(*key, len(told), float(sum(told)), sum(told) / len(told)) for key, told in sorted(values.items())]


def _numbers(events: Sequence[SimulatedEvent]) -> dict[str, int]:
    starts = [event for event in events if event.event_type == "_session.start"]
    firsts = Counter(event.body["attributes"].get("first") for event in starts)
    return {
        "Events": len(events),
        "Sessions": len(starts),
        "DevicesFirstSeenToday": firsts["day"] + firsts["month"],
        "DevicesFirstSeenThisMonth": firsts["month"],
    }
