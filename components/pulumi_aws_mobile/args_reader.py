"""Reads a component's arguments against its TypedDict: the contract is the type, this only holds input against it."""

import functools
import inspect
import types
import typing
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pulumi

from .errors import Problem, Problems, closest, show
from .limits import Confidential, Limit, Limits

_PLAIN_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class Field:
    """One option of an args type: what it holds and whether it must be given."""

    shape: Any
    """The type without `NotRequired`, `Input` and `None`."""
    takes_outputs: bool
    """Whether the value may be an output of another resource."""
    required: bool


def read_args(args_type: type, args: object, limits: Limits, problems: Problems, path: str = "") -> dict[str, Any]:
    """Return the options that were given, in their declared types; note whatever does not fit in `problems`.

    Options that do not fit are left out of the result. Whole numbers may arrive as floats (other languages send
    them so); enums may be given by value. Outputs pass through unread where the type takes them.
    """
    if not isinstance(args, Mapping):
        problems.add(path or "args", args, f"the options of {args_type.__name__}", "give a mapping of options")
        return {}
    known = fields(args_type)
    values: dict[str, Any] = {}
    for name, value in args.items():
        where = _join(path, str(name))
        if name not in known:
            near = closest(str(name), known)
            fix = f'did you mean "{near}"?' if near else "remove it"
            meant = limits.get(args_type, {}).get(near) if near else None
            problems.extend([Problem(where, _shown(value, meant), _listing(known), fix)])
        elif value is not None:
            read = _read(known[name], value, limits.get(args_type, {}).get(name), limits, problems, where)
            if not problems.touches(where):
                values[name] = read
    for name, field in known.items():
        if field.required and args.get(name) is None:
            problems.add(_join(path, name), None, _describe(field.shape), "give it; it has no default")
    return values


def with_stand_ins(args: object, stand_ins: Mapping[str, Mapping[str, object]]) -> object:
    """Return the arguments with a stand-in for each required option that is filled in later, and was not given.

    `stand_ins` has such options by the path of the object that they belong to; an object that is not there stays away.
    """
    if not isinstance(args, Mapping):
        return args
    filled = dict(args)
    for path, options in stand_ins.items():
        first, _, rest = path.partition(".")
        inner = filled.get(first)
        if isinstance(inner, Mapping):
            filled[first] = with_stand_ins(inner, {rest: options}) if rest else {**options, **inner}
    return filled


@functools.cache
def fields(args_type: type) -> Mapping[str, Field]:
    """Return the options of a TypedDict by name, in the order in which they are declared."""
    required = typing.cast("Any", args_type).__required_keys__
    hints = inspect.get_annotations(args_type)  # get_type_hints cannot resolve the forward reference in pulumi.Input
    return {name: field_of(hint, required=name in required) for name, hint in hints.items()}


def field_of(hint: Any, *, required: bool) -> Field:  # noqa: ANN401 - type annotations are of any type
    """Read one annotation: the schema generator shares it, so that schema and reader agree."""
    if typing.get_origin(hint) in (typing.NotRequired, typing.Required):
        (hint,) = typing.get_args(hint)
    arms = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    outputs = [arm for arm in arms if typing.get_origin(arm) is Awaitable or isinstance(arm, typing.ForwardRef)]
    plain = [arm for arm in arms if arm not in outputs and arm is not types.NoneType]
    return Field(shape=plain[0], takes_outputs=bool(outputs), required=required)


def _read(field: Field, value: Any, limit: Limit | None, limits: Limits, problems: Problems, path: str) -> Any:  # noqa: ANN401, PLR0911, PLR0913, PLR0917 - one arm per shape of type
    if isinstance(value, (pulumi.Output, Awaitable)):
        if not field.takes_outputs:
            problems.add_output(
                path,
                f"{_describe(field.shape)}, known before anything is created",
                "give the value itself: it decides which resources exist",
            )
        return value
    shape = field.shape
    if shape is Any:
        return value
    if typing.is_typeddict(shape):
        return read_args(shape, value, limits, problems, path)
    origin = typing.get_origin(shape)
    if origin is list:
        if not isinstance(value, Sequence) or isinstance(value, str):
            problems.add(path, value, "a list", "write it as a list")
            return None
        item = field_of(typing.get_args(shape)[0], required=True)
        return [_read(item, entry, limit, limits, problems, f"{path}[{i}]") for i, entry in enumerate(value)]
    if origin is dict:
        if not isinstance(value, Mapping):
            problems.add(path, value, "a mapping", "write it as keys and values")
            return None
        entry_field = field_of(typing.get_args(shape)[1], required=True)
        return {
            str(key): _read(entry_field, entry, limit, limits, problems, _join(path, str(key)))
            for key, entry in value.items()
        }
    return _read_scalar(shape, value, limit, problems, path)


def _read_scalar(shape: type, value: Any, limit: Limit | None, problems: Problems, path: str) -> Any:  # noqa: ANN401 - plain values of any type
    if issubclass(shape, Enum):
        try:
            return shape(value)
        except ValueError:
            members = [str(member.value) for member in shape]
            near = closest(str(value), members)
            fix = f'did you mean "{near}"?' if near else "choose one of these"
            problems.add(path, value, " | ".join(members), fix)
            return None
    if shape is int and isinstance(value, float) and value.is_integer():
        value = int(value)
    wanted = (int, float) if shape is float else shape
    if not isinstance(value, wanted) or (isinstance(value, bool) and shape is not bool):
        allowed = limit.allowed if limit else _describe(shape)
        problems.extend([Problem(path, _shown(value, limit), allowed, f"write {_describe(shape)}")])
        return None
    if limit is not None and not limit.accepts(value):
        problems.extend([Problem(path, _shown(value, limit), limit.allowed, "choose an allowed value")])
        return None
    return value


def _shown(value: object, limit: Limit | None) -> str:
    return "a value that is not shown" if isinstance(limit, Confidential) else show(value)


def _describe(shape: Any) -> str:  # noqa: ANN401 - type annotations are of any type
    if shape in _PLAIN_NAMES:
        return _PLAIN_NAMES[shape]
    if isinstance(shape, type) and issubclass(shape, Enum):
        return " | ".join(str(member.value) for member in shape)
    if typing.get_origin(shape) is list:
        return "a list"
    return "a mapping"


def _listing(names: Mapping[str, Field]) -> str:
    return ", ".join(sorted(names))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
