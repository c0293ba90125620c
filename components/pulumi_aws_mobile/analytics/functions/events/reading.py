"""Reads one event as an app sent it, and says what is wrong with it."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .settings import Settings

LARGEST_BYTES = 32_768
LONGEST_VALUE = 1000
MOST_ENTRIES = 40
_LATEST_MILLISECONDS = 253_402_300_799_999
"""The end of the year 9999, the last that a date has four digits for."""
_LARGEST_NUMBER = 1e15
_ID = re.compile(r"[A-Za-z0-9_:.@-]{1,128}")
_EVENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_SHORT = re.compile(r"[^\x00-\x1f\x7f]{1,64}")
_PLATFORMS = ("android", "ios", "web", "other")
_REQUIRED = frozenset({"event_id", "event_type", "schema_version", "client_time", "device_id", "session_id"})
_OPTIONAL = frozenset({"sent_at", "user_id", "platform", "app_version", "locale", "attributes", "metrics"})
_UNICODE_SURROGATES = re.compile("[\ud800-\udfff]")


class BrokenEventError(ValueError):
    """An event that breaks the schema; the message says where, and repeats no value."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that keeps to the schema."""

    event_id: str
    event_type: str
    schema_version: int
    client_time: int
    """When it happened by the device's clock, in milliseconds since 1970."""
    sent_at: int | None
    """When it was sent by the same clock."""
    device_id: str
    session_id: str
    user_id: str | None
    platform: str | None
    app_version: str | None
    locale: str | None
    attributes: Mapping[str, str]
    metrics: Mapping[str, float]


def read_event(data: bytes, told: Settings) -> Event:
    """Return the event in `data`; raise `BrokenEventError` if it breaks the schema."""
    if len(data) > LARGEST_BYTES:
        message = f"larger than {LARGEST_BYTES} bytes"
        raise BrokenEventError(message)
    given = _object(data)
    _check_names(given)
    event_type = _matching(given, "event_type", _SHORT)
    version = _integer(given, "schema_version")
    if not 1 <= version <= told.version:
        message = f"schema_version: not 1 to {told.version}"
        raise BrokenEventError(message)
    known = told.types.get(event_type)
    if known is None:
        message = "event_type: not in the schema"
        raise BrokenEventError(message)
    platform = _optional(given, "platform", _SHORT)
    if platform is not None and platform not in _PLATFORMS:
        message = f"platform: not {' | '.join(_PLATFORMS)}"
        raise BrokenEventError(message)
    return Event(
        event_id=_matching(given, "event_id", _EVENT_ID),
        event_type=event_type,
        schema_version=version,
        client_time=_time(given, "client_time"),
        sent_at=_time(given, "sent_at") if given.get("sent_at") is not None else None,
        device_id=_matching(given, "device_id", _ID),
        session_id=_matching(given, "session_id", _ID),
        user_id=_optional(given, "user_id", _ID),
        platform=platform,
        app_version=_optional(given, "app_version", _SHORT),
        locale=_optional(given, "locale", _SHORT),
        attributes=_attributes(_entries(given, "attributes", known.attributes)),
        metrics=_metrics(_entries(given, "metrics", known.metrics)),
    )


def _object(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8")
        given = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        message = "not JSON in UTF-8"
        raise BrokenEventError(message) from error
    if not isinstance(given, dict):
        message = "not an object"
        raise BrokenEventError(message)
    return given


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _check_names(given: Mapping[str, Any]) -> None:
    missing = sorted(name for name in _REQUIRED if given.get(name) is None)
    if missing:
        message = f"{missing[0]}: missing"
        raise BrokenEventError(message)
    if not given.keys() <= _REQUIRED | _OPTIONAL:
        message = "a field that no event has"
        raise BrokenEventError(message)


def _matching(given: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = given[name]
    if not isinstance(value, str) or not pattern.fullmatch(value) or _UNICODE_SURROGATES.search(value):
        message = f"{name}: not {pattern.pattern if pattern is not _SHORT else '1 to 64 characters'}"
        raise BrokenEventError(message)
    return value


def _optional(given: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str | None:
    return None if given.get(name) is None else _matching(given, name, pattern)


def _integer(given: Mapping[str, Any], name: str) -> int:
    value = given[name]
    if not isinstance(value, int) or isinstance(value, bool):
        message = f"{name}: not a whole number"
        raise BrokenEventError(message)
    return value


def _time(given: Mapping[str, Any], name: str) -> int:
    value = _integer(given, name)
    if not 0 <= value <= _LATEST_MILLISECONDS:
        message = f"{name}: not milliseconds since 1970"
        raise BrokenEventError(message)
    return value


def _entries(given: Mapping[str, Any], name: str, known: frozenset[str]) -> Mapping[str, Any]:
    entries = given.get(name)
    if entries is None:
        return {}
    if not isinstance(entries, dict) or len(entries) > MOST_ENTRIES:
        message = f"{name}: not an object with at most {MOST_ENTRIES} entries"
        raise BrokenEventError(message)
    if not entries.keys() <= known:
        message = f"{name}: a name that this type of event does not have"
        raise BrokenEventError(message)
    return entries


def _attributes(entries: Mapping[str, Any]) -> dict[str, str]:
    for name, value in entries.items():
        if not isinstance(value, str) or len(value) > LONGEST_VALUE or _UNICODE_SURROGATES.search(value):
            message = f"attributes.{name}: not a text of at most {LONGEST_VALUE} characters"
            raise BrokenEventError(message)
    return dict(entries)


def _metrics(entries: Mapping[str, Any]) -> dict[str, float]:
    for name, value in entries.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or (isinstance(value, float) and not math.isfinite(value)) or abs(value) > _LARGEST_NUMBER:
            message = f"metrics.{name}: not a number"
            raise BrokenEventError(message)
    return {name: float(value) for name, value in entries.items()}
