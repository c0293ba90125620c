"""Filter criteria of event source mappings: which records reach the function.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_MOST_CONDITIONS = 5
_OR = "$or"
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_MISSING = object()


def problem(criteria: Mapping[str, Any] | None) -> str | None:
    """Return what is wrong with filter criteria, if anything is."""
    filters = (criteria or {}).get("Filters") or []
    if len(filters) > _MOST_CONDITIONS:
        return f"at most {_MOST_CONDITIONS} filters are allowed: got {len(filters)}"
    for each in filters:
        try:
            pattern = json.loads(each.get("Pattern") or "{}")
        except ValueError as error:
            return f"Invalid filter pattern definition: {error}"
        reason = _wrong(pattern, "")
        if reason is not None:
            return f"Invalid filter pattern definition: {reason}"
    return None


def admit(criteria: Mapping[str, Any] | None, subject: Mapping[str, Any]) -> bool:
    """Tell whether a record passes: any filter is enough, and without filters everything passes."""
    filters = (criteria or {}).get("Filters") or []
    return not filters or any(_fits(json.loads(each.get("Pattern") or "{}"), subject) for each in filters)


def _wrong(pattern: object, path: str) -> str | None:
    if not isinstance(pattern, Mapping):
        return f"{path or 'the pattern'} is an object or a list of conditions"
    for name, wanted in pattern.items():
        where = f"{path}.{name}".strip(".")
        if name == _OR and isinstance(wanted, list):
            parts = [_wrong(each, where) for each in wanted]
            reason = next((each for each in parts if each), None)
        elif isinstance(wanted, list):
            reason = f"{where} has no conditions" if not wanted else None
            reason = reason or next((found for each in wanted if (found := _wrong_condition(each, where))), None)
        else:
            reason = _wrong(wanted, where)
        if reason is not None:
            return reason
    return None


def _wrong_condition(condition: object, where: str) -> str | None:
    if not isinstance(condition, Mapping):
        return f"{where}: a list is no condition" if isinstance(condition, list) else None
    if len(condition) != 1 or next(iter(condition)) not in _KINDS:
        known = ", ".join(sorted(_KINDS))
        return f"{where}: got the condition {json.dumps(condition)}; known are {known}"
    return None


def _fits(pattern: Mapping[str, Any], subject: object) -> bool:
    found = subject if isinstance(subject, Mapping) else {}
    for name, wanted in pattern.items():
        if name == _OR and isinstance(wanted, list):
            if not any(_fits(each, subject) for each in wanted):
                return False
        elif isinstance(wanted, list):
            if not _any(wanted, found.get(name, _MISSING)):
                return False
        elif not _fits(wanted, found.get(name)):
            return False
    return True


def _any(conditions: Sequence[Any], value: object) -> bool:
    """Tell whether any condition holds for a value, or for any value of a list."""
    values = value if isinstance(value, list) and value else [value]
    return any(_holds(condition, each) for condition in conditions for each in values)


def _holds(condition: object, value: object) -> bool:
    if isinstance(condition, Mapping):
        ((kind, argument),) = condition.items()
        return _KINDS[kind](argument, value)
    return _equals(condition, value)


def _equals(wanted: object, value: object) -> bool:
    # True is no number, as JSON sees it.
    return wanted == value and isinstance(wanted, bool) == isinstance(value, bool)


def _exists(wanted: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    leaf = value is not _MISSING and not isinstance(value, Mapping)
    return leaf is bool(wanted)


def _prefix(wanted: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(value, str) and value.startswith(wanted)


def _suffix(wanted: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(value, str) and value.endswith(wanted)


def _but(wanted: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    if value is _MISSING:
        return False
    listed = wanted if isinstance(wanted, list) else [wanted]
    return not any(_holds(each, value) for each in listed)


def _numeric(wanted: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    pairs = zip(wanted[::2], wanted[1::2], strict=True)
    return all(_COMPARED[sign](value, bound) for sign, bound in pairs)


def _same_letters(wanted: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(value, str) and value.casefold() == str(wanted).casefold()


_KINDS: dict[str, Callable[[Any, object], bool]] = {
    "anything-but": _but,
    "equals-ignore-case": _same_letters,
    "exists": _exists,
    "numeric": _numeric,
    "prefix": _prefix,
    "suffix": _suffix,
}
