"""IAM's patterns: wildcards, policy variables, and ARNs compared part by part.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

Context = Mapping[str, str | list[str]]
"""What is known of a request, by condition key in lower case; a list where the key has many values."""

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_DEFAULT = re.compile(r"^\s*([^,]*?)\s*,\s*'(.*)'\s*$", re.DOTALL)
_LITERALS = {"*", "?", "$"}
_WILDCARDS = {"*": ".*", "?": "."}
_ARN_PARTS = 6


def matches(pattern: str, value: str, context: Context | None = None) -> bool:
    """Tell whether `value` fits `pattern`; its variables are filled from `context`, literally if there is none."""
    expression = _expression(pattern, context)
    return expression is not None and _compiled(expression).fullmatch(value) is not None


def equals(text: str, value: str, context: Context | None = None) -> bool:
    """Tell whether `value` is `text` once its variables are filled; a wildcard stands for itself."""
    filled = fill(text, context)
    return filled is not None and filled == value


def arn_matches(pattern: str, arn: str, context: Context | None = None) -> bool:
    """Tell whether an ARN fits a pattern part by part; parts that the pattern leaves out fit anything."""
    if pattern == "*":
        return True
    patterns = _arn_parts(pattern)
    if not patterns or patterns[0] != "arn":
        return matches(pattern, arn, context)
    parts = arn.split(":", _ARN_PARTS - 1)
    patterns += ["*"] * (_ARN_PARTS - len(patterns))
    return len(parts) == _ARN_PARTS and all(
        matches(one, part, context) for one, part in zip(patterns, parts, strict=True)
    )


def fill(text: str, context: Context | None) -> str | None:
    """Return `text` with its variables filled, or `None` if one has no single value and no default."""
    if context is None or "${" not in text:
        return text
    filled, end = [], 0
    for found in _VARIABLE.finditer(text):
        value = _value(found.group(1), context)
        if value is None:
            return None
        filled += [text[end : found.start()], value]
        end = found.end()
    return "".join([*filled, text[end:]])


def _arn_parts(pattern: str) -> list[str]:
    """Split an ARN pattern at its colons, but not at those of its variables."""
    hidden = _VARIABLE.sub(lambda found: found.group().replace(":", "\0"), pattern)
    return [part.replace("\0", ":") for part in hidden.split(":", _ARN_PARTS - 1)]


def _expression(pattern: str, context: Context | None) -> str | None:
    """Return the regular expression of a pattern; what a variable holds stands for itself."""
    if context is None or "${" not in pattern:
        return _wild(pattern)
    pieces, end = [], 0
    for found in _VARIABLE.finditer(pattern):
        value = _value(found.group(1), context)
        if value is None:
            return None
        pieces += [_wild(pattern[end : found.start()]), re.escape(value)]
        end = found.end()
    return "".join([*pieces, _wild(pattern[end:])])


@lru_cache(maxsize=4096)
def _wild(text: str) -> str:
    return "".join(_WILDCARDS.get(character) or re.escape(character) for character in text)


def _value(variable: str, context: Context) -> str | None:
    if variable in _LITERALS:
        return variable
    name, default = variable.strip(), None
    if found := _DEFAULT.match(variable):
        name, default = found.groups()
    value = context.get(name.lower())
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return default if value is None else value


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.DOTALL)


def listed(value: object) -> list[object]:
    """Return one or more of anything as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def texts(value: object) -> list[str]:
    """Return one or more JSON values as IAM compares them: as text, with booleans in lower case."""
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in listed(value)]


def lowered(facts: Mapping[str, str | Iterable[str]]) -> dict[str, str | list[str]]:
    """Return facts under their condition keys in lower case, as the evaluator reads them."""
    return {key.lower(): value if isinstance(value, str) else list(value) for key, value in facts.items()}
