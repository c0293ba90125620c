"""The shape of a resource handler: how one pulumi-aws resource type is made with real AWS API calls.

Inputs and outputs carry pulumi-aws's names on the wire (camelCase). A handler knows no Pulumi: both front doors, the
in-process one and the plugin, use the same handlers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Properties = dict[str, Any]


class Clients(Protocol):
    """Gives boto3 clients for the sandbox's AWS; the same one for the same service and Region."""

    region: str
    """The provider's Region, for resources that name none."""
    account: str
    """The account id."""
    partition: str
    """The partition, `aws` but for China and GovCloud."""

    def __call__(self, service: str, region: str | None = None) -> Any:  # noqa: ANN401 - boto3 clients are made at run time
        """Return the client of `service` in `region`."""
        ...


@dataclass(frozen=True, slots=True)
class AutoName:
    """Which input gets a generated name when the program gives none, as the official provider does."""

    property: str
    longest: int
    lowercase: bool = False
    separator: str = "-"
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """One pulumi-aws resource type."""

    token: str
    """The type token, for example `aws:rds/instance:Instance`."""
    create: Callable[[Clients, Properties], tuple[str, Properties]]
    """Make the resource from checked inputs; return its id and its outputs."""
    read: Callable[[Clients, str, Properties], Properties | None]
    """Return the outputs of what exists now under an id, given the last known ones; `None` if it is gone."""
    update: Callable[[Clients, str, Properties, Properties, Properties], Properties] | None = None
    """Change id from old outputs and old inputs to new inputs, in place; `None` if every change replaces."""
    delete: Callable[[Clients, str, Properties], None]
    """Delete id, given its outputs; succeed if it is already gone."""
    replace_on: frozenset[str] = frozenset()
    """Inputs whose change replaces the resource; nested ones by dots. The Region is always one."""
    delete_before_replace: bool = False
    """Whether AWS cannot hold the old and the new one together."""
    auto_name: AutoName | None = None
    required: frozenset[str] = frozenset()
    """Inputs without which the provider refuses."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Inputs that the provider fills in."""
    secret_outputs: frozenset[str] = frozenset()
    """Outputs that are always secret."""
    regional: bool = True
    """Whether it lives in a Region; false for IAM."""
    unordered: frozenset[str] = frozenset()
    """Paths of lists whose order means nothing to AWS."""
    validate: Callable[[Properties], list[tuple[str, str]]] | None = None
    """Say what the provider refuses before it calls AWS, as (property, reason)."""
    replaces: Callable[[Properties, Properties, Properties], list[str]] | None = None
    """Say, from old outputs, old and new inputs, which changes replace for reasons that `replace_on` cannot tell."""
    write_only: frozenset[str] = frozenset()
    """Inputs that are sent and never kept: a change of them alone is no difference."""
