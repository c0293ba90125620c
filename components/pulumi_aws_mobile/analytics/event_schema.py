"""The events that an app may send, and the columns in which the lake keeps them. Pure.

The schema only ever grows: a new version adds types of events, attributes and metrics, and takes nothing away, so that
apps which have not been updated go on being understood.
"""

import json
from collections.abc import Mapping, Sequence

BUILT_IN: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "_session.start": (["first"], []),
    "_session.stop": ([], ["duration_seconds"]),
    "_user.sign_in": (["method"], []),
    "_user.sign_up": (["method"], []),
    "screen_view": (["screen", "previous"], ["seconds"]),
}
"""The types that every app has, with the names of their attributes, which are texts, and of their metrics, which are
numbers. `first` says that a session is the device's first of the day or of the month."""

COLUMNS: Mapping[str, str] = {
    "event_id": "string",
    "schema_version": "int",
    "occurred_at": "bigint",
    "client_time": "bigint",
    "arrived_at": "bigint",
    "clock": "string",
    "device_id": "string",
    "user_id": "string",
    "session_id": "string",
    "platform": "string",
    "app_version": "string",
    "locale": "string",
    "attributes": "map<string,string>",
    "metrics": "map<string,double>",
}
"""The columns of the table, by name and Glue type; times are milliseconds since 1970."""

PARTITIONS: Mapping[str, str] = {"day": "string", "event_type": "string"}
"""What events are kept apart by: the day they happened, in UTC, and their type."""

MOST_TYPES = 60
"""Firehose writes to 500 partitions at a time; a day and a type are one, and events come for a few days at once.
https://docs.aws.amazon.com/firehose/latest/dev/limits.html"""
MOST_BYTES = 3072
"""What of the 4096 bytes of a function's environment is left for the schema."""


def schema_document(version: int, custom: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> str:
    """Return the schema as the functions read it."""
    types = {name: [list(attributes), list(metrics)] for name, (attributes, metrics) in {**BUILT_IN, **custom}.items()}
    return json.dumps({"version": version, "types": types}, separators=(",", ":"))
