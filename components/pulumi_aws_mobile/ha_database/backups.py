"""Automated backups, and the weekly and daily times in which RDS works on a database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.errors import Problems

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_WEEK = 7 * _DAY
_SHORTEST = 30

TIME = r"([01]\d|2[0-3]):[0-5]\d"
BACKUP_WINDOW = rf"{TIME}-{TIME}"
MAINTENANCE_WINDOW = rf"({'|'.join(_DAYS)}):{TIME}-({'|'.join(_DAYS)}):{TIME}"


@dataclass(frozen=True, slots=True)
class Window:
    """A time span in minutes, from the start of the day or week."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Automated backups and the weekly window that keeps clear of them."""

    retention_days: int
    window: str
    keep_after_delete: bool
    maintenance_window: str


def resolve_backups(values: Mapping[str, Any], problems: Problems) -> BackupSettings:
    """Return the backups for the options in `values`; note what RDS refuses or would make a restore impossible."""
    given: Mapping[str, Any] = values.get("backups", {})
    if given.get("retention_days") == 0:
        problems.add(
            "backups.retention_days",
            0,
            "1 to 35 days: without backups there is no restore and no replica",
            "remove it, or raise it",
        )
    backups = BackupSettings(
        retention_days=given.get("retention_days", 14),
        window=given.get("window", "03:00-04:00"),
        keep_after_delete=given.get("keep_after_delete", True),
        maintenance_window=values.get("maintenance_window", "sun:05:00-sun:06:00"),
    )
    _check_windows(backups.window, backups.maintenance_window, problems)
    return backups


def _check_windows(backup: str, maintenance: str, problems: Problems) -> None:
    daily, weekly = _daily(backup), _weekly(maintenance)
    if daily.length < _SHORTEST:
        problems.add("backups.window", backup, f"at least {_SHORTEST} minutes", "make the window longer")
    if weekly.length < _SHORTEST:
        problems.add("maintenance_window", maintenance, f"at least {_SHORTEST} minutes", "make the window longer")
    elif weekly.length > _DAY:
        problems.add("maintenance_window", maintenance, "at most 24 hours", "make the window shorter")
    elif any(_overlap(Window(day * _DAY + daily.start, daily.length), weekly) for day in range(7)):
        problems.add(
            "maintenance_window",
            maintenance,
            f"a time that does not overlap the daily backups at {backup}",
            "move one of the two windows",
        )


def _daily(window: str) -> Window:
    start, end = (_minutes(time) for time in window.split("-"))
    return Window(start, (end - start) % _DAY)


def _weekly(window: str) -> Window:
    start, end = (_DAYS.index(moment[:3]) * _DAY + _minutes(moment[4:]) for moment in window.split("-"))
    return Window(start, (end - start) % _WEEK)


def _minutes(time: str) -> int:
    matched = re.fullmatch(r"(\d\d):(\d\d)", time)
    assert matched is not None, time  # noqa: S101 - the limit on the option has checked the form
    return int(matched[1]) * 60 + int(matched[2])


def _overlap(one: Window, other: Window) -> bool:
    return (other.start - one.start) % _WEEK < one.length or (one.start - other.start) % _WEEK < other.length
