"""When schedules are due: the `rate` and `cron` expressions of EventBridge, in UTC. Pure.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_RATE = re.compile(r"rate\((?P<value>\d+) (?P<unit>minute|hour|day)(?P<plural>s?)\)")
_CRON = re.compile(r"cron\((?P<fields>[^()]*)\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FIELDS = (
    ("minutes", 0, 59, ()),
    ("hours", 0, 23, ()),
    ("day-of-month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day-of-week", 1, 7, _DAYS),
    ("year", 1970, 2199, ()),
)
_MINUTE = 60
_LOOKED_BACK = 8 * 24 * 60
"""How many minutes are searched for one that a schedule missed: a weekly one is found."""
_WEEK = 7

Fits = Callable[[datetime], bool]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that was read."""

    rate_seconds: int | None
    fits: Fits | None

    def last_due(self, since: float, now: float) -> float | None:
        """Return when it was last due after `since` and not after `now`; `None` if it was not."""
        if self.rate_seconds is not None:
            times = int((now - since) // self.rate_seconds)
            return since + times * self.rate_seconds if times > 0 else None
        assert self.fits is not None  # noqa: S101 - it is one or the other
        minute = int(now // _MINUTE)
        earliest = max(int(since // _MINUTE), minute - _LOOKED_BACK)
        for each in range(minute, earliest, -1):
            if self.fits(datetime.fromtimestamp(each * _MINUTE, UTC)):
                return float(each * _MINUTE)
        return None


def parse(text: str) -> Schedule:
    """Read an expression; raise `ValueError` where it is none."""
    if rate := _RATE.fullmatch(text):
        value = int(rate["value"])
        if value < 1 or (value == 1) == bool(rate["plural"]):
            message = f"{text}: a rate is at least 1, and its unit has an s unless it is 1"
            raise ValueError(message)
        return Schedule(value * _SECONDS[rate["unit"]], None)
    cron = _CRON.fullmatch(text)
    fields = cron["fields"].split() if cron else []
    if len(fields) != len(_FIELDS):
        message = f"{text}: expected rate(N minutes) or cron with {len(_FIELDS)} fields"
        raise ValueError(message)
    if (fields[2] == "?") == (fields[4] == "?"):
        message = f"{text}: exactly one of day-of-month and day-of-week is ?"
        raise ValueError(message)
    return Schedule(None, _cron(fields))


def _cron(fields: list[str]) -> Fits:
    minutes, hours, months, years = (_values(fields[place], place) for place in (0, 1, 3, 5))
    on_day = _month_day(fields[2]) if fields[2] != "?" else _week_day(fields[4])

    def fits(at: datetime) -> bool:
        return at.minute in minutes and at.hour in hours and at.month in months and at.year in years and on_day(at)

    return fits


def _values(text: str, place: int) -> frozenset[int]:
    name, low, high, names = _FIELDS[place]
    values: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        if span in {"*", "?"}:
            begin, end = low, high
        else:
            begin = _number(first, place)
            end = _number(last, place) if last else (high if step else begin)
        if step and (not step.isdecimal() or int(step) < 1):
            message = f"{name}: got {part}; a step is a number of at least 1"
            raise ValueError(message)
        steps = (
            range(begin, end + 1, int(step or 1)) if begin <= end else [*range(begin, high + 1), *range(low, end + 1)]
        )
        values |= set(steps)
    if not names and not all(low <= each <= high for each in values):
        message = f"{name}: got {text}; allowed: {low} to {high}"
        raise ValueError(message)
    return frozenset(values)


def _number(text: str, place: int) -> int:
    name, low, high, names = _FIELDS[place]
    if text.upper() in names:
        return names.index(text.upper()) + 1
    if not text.isdecimal() or not low <= int(text) <= high:
        message = f"{name}: got {text}; allowed: {low} to {high}"
        raise ValueError(message)
    return int(text)


def _month_day(text: str) -> Fits:
    if text == "L":
        return lambda at: at.day == calendar.monthrange(at.year, at.month)[1]
    if text.endswith("W"):
        day = _number(text[:-1], 2)
        return lambda at: at.date() == _nearest_workday(at.year, at.month, day).date()
    days = _values(text, 2)
    return lambda at: at.day in days


def _nearest_workday(year: int, month: int, day: int) -> datetime:
    """Return the workday next to a day, within its month."""
    last = calendar.monthrange(year, month)[1]
    at = datetime(year, month, min(day, last), tzinfo=UTC)
    weekday = at.weekday()
    if weekday == calendar.SATURDAY:
        return at + timedelta(days=2) if at.day == 1 else at - timedelta(days=1)
    if weekday == calendar.SUNDAY:
        return at - timedelta(days=2) if at.day == last else at + timedelta(days=1)
    return at


def _week_day(text: str) -> Fits:
    if "#" in text:
        name, _, count = text.partition("#")
        day, which = _number(name, 4), int(count) if count.isdecimal() else 0
        if not 1 <= which <= 5:  # noqa: PLR2004 - a month has at most five of a weekday
            message = f"day-of-week: got {text}; allowed after #: 1 to 5"
            raise ValueError(message)
        return lambda at: _day(at) == day and (at.day - 1) // _WEEK + 1 == which
    if text.endswith("L"):
        day = _number(text[:-1], 4) if len(text) > 1 else _WEEK
        return lambda at: _day(at) == day and at.day + _WEEK > calendar.monthrange(at.year, at.month)[1]
    days = _values(text, 4)
    return lambda at: _day(at) in days


def _day(at: datetime) -> int:
    """Return a day of the week as EventBridge counts it, from Sunday on."""
    return (at.weekday() + 1) % _WEEK + 1
