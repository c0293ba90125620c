"""What a rule sees of one resource: properties read by path, each answer one of four.

A property is *absent* (`None`), *unknown* until AWS has answered (`UNKNOWN`), *of the wrong type* (`WrongTypeError`,
which becomes a finding), or *known*. The accessors read values as the AWS provider does: the text "true" is a flag, the
text "7" and the float 7.0 are numbers, the empty text is absent. Lists and objects need not be Python's own: any
`Sequence` and `Mapping` will do.

Secrets can be compared but not shown: formatting one gives "(secret)".
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final, NoReturn

from aws_mobile_guard.policy_document import PolicyDocument


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


class WrongTypeError(Exception):
    """A property holds a value of a type that AWS would not take there."""

    def __init__(self, owner: str, path: str, found: str, wanted: str) -> None:
        """Say that at `path` something of the kind `found` stands where `wanted` belongs; the value is not kept."""
        super().__init__(f"{path}: {found} instead of {wanted}")
        self.owner = owner
        self.path = path
        self.found = found
        self.wanted = wanted


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


class Node:
    """An object inside a resource's properties (or all of them), read by path: `versioningConfiguration.status`."""

    __slots__ = ("_data", "_owner", "_path", "_secret")

    def __init__(self, data: Mapping[str, Any], owner: str = "", path: str = "", *, secret: bool = False) -> None:
        """Read from `data`, which stands at `path` of the resource whose URN is `owner`."""
        self._data = data
        self._owner = owner
        self._path = path
        self._secret = secret

    def path(self, path: str) -> str:
        """Return the full path, from the resource's properties on, of what this object calls `path`."""
        return f"{self._path}.{path}" if self._path else path

    def has(self, path: str) -> bool:
        """Tell whether something stands at `path`; an unknown value counts, an empty text or list does not."""
        value, _ = self._find(path)
        if value is UNKNOWN:
            return True
        return value is not None and not (isinstance(value, (str, Sequence, Mapping)) and len(value) == 0)

    def flag(self, path: str) -> bool | Unknown | None:
        """Return the true or false at `path`."""
        value, _ = self._find(path)
        if value is None or value is UNKNOWN or isinstance(value, bool):
            return value
        if isinstance(value, str) and value in {"true", "false", ""}:
            return {"true": True, "false": False}.get(value)
        return self._refuse(path, value, "true or false")

    def number(self, path: str) -> float | Unknown | None:
        """Return the number at `path`; whole numbers compare as such, though they may arrive as floats."""
        value, _ = self._find(path)
        if value is None or value is UNKNOWN or value == "":
            return None if value == "" else value
        if isinstance(value, bool):
            return self._refuse(path, value, "a number")
        if isinstance(value, (int, float)):
            return value
        if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                return self._refuse(path, value, "a number")
        return self._refuse(path, value, "a number")

    def text(self, path: str) -> str | Unknown | None:
        """Return the text at `path`."""
        value, secret = self._find(path)
        if value is None or value is UNKNOWN or value == "":
            return None if value == "" else value
        text = _as_text(value)
        if text is None:
            return self._refuse(path, value, "text")
        return Hidden(text) if secret else text

    def texts(self, path: str) -> Sequence[str | Unknown] | Unknown | None:
        """Return the list of texts at `path`, whose items may be unknown one by one; a single text is a list of one."""
        value, secret = self._find(path)
        if value is None or value is UNKNOWN or value == "":
            return None if value == "" else value
        if isinstance(value, str):
            return [Hidden(value) if secret else value]
        if not isinstance(value, Sequence):
            return self._refuse(path, value, "a list of texts")
        found: list[str | Unknown] = []
        for index, raw in enumerate(value):
            item, hidden = _open(raw)
            if item is UNKNOWN:
                found.append(UNKNOWN)
                continue
            text = _as_text(item)
            if text is None:
                return self._refuse(f"{path}[{index}]", item, "text")
            found.append(Hidden(text) if secret or hidden else text)
        return found

    def node(self, path: str) -> "Node | Unknown | None":
        """Return the object at `path`."""
        value, secret = self._find(path)
        if value is None or value is UNKNOWN:
            return value
        if isinstance(value, Mapping):
            return Node(value, self._owner, self.path(path), secret=secret)
        return self._refuse(path, value, "an object")

    def items(self, path: str) -> "Sequence[Node | Unknown] | Unknown | None":
        """Return the list of objects at `path`; a single object counts as a list of one."""
        value, secret = self._find(path)
        if value is None or value is UNKNOWN:
            return value
        if isinstance(value, Mapping):
            return [Node(value, self._owner, self.path(path), secret=secret)]
        if isinstance(value, str) or not isinstance(value, Sequence):
            return self._refuse(path, value, "a list of objects")
        found: list[Node | Unknown] = []
        for index, raw in enumerate(value):
            item, hidden = _open(raw)
            if item is UNKNOWN:
                found.append(UNKNOWN)
            elif isinstance(item, Mapping):
                found.append(Node(item, self._owner, self.path(f"{path}[{index}]"), secret=secret or hidden))
            else:
                return self._refuse(f"{path}[{index}]", item, "an object")
        return found

    def document(self, path: str) -> PolicyDocument | Unknown | None:
        """Return the IAM policy document at `path`, be it JSON text or an object."""
        value, secret = self._find(path)
        if value is None or value is UNKNOWN or value == "":
            return None if value == "" else value
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return self._refuse(path, value, "a JSON policy document")
        if not isinstance(value, Mapping):
            return self._refuse(path, value, "a JSON policy document")
        plain = _plain(value, secret=secret)
        return UNKNOWN if plain is UNKNOWN else PolicyDocument(plain)

    def known(self) -> Iterator[str]:
        """Go through the names of the properties that are given."""
        return iter(self._data)

    def _find(self, path: str) -> tuple[Any, bool]:
        value: Any = self._data
        secret = self._secret
        walked = ""
        for key in path.split("."):
            if not isinstance(value, Mapping):
                return self._refuse(walked, value, "an object")
            walked = f"{walked}.{key}" if walked else key
            value, hidden = _open(value.get(key))
            secret = secret or hidden
            if value is None or value is UNKNOWN:
                return value, secret
        return value, secret

    def _refuse(self, path: str, value: object, wanted: str) -> NoReturn:
        raise WrongTypeError(self._owner, self.path(path), kind(value), wanted)


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


