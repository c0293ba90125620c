"""Glue's types, which are Hive's: how they are read, and how JSON becomes a value of them."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

_NAME = re.compile(r"\s*([a-z_]\w*)\s*", re.IGNORECASE)
_WHOLE = {"tinyint": 8, "smallint": 16, "int": 32, "integer": 32, "bigint": 64}
_TEXTS = {"string", "varchar", "char"}
_TRUTHS = {"true": True, "false": False}


class TypeMismatchError(ValueError):
    """A value that is none of its column's type."""


@dataclass(frozen=True, slots=True)
class GlueType:
    """A type with what it is made of."""

    name: str
    parts: tuple["GlueType", ...] = ()
    fields: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()


def parse(text: str) -> GlueType:
    """Read a type; raise `ValueError` for one that the sandbox does not have."""
    found, rest = _read(text)
    if rest.strip():
        message = f"the sandbox has no Glue type {text}"
        raise ValueError(message)
    return found


def _read(text: str) -> tuple[GlueType, str]:
    match = _NAME.match(text)
    if match is None:
        message = f"the sandbox has no Glue type {text}"
        raise ValueError(message)
    name, rest = match[1].lower(), text[match.end() :]
    if name in {"array", "map", "struct"} and rest.startswith("<"):
        return _nested(name, rest[1:])
    sizes: tuple[int, ...] = ()
    if rest.startswith("("):
        inside, rest = rest[1:].split(")", 1)
        sizes = tuple(int(each) for each in inside.split(","))
    known = {*_WHOLE, *_TEXTS, "binary", "boolean", "date", "decimal", "double", "float", "timestamp"}
    if name not in known:
        message = f"the sandbox has no Glue type {name}"
        raise ValueError(message)
    return GlueType(name, sizes=sizes), rest


def _nested(name: str, rest: str) -> tuple[GlueType, str]:
    parts, fields = [], []
    while True:
        if name == "struct":
            field, rest = rest.split(":", 1)
            fields.append(field.strip())
        part, rest = _read(rest)
        parts.append(part)
        sign, rest = rest.lstrip()[:1], rest.lstrip()[1:]
        if sign == ">":
            return GlueType(name, tuple(parts), tuple(fields)), rest
        if sign != ",":
            message = f"the sandbox cannot read the Glue type {name}<…{rest}"
            raise ValueError(message)


def arrow(kind: GlueType) -> Any:  # noqa: ANN401, PLR0911 - one for each kind; pyarrow is imported here only
    """Return the type as pyarrow has it."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only needed where something is written or asked

    plain: dict[str, Callable[[], Any]] = {
        "tinyint": pa.int8,
        "smallint": pa.int16,
        "int": pa.int32,
        "integer": pa.int32,
        "bigint": pa.int64,
        "float": pa.float32,
        "double": pa.float64,
        "boolean": pa.bool_,
        "binary": pa.binary,
        "date": pa.date32,
    }
    if kind.name in plain:
        return plain[kind.name]()
    if kind.name in _TEXTS:
        return pa.string()
    if kind.name == "timestamp":
        return pa.timestamp("ms")
    if kind.name == "decimal":
        return pa.decimal128(*(kind.sizes or (10, 0)))
    inner = [arrow(each) for each in kind.parts]
    if kind.name == "array":
        return pa.list_(inner[0])
    if kind.name == "map":
        return pa.map_(*inner)
    return pa.struct(list(zip(kind.fields, inner, strict=True)))


def value(kind: GlueType, given: Any) -> Any:  # noqa: ANN401 - any JSON, and what pyarrow takes
    """Return JSON as a value of a type, as the JSON SerDes read it; raise `TypeMismatchError` where it is none."""
    if given is None:
        return None
    try:
        return _READERS[kind.name](kind, given)
    except (TypeError, ValueError, InvalidOperation, OverflowError) as error:
        if isinstance(error, TypeMismatchError):
            raise
        message = f"{given!r} is no {kind.name}"
        raise TypeMismatchError(message) from error


def _text(_: GlueType, given: Any) -> str:  # noqa: ANN401 - any JSON
    if isinstance(given, str):
        return given
    import json  # noqa: PLC0415 - rare

    return json.dumps(given, separators=(",", ":"))


def _whole(kind: GlueType, given: Any) -> int:  # noqa: ANN401 - any JSON
    if isinstance(given, bool | dict | list) or (isinstance(given, float) and not given.is_integer()):
        raise TypeError
    number, bits = int(given), _WHOLE[kind.name]
    if not -(2 ** (bits - 1)) <= number < 2 ** (bits - 1):
        raise OverflowError
    return number


def _float(_: GlueType, given: Any) -> float:  # noqa: ANN401 - any JSON
    if isinstance(given, bool):
        raise TypeError
    return float(given)


def _truth(_: GlueType, given: Any) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.lower() in _TRUTHS:
        return _TRUTHS[given.lower()]
    raise TypeError


def _day(_: GlueType, given: Any) -> date:  # noqa: ANN401 - any JSON
    return date.fromisoformat(given)


def _moment(_: GlueType, given: Any) -> datetime:  # noqa: ANN401 - any JSON
    if isinstance(given, int | float) and not isinstance(given, bool):
        # The OpenX SerDe takes milliseconds, and seconds with a fraction.
        seconds = given if isinstance(given, float) else given / 1000
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return datetime.fromisoformat(str(given)).replace(tzinfo=None)


def _list(kind: GlueType, given: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    if not isinstance(given, list):
        raise TypeError
    return [value(kind.parts[0], each) for each in given]


def _map(kind: GlueType, given: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    if not isinstance(given, Mapping):
        raise TypeError
    return [(value(kind.parts[0], key), value(kind.parts[1], each)) for key, each in given.items()]


def _struct(kind: GlueType, given: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    if not isinstance(given, Mapping):
        raise TypeError
    low = {str(key).lower(): each for key, each in given.items()}
    return {name: value(part, low.get(name.lower())) for name, part in zip(kind.fields, kind.parts, strict=True)}


_READERS: Mapping[str, Callable[[GlueType, Any], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_WHOLE, _whole),
    "array": _list,
    "binary": lambda _, given: base64.b64decode(given),
    "boolean": _truth,
    "date": _day,
    "decimal": lambda _, given: Decimal(str(given)),
    "double": _float,
    "float": _float,
    "map": _map,
    "struct": _struct,
    "timestamp": _moment,
}
