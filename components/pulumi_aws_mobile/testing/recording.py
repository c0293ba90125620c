"""What a program registered, read back from the wire."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime import rpc
from pulumi.runtime.proto import resource_pb2

UNKNOWN = rpc.UNKNOWN
"""Stands in `Recorded.inputs` where a value is only known once AWS has answered."""

_SIGNATURE = rpc._special_sig_key  # noqa: SLF001 - the wire format has no public name
_SECRET = rpc._special_secret_sig  # noqa: SLF001 - the wire format has no public name


class Secret:
    """A value that travels as a secret; compares equal to another `Secret` with the same value."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        """Mark `value` as secret."""
        self.value = value

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is a secret with the same value."""
        return isinstance(other, Secret) and self.value == other.value

    def __hash__(self) -> int:
        """Hash by the value."""
        return hash(("secret", str(self.value)))

    def __repr__(self) -> str:
        """Never show the value."""
        return "Secret(…)"


@dataclass(frozen=True, eq=False)
class Recorded:
    """One registered resource, as the engine would have received it."""

    urn: str
    request: resource_pb2.RegisterResourceRequest = field(repr=False)
    reply: struct_pb2.Struct = field(repr=False)
    """The output properties that were answered."""
    id: str
    """The physical id; empty in a preview."""

    @property
    def type(self) -> str:
        """The type token, for example `aws:rds/instance:Instance`."""
        return self.request.type

    @property
    def name(self) -> str:
        """The logical name."""
        return self.request.name

    @property
    def parent(self) -> str:
        """The URN of the parent; empty for the stack itself."""
        return self.request.parent

    @property
    def custom(self) -> bool:
        """Whether a provider manages it; false for components."""
        return self.request.custom

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """The inputs by their names on the wire (camelCase), secrets as `Secret`, unknown values as `UNKNOWN`."""
        return read_fields(self.request.object)

    @cached_property
    def outputs(self) -> dict[str, Any]:
        """The answered outputs, read like `inputs`."""
        return read_fields(self.reply)

    @property
    def protect(self) -> bool:
        """Whether the option `protect` is on."""
        return self.request.protect

    @property
    def retain_on_delete(self) -> bool:
        """Whether the option `retain_on_delete` is on."""
        return self.request.retainOnDelete

    @property
    def ignore_changes(self) -> list[str]:
        """The properties whose changes are ignored."""
        return list(self.request.ignoreChanges)

    @property
    def additional_secret_outputs(self) -> list[str]:
        """The outputs that are kept secret besides those that are by themselves."""
        return list(self.request.additionalSecretOutputs)

    @property
    def dependencies(self) -> list[str]:
        """The URNs that it waits for."""
        return list(self.request.dependencies)

    @property
    def property_dependencies(self) -> dict[str, list[str]]:
        """The URNs that each input comes from; filled in a preview too."""
        return {key: list(value.urns) for key, value in self.request.propertyDependencies.items()}

    @property
    def aliases(self) -> list[str]:
        """The URNs, names or types under which the engine may find it too."""
        return [alias.urn or alias.spec.name or alias.spec.type for alias in self.request.aliases]


class Recording:
    """Everything a program registered, in order."""

    def __init__(self) -> None:
        """Start empty."""
        self.resources: list[Recorded] = []
        self.stack_outputs: dict[str, Any] = {}
        self.component_outputs: dict[str, dict[str, Any]] = {}
        """The registered outputs of components, by URN."""

    def __iter__(self) -> Iterator[Recorded]:
        """Go through the resources in the order of registration, components included."""
        return iter(self.resources)

    @property
    def urns(self) -> list[str]:
        """The URNs in the order of registration."""
        return [resource.urn for resource in self.resources]

    def of_type(self, type_: str) -> list[Recorded]:
        """Return the resources with the type token `type_`."""
        return [resource for resource in self.resources if resource.type == type_]

    def only(self, type_: str) -> Recorded:
        """Return the one resource with the type token `type_`; raise `LookupError` if there is not exactly one."""
        found = self.of_type(type_)
        if len(found) != 1:
            message = f"{len(found)} resources of type {type_}: {[resource.name for resource in found]}"
            raise LookupError(message)
        return found[0]

    def named(self, name: str) -> Recorded:
        """Return the one resource with the logical name `name`; raise `LookupError` if there is not exactly one."""
        found = [resource for resource in self.resources if resource.name == name]
        if len(found) != 1:
            names = sorted(resource.name for resource in self.resources)
            message = f'{len(found)} resources are named "{name}"; there are: {", ".join(names)}'
            raise LookupError(message)
        return found[0]

    def children(self, urn: str) -> list[Recorded]:
        """Return the resources whose parent is `urn`."""
        return [resource for resource in self.resources if resource.parent == urn]


def read_fields(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Read the fields by name: protobuf keeps them in no order of its own."""
    return {key: _read(struct.fields[key]) for key in sorted(struct.fields)}


def _read(value: struct_pb2.Value) -> Any:  # noqa: ANN401 - any JSON value, with secrets marked
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        fields = value.struct_value.fields
        if _SIGNATURE in fields and fields[_SIGNATURE].string_value == _SECRET:
            return Secret(_read(fields["value"]))
        return read_fields(value.struct_value)
    if kind == "list_value":
        return [_read(item) for item in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "null_value":
        return None
    return value.bool_value if kind == "bool_value" else value.string_value
