"""One resource: its properties, and what surrounds them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aws_mobile_guard.view import UNKNOWN, Node, Unknown, WrongTypeError

# The properties by which one AWS resource names another.
_IDENTITIES = ("id", "arn", "name", "bucket", "identifier", "clusterIdentifier", "keyId")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceInput:
    """A resource as it was registered, in plain data."""

    urn: str
    type: str
    """The type token, for example `aws:rds/instance:Instance`."""
    name: str
    """The logical name."""
    properties: Mapping[str, Any]
    """The inputs by their names on the wire (camelCase).

    Unknown values are Pulumi's marks, secrets Pulumi's wrappers or objects with a `value`.
    """
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """What AWS answered, if it has; only used to tell which resource refers to which."""
    property_dependencies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The URNs that each property comes from."""
    protect: bool = False
    """Whether the resource option `protect` is on."""
    id: str = ""
    """The physical id, once known."""
    provider: str = ""
    """Which provider manages it, where it is not the default one; only compared."""
    provider_region: str | None = None
    """The Region of that provider, where known."""


class Resource(Node):
    """A resource as a rule sees it."""

    __slots__ = ("_input",)

    def __init__(self, source: ResourceInput) -> None:
        """Show `source`."""
        super().__init__(source.properties, source.urn)
        self._input = source

    @property
    def urn(self) -> str:
        """The URN."""
        return self._input.urn

    @property
    def type(self) -> str:
        """The type token."""
        return self._input.type

    @property
    def name(self) -> str:
        """The logical name."""
        return self._input.name

    @property
    def id(self) -> str:
        """The physical id; empty while unknown."""
        return self._input.id

    @property
    def protect(self) -> bool:
        """Whether the option `protect` is on."""
        return self._input.protect

    @property
    def place(self) -> str | Unknown:
        """Where it lives, for comparison: its Region, or else the provider's, or else the provider itself."""
        region = self.text("region")
        return (self._input.provider_region or self._input.provider) if region is None else region

    @property
    def identities(self) -> set[str]:
        """The texts by which other resources may refer to it, as far as they are known."""
        found = {self.id} if self.id else set()
        for node in (Node(self._input.outputs), self):
            for name in _IDENTITIES:
                with suppress(WrongTypeError):
                    value = node.text(name)
                    if value is not None and value is not UNKNOWN:
                        found.add(value)
        return found

    def sources(self, name: str) -> Sequence[str]:
        """Return the URNs that the top-level property `name` comes from."""
        return self._input.property_dependencies.get(name, ())
