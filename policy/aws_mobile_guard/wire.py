"""What values look like on Pulumi's wire: marks for what is not known yet, wrappings for what is secret."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final


class Unknown(Enum):
    """The type of `UNKNOWN`."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Refuse: an unknown value is neither true nor false, so a rule has to ask for it by `is UNKNOWN`."""
        message = "an unknown value has no truth; compare it by `is UNKNOWN`"
        raise TypeError(message)


UNKNOWN: Final = Unknown.UNKNOWN
"""The answer for a value that is only known once AWS has answered."""

UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How Pulumi writes an unknown text on the wire."""

# Pulumi's other marks for values that are not known yet: boolean, number, array, asset, archive, object.
_UNKNOWN_MARKS: Final = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
# Pulumi wraps special values in an object with this key; its value says which kind it is.
_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - Pulumi's mark for a secret, not a password
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


class Hidden(str):
    """A secret text: compares as itself, shows as "(secret)"."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return a placeholder."""
        return "(secret)"

    def __repr__(self) -> str:
        """Return a placeholder."""
        return "(secret)"

    def __format__(self, _: str) -> str:
        """Return a placeholder."""
        return "(secret)"


def kind(value: object) -> str:
    """Name the kind of a value without showing it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, Sequence) else "something else"


def unwrap(value: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a value as it came over the wire
    """Return a value without Pulumi's wrappings, and whether one of them said that it is secret."""
    if isinstance(value, str):
        return (UNKNOWN, False) if value in _UNKNOWN_MARKS else (value, False)
    if isinstance(value, Mapping):
        signature = value.get(_SIGNATURE)
        if signature == _SECRET:
            return unwrap(value.get("value"))[0], True
        if signature == _OUTPUT:
            inner = unwrap(value["value"])[0] if "value" in value else UNKNOWN
            return inner, bool(value.get("secret"))
        return value, False
    if value is None or isinstance(value, (bool, int, float, Sequence)) or value is UNKNOWN:
        return value, False
    # The recording monitor's `Secret`, and any like it.
    return (unwrap(value.value)[0], True) if hasattr(value, "value") else (value, False)


def plain(value: Any, *, secret: bool) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value with wrappings opened and secrets hidden; `UNKNOWN` if any part of it is unknown."""
    value, hidden = unwrap(value)
    secret = secret or hidden
    if isinstance(value, str):
        return Hidden(value) if secret else value
    if isinstance(value, Mapping):
        parts = {key: plain(part, secret=secret) for key, part in value.items()}
        return UNKNOWN if any(part is UNKNOWN for part in parts.values()) else parts
    if isinstance(value, Sequence):
        items = [plain(part, secret=secret) for part in value]
        return UNKNOWN if any(item is UNKNOWN for item in items) else items
    return value


def as_text(value: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """Return a text, a number or a flag as the AWS provider would write it; none for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, (int, float)) else None
