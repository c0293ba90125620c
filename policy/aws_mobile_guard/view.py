"""What a rule sees of one resource: properties read by path, each answer one of four.

A property is *absent* (`None`), *unknown* until AWS has answered (`UNKNOWN`), *of the wrong type* (`WrongTypeError`,
which becomes a finding), or *known*. The accessors read values as the AWS provider does: the text "true" is a flag, the
text "7" and the float 7.0 are numbers, the empty text is absent. Lists and objects need not be Python's own: any
`Sequence` and `Mapping` will do.

Secrets can be compared but not shown: formatting one gives "(secret)".
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from aws_mobile_guard.policy_document import PolicyDocument
from aws_mobile_guard.wire import UNKNOWN, UNKNOWN_TEXT, Hidden, Unknown, as_text, kind, plain, unwrap

__all__ = ["UNKNOWN", "UNKNOWN_TEXT", "Hidden", "Node", "Unknown", "WrongTypeError"]


class WrongTypeError(Exception):
    """A property holds a value of a type that AWS would not take there."""

    def __init__(self, owner: str, path: str, found: str, wanted: str) -> None:
        """Say that at `path` something of the kind `found` stands where `wanted` belongs; the value is not kept."""
        super().__init__(f"{path}: {found} instead of {wanted}")
        self.owner = owner
        self.path = path
        self.found = found
        self.wanted = wanted


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
        text = as_text(value)
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
            item, hidden = unwrap(raw)
            if item is UNKNOWN:
                found.append(UNKNOWN)
                continue
            text = as_text(item)
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
            item, hidden = unwrap(raw)
            if item is UNKNOWN:
                found.append(UNKNOWN)
            elif isinstance(item, Mapping):
                found.append(Node(item, self._owner, self.path(f"{path}[{index}]"), secret=secret or hidden))
            else:
                return self._refuse(f"{path}[{index}]", item, "an object")
        return found

    def document(self, path: str) -> PolicyDocument | Unknown | None:
        """Return the IAM policy document at `path`, be it JSON text or an object."""
        value, secret = self._parse(path, "a JSON policy document")
        if value is None or value is UNKNOWN:
            return value
        data = plain(value, secret=secret)
        return UNKNOWN if data is UNKNOWN else PolicyDocument(data)

    def json(self, path: str, wanted: str) -> "Node | Unknown | None":
        """Return the object at `path`, be it JSON text or an object; `wanted` says what it should be."""
        value, secret = self._parse(path, wanted)
        if value is None or value is UNKNOWN:
            return value
        return Node(value, self._owner, self.path(path), secret=secret)

    def child(self, name: str) -> "Node | Unknown | None":
        """Return the object called `name`, which may hold dots."""
        value, hidden = unwrap(self._data.get(name))
        if value is None or value is UNKNOWN:
            return value
        if isinstance(value, Mapping):
            return Node(value, self._owner, self.path(name), secret=self._secret or hidden)
        return self._refuse(name, value, "an object")

    @property
    def secret(self) -> bool:
        """Whether all of it came marked as secret."""
        return self._secret

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
            value, hidden = unwrap(value.get(key))
            secret = secret or hidden
            if value is None or value is UNKNOWN:
                return value, secret
        return value, secret

    def _parse(self, path: str, wanted: str) -> tuple[Any, bool]:
        value, secret = self._find(path)
        if value is None or value is UNKNOWN or value == "":
            return (None if value == "" else value), secret
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return self._refuse(path, value, wanted)
        return (value, secret) if isinstance(value, Mapping) else self._refuse(path, value, wanted)

    def _refuse(self, path: str, value: object, wanted: str) -> NoReturn:
        raise WrongTypeError(self._owner, self.path(path), kind(value), wanted)