def _open(value: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a value as it came over the wire
    """Return a value without Pulumi's wrappings, and whether one of them said that it is secret."""
    if isinstance(value, str):
        return (UNKNOWN, False) if value in _UNKNOWN_MARKS else (value, False)
    if isinstance(value, Mapping):
        signature = value.get(_SIGNATURE)
        if signature == _SECRET:
            return _open(value.get("value"))[0], True
        if signature == _OUTPUT:
            inner = _open(value["value"])[0] if "value" in value else UNKNOWN
            return inner, bool(value.get("secret"))
        return value, False
    if value is None or isinstance(value, (bool, int, float, Sequence)) or value is UNKNOWN:
        return value, False
    # The recording monitor's `Secret`, and any like it.
    return (_open(value.value)[0], True) if hasattr(value, "value") else (value, False)


def _plain(value: Any, *, secret: bool) -> Any:  # noqa: ANN401 - any JSON value
    """Return a document with wrappings opened and secrets hidden; `UNKNOWN` if any part of it is unknown."""
    value, hidden = _open(value)
    secret = secret or hidden
    if isinstance(value, str):
        return Hidden(value) if secret else value
    if isinstance(value, Mapping):
        parts = {key: _plain(part, secret=secret) for key, part in value.items()}
        return UNKNOWN if any(part is UNKNOWN for part in parts.values()) else parts
    if isinstance(value, Sequence):
        items = [_plain(part, secret=secret) for part in value]
        return UNKNOWN if any(item is UNKNOWN for item in items) else items
    return value


def _as_text(value: Any) -> str | None:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, (int, float)) else None
