"""Writes the JSON Schema of a component's arguments, so that an editor refuses what a constructor would refuse.

The schema says what one option may hold. Rules between options stay with the component.
"""

import ast
import functools
import inspect
import itertools
import textwrap
import typing
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from .args_reader import (
    Field,
    field_of,
    fields,
)
from .limits import Limit, Limits

Schema = dict[str, Any]
"""A schema of draft 2020-12, as plain data."""

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def object_schema(args_type: type, limits: Limits, omit: frozenset[str] = frozenset()) -> Schema:
    """Return the schema of a mapping with the options of `args_type`, all but those named in `omit`.

    Options stand in the order in which they are declared. One that may be left out may also be left empty, as in YAML's
    `option:`, which means the same. Descriptions are the literals after the fields.
    """
    known = fields(args_type)
    unknown = omit - known.keys()
    if unknown:
        message = f"{args_type.__name__} has no option to omit that is called {', '.join(sorted(unknown))}"
        raise ValueError(message)
    kept = {name: field for name, field in known.items() if name not in omit}
    own_limits = limits.get(args_type, {})
    described = _descriptions(args_type)
    properties = {}
    for name, field in kept.items():
        option = _shape_schema(field.shape, own_limits.get(name), limits)
        properties[name] = (option if field.required else _or_empty(option)) | _describe(described.get(name))
    schema: Schema = {
        "type": "object",
        **_describe(args_type.__doc__),
        "properties": properties,
        "additionalProperties": False,
    }
    required = [name for name, field in kept.items() if field.required]
    return schema | ({"required": required} if required else {})


def _shape_schema(shape: Any, limit: Limit | None, limits: Limits) -> Schema:  # noqa: ANN401 - type annotations are of any type
    """Return the schema of a value of type `shape`; a limit on a list or map is one on each of its values."""
    if typing.is_typeddict(shape):
        return object_schema(shape, limits)
    if shape is Any:
        return {}
    arguments = typing.get_args(shape)
    if typing.get_origin(shape) is list:
        return {"type": "array", "items": _entry_schema(arguments[0], limit, limits)}
    if typing.get_origin(shape) is dict:
        return {"type": "object", "additionalProperties": _entry_schema(arguments[1], limit, limits)}
    if issubclass(shape, Enum):
        return {"enum": [member.value for member in shape]}
    return {"type": _TYPES[shape], **(limit.schema() if limit else {})}


def _entry_schema(hint: Any, limit: Limit | None, limits: Limits) -> Schema:  # noqa: ANN401 - type annotations are of any type
    entry: Field = field_of(hint, required=True)
    return _shape_schema(entry.shape, limit, limits)


def _or_empty(option: Schema) -> Schema:
    """Return the schema that also takes nothing."""
    widened = dict(option)
    if "type" in option:
        types = option["type"]
        widened["type"] = [*(types if isinstance(types, list) else [types]), "null"]
    if "enum" in option:
        widened["enum"] = [*option["enum"], None]
    return widened


def _describe(text: str | None) -> Schema:
    return {"description": " ".join(text.split())} if text else {}


@functools.cache
def _descriptions(args_type: type) -> Mapping[str, str]:
    """Return the string literal after each field in the source of a TypedDict; Python itself forgets them."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(args_type))).body
    statements = typing.cast("ast.ClassDef", definition).body
    found = {}
    for field, literal in itertools.pairwise(statements):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match literal:
                case ast.Expr(value=ast.Constant(value=str() as text)):
                    found[field.target.id] = text
    return MappingProxyType(found)
