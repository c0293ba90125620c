"""What a query answered, as Athena writes it: types, texts of values, and the file in S3."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_TYPES: Mapping[str, tuple[str, int, int]] = {
    "BIGINT": ("bigint", 19, 0),
    "BLOB": ("varbinary", 1_073_741_824, 0),
    "BOOLEAN": ("boolean", 0, 0),
    "DATE": ("date", 0, 0),
    "DOUBLE": ("double", 17, 0),
    "FLOAT": ("float", 17, 0),
    "HUGEINT": ("bigint", 19, 0),
    "INTEGER": ("integer", 10, 0),
    "SMALLINT": ("smallint", 5, 0),
    "TIMESTAMP": ("timestamp", 3, 0),
    "TIMESTAMP_MS": ("timestamp", 3, 0),
    "TIMESTAMP_NS": ("timestamp", 3, 0),
    "TINYINT": ("tinyint", 3, 0),
    "VARCHAR": ("varchar", 2_147_483_647, 0),
}
_PLAIN_DIGITS = (1e-3, 1e7)
"""Java writes a double between these without an exponent."""


def column(name: str, kind: str) -> dict[str, Any]:
    """Return what Athena says of a column, given DuckDB's type."""
    precision = scale = 0
    if kind in _TYPES:
        aws, precision, scale = _TYPES[kind]
    elif kind.startswith("DECIMAL("):
        aws = "decimal"
        precision, scale = (int(each) for each in kind[len("DECIMAL(") : -1].split(","))
    elif kind.endswith("]"):
        aws = "array"
    elif kind.startswith(("MAP", "STRUCT")):
        aws = "map" if kind.startswith("MAP") else "row"
    elif kind.startswith("TIMESTAMP WITH"):
        aws, precision = "timestamp with time zone", 3
    else:
        aws = "unknown" if kind == '"NULL"' else "varchar"
    return {
        "CatalogName": "hive",
        "SchemaName": "",
        "TableName": "",
        "Name": name,
        "Label": name,
        "Type": aws,
        "Precision": precision,
        "Scale": scale,
        "Nullable": "UNKNOWN",
        "CaseSensitive": aws == "varchar",
    }


def text(value: Any) -> str | None:  # noqa: ANN401, PLR0911 - whatever DuckDB answers, each kind in its own way
    """Return a value as Athena writes it; `None` for NULL."""
    if value is None:
        return None
    match value:
        case bool():
            return str(value).lower()
        case float():
            return _double(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03d}"
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case bytes():
            return value.hex(" ")
        case list() | tuple():
            return "[" + ", ".join(_inner(each) for each in value) + "]"
        case Mapping():
            return "{" + ", ".join(f"{_inner(key)}={_inner(each)}" for key, each in value.items()) + "}"
    return str(value)


def _inner(value: Any) -> str:  # noqa: ANN401 - as above
    found = text(value)
    return "null" if found is None else found


def _double(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or _PLAIN_DIGITS[0] <= abs(value) < _PLAIN_DIGITS[1]:
        return format(Decimal(repr(value)), "f") if "e" in repr(value) else repr(value)
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    written = "".join(map(str, digits)).rstrip("0") or "0"
    power = int(exponent) + len(digits) - 1
    return f"{'-' if sign else ''}{written[0]}.{written[1:] or '0'}E{power}"


def as_csv(names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> bytes:
    """Return the file that Athena writes: everything in quotes, but for what is NULL."""
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        if None not in row:
            writer.writerow(row)
        else:
            target.write(",".join("" if each is None else _quoted(each) for each in row) + "\n")
    return target.getvalue().encode()


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
