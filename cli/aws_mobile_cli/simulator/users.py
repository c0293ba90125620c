"""Simulated users: the same seed gives the same users, and the same events."""

import json
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

DAY = 86_400_000
_MINUTE = 60_000
_PLATFORMS = ("android", "ios")
_SCREENS = ("home", "list", "detail", "settings")
_SKEWS = (0, 0, 0, 0, 0, 0, 0, 3 * 3_600_000, -26 * 3_600_000, 400 * DAY)
"""By how many milliseconds devices' clocks are ahead; most are right."""
_FIRST_START, _LAST_START = 10 * _MINUTE, 23 * 60 * _MINUTE
"""When a day's sessions begin, at the earliest and latest: none runs into another day."""

Types = Mapping[str, tuple[Sequence[str], Sequence[str]]]
"""The names of attributes and metrics of custom events, by type."""


@dataclass(frozen=True, slots=True)
class SimulatedEvent:
    """Something that happened, and that a device tells of."""

    happened_at: int
    """When it really happened, in milliseconds since 1970."""
    skew: int
    """By how much the device's clock is ahead then."""
    body: Mapping[str, Any]
    """What the device tells, all but the times."""

    @property
    def event_type(self) -> str:
        """What happened."""
        return self.body["event_type"]

    def sent(self, at: int) -> bytes:
        """Return the event as the device sends it, which is really at `at`."""
        times = {"client_time": self.happened_at + self.skew, "sent_at": at + self.skew}
        return json.dumps({**self.body, **times}, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was simulated."""

    events: Sequence[SimulatedEvent]
    """Each event once, by when it happened."""
    again: Sequence[SimulatedEvent]
    """Those that devices send a second time, since they got no answer."""
    broken: Sequence[bytes]
    """What breaks the schema."""


@dataclass(slots=True)
class _Device:
    number: int
    random: random.Random
    skew: int
    user_id: str | None
    seen: set[str] = field(default_factory=set)


def simulate(  # noqa: PLR0913 - what a simulation is made of, by name
    *, seed: int, devices: int, first_day: int, days: int, types: Types, version: int = 1
) -> Simulated:
    """Simulate devices on `days` days from `first_day`, midnight in UTC in milliseconds since 1970."""
    if first_day % DAY:
        message = "first_day: not midnight in UTC"
        raise ValueError(message)
    chance = random.Random(f"{seed}:all")  # noqa: S311 - a simulation that can be repeated
    events = sorted(
        (
            event
            for number in range(devices)
            for event in _lifetime(_device(seed, number), first_day, days, types, version)
        ),
        key=lambda event: (event.happened_at, event.body["event_id"]),
    )
    again = [event for event in events if chance.random() < 0.05]  # noqa: PLR2004 - one in twenty
    return Simulated(events, again, broken_events(chance, max(1, len(events) // 50), first_day))


def _device(seed: int, number: int) -> _Device:
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - a simulation that can be repeated
    signed_in = chance.random() < 0.6  # noqa: PLR2004 - three in five
    return _Device(number, chance, chance.choice(_SKEWS), f"user-{number // 2}" if signed_in else None)


def _lifetime(device: _Device, first_day: int, days: int, types: Types, version: int) -> Iterator[SimulatedEvent]:
    """Yield what a device does from its first day on; the interest fades."""
    begins = device.random.randrange(days)
    for day in range(begins, days):
        if day == begins or device.random.random() < 0.8 / (1 + (day - begins) / 5):
            yield from _day(device, first_day + day * DAY, types, version)


def _day(device: _Device, midnight: int, types: Types, version: int) -> Iterator[SimulatedEvent]:
    starts = device.random.sample(range(_FIRST_START, _LAST_START, 20 * _MINUTE), device.random.randint(1, 3))
    for start in sorted(starts):
        yield from _session(device, midnight, start, types, version)


def _session(device: _Device, midnight: int, start: int, types: Types, version: int) -> Iterator[SimulatedEvent]:
    chance, now = device.random, midnight + start
    session_id = _id(chance)

    def event(event_type: str, attributes: Mapping[str, str], metrics: Mapping[str, float]) -> SimulatedEvent:
        return SimulatedEvent(
            now,
            device.skew,
            {
                "event_id": _id(chance),
                "event_type": event_type,
                "schema_version": version,
                "device_id": f"device-{device.number}",
                "session_id": session_id,
                **({} if device.user_id is None else {"user_id": device.user_id}),
                "platform": _PLATFORMS[device.number % 2],
                "app_version": "1.4.0",
                "attributes": dict(attributes),
                "metrics": dict(metrics),
            },
        )

    yield event("_session.start", _first(device, midnight), {})
    previous = ""
    for screen in chance.choices(_SCREENS, k=chance.randint(1, 4)):
        now += chance.randint(1, 60) * 1000
        yield event("screen_view", {"screen": screen, "previous": previous}, {"seconds": chance.randint(1, 60)})
        previous = screen
    for event_type, (attributes, metrics) in types.items():
        if chance.random() < 0.6:  # noqa: PLR2004 - three in five go on
            now += chance.randint(1, 30) * 1000
            told = {metric: chance.randint(1, 10_000) / 4 for metric in metrics}  # quarters add up without rounding
            yield event(event_type, {name: chance.choice("abc") for name in attributes}, told)
    now += 1000
    yield event("_session.stop", {}, {"duration_seconds": (now - midnight - start) // 1000})


def _first(device: _Device, midnight: int) -> dict[str, str]:
    """Return whether this session is the device's first of the month or of the day; a day in UTC tells its month."""
    day = day_of(midnight)
    first = "month" if day[:7] not in device.seen else "day" if day not in device.seen else None
    device.seen |= {day[:7], day}
    return {} if first is None else {"first": first}


def broken_events(chance: random.Random, count: int, time: int) -> list[bytes]:
    """Return events that break the schema, each in another way than the one before."""
    whole = {
        "event_id": "broken-event",
        "event_type": "screen_view",
        "schema_version": 1,
        "client_time": time,
        "device_id": "device",
        "session_id": "session",
    }
    ways = [
        b"not JSON",
        b"[]",
        json.dumps({name: value for name, value in whole.items() if name != "event_id"}).encode(),
        json.dumps({**whole, "event_type": "no such type"}).encode(),
        json.dumps({**whole, "schema_version": 1_000_000}).encode(),
        json.dumps({**whole, "metrics": {"seconds": "many"}}).encode(),
        json.dumps({**whole, "attributes": {"unheard_of": "1"}}).encode(),
        json.dumps({**whole, "client_time": "yesterday"}).encode(),
    ]
    start = chance.randrange(len(ways))
    return [ways[(start + position) % len(ways)] for position in range(count)]


def day_of(milliseconds: int) -> str:
    """Return the day in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d")


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
