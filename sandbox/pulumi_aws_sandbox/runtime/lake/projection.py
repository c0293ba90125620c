"""Which partitions a table has: those in Glue, or those that its properties project.

https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pulumi_aws_sandbox.runtime import clock

_RELATIVE = re.compile(r"NOW\s*(?:(?P<sign>[+-])\s*(?P<count>\d+)\s*(?P<unit>[A-Z]+?)S?)?\s*$", re.IGNORECASE)
_HOLE = re.compile(r"\$\{(\w+)\}")
_JAVA = (("yyyy", "%Y"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S"), ("'", ""))
_UNITS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 604_800}
_MONTH_DAYS = {"MONTH": 30.436875, "YEAR": 365.2425}

Check = Callable[[str], bool]


class ProjectionError(ValueError):
    """Properties of a table that Athena would not take."""


def is_projected(table: Mapping[str, Any]) -> bool:
    """Tell whether a table's properties say its partitions."""
    return str((table.get("Parameters") or {}).get("projection.enabled", "")).lower() == "true"


def injected(table: Mapping[str, Any]) -> list[str]:
    """Return the columns whose values each query has to name."""
    told = table.get("Parameters") or {}
    return [name for name in _columns(table) if told.get(f"projection.{name}.type") == "injected"]


def places(table: Mapping[str, Any], keys: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return the values of every projected partition that has objects among `keys`, and where these begin."""
    columns, told = _columns(table), table.get("Parameters") or {}
    checks = {name: _check(name, told) for name in columns}
    location = table["StorageDescriptor"]["Location"]
    template = told.get("storage.location.template") or _hive(location, columns)
    bucket_less = template.split("://", 1)[-1].split("/", 1)[-1]
    bucket_less = bucket_less if bucket_less.endswith("/") else f"{bucket_less}/"
    # A column that is named twice has one value.
    seen: set[str] = set()

    def hole(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>[^/]+)"

    parts = _HOLE.split(bucket_less)
    pattern = "".join(re.escape(each) if at % 2 == 0 else f"${{{each}}}" for at, each in enumerate(parts))
    known = re.compile(_HOLE.sub(hole, pattern))
    found: dict[tuple[str, ...], str] = {}
    for key in keys:
        match = known.match(key)
        if match is None:
            continue
        values = tuple(match.groupdict().get(name, "") for name in columns)
        if all(checks[name](value) for name, value in zip(columns, values, strict=True)):
            found[values] = match[0]
    return found


def _columns(table: Mapping[str, Any]) -> list[str]:
    return [each["Name"] for each in table.get("PartitionKeys") or []]


def _hive(location: str, columns: Sequence[str]) -> str:
    return location.rstrip("/") + "/" + "".join(f"{name}=${{{name}}}/" for name in columns)


def _check(name: str, told: Mapping[str, str]) -> Check:
    kind = told.get(f"projection.{name}.type")
    match kind:
        case "enum":
            values = {each.strip() for each in _told(told, name, "values").split(",")}
            return values.__contains__
        case "integer":
            low, high = (int(each) for each in _told(told, name, "range").split(","))
            step = int(told.get(f"projection.{name}.interval", "1"))
            digits = int(told.get(f"projection.{name}.digits", "0"))
            return lambda value: (
                value.lstrip("-").isdigit()
                and low <= int(value) <= high
                and (int(value) - low) % step == 0
                and (not digits or len(value) == digits)
            )
        case "date":
            return _dates(name, told)
        case "injected":
            return bool
    message = (
        f"INVALID_TABLE_PROPERTY: Table is configured for partition projection, but the following partition column "
        f"is missing projection configuration: {name}"
    )
    raise ProjectionError(message)


def _told(told: Mapping[str, str], name: str, what: str) -> str:
    found = told.get(f"projection.{name}.{what}")
    if found is None:
        message = f"INVALID_TABLE_PROPERTY: The table property projection.{name}.{what} is missing"
        raise ProjectionError(message)
    return found


def _dates(name: str, told: Mapping[str, str]) -> Check:
    pattern = _told(told, name, "format")
    for java, python in _JAVA:
        pattern = pattern.replace(java, python)
    first, last = (each.strip() for each in _told(told, name, "range").split(","))
    # Both ends count as their format writes them: today is within a range of days that ends now.
    low, high = (datetime.strptime(_end(each, pattern), pattern) for each in (first, last))  # noqa: DTZ007 - projection knows UTC only

    def check(value: str) -> bool:
        try:
            moment = datetime.strptime(value, pattern)  # noqa: DTZ007 - as above
        except ValueError:
            return False
        return low <= moment <= high and moment.strftime(pattern) == value

    return check


def _end(text: str, pattern: str) -> str:
    relative = _RELATIVE.match(text)
    if relative is None:
        return text
    moment = clock.today()
    if relative["sign"]:
        count, unit = int(relative["count"]), relative["unit"].upper()
        if unit in _MONTH_DAYS:
            change = timedelta(days=count * _MONTH_DAYS[unit])
        elif unit in _UNITS:
            change = timedelta(seconds=count * _UNITS[unit])
        else:
            message = f"INVALID_TABLE_PROPERTY: unknown unit {relative['unit']} in {text}"
            raise ProjectionError(message)
        moment = moment + change if relative["sign"] == "+" else moment - change
    return moment.strftime(pattern)
