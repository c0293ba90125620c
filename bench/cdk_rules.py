"""The three things that a Pulumi resource can be in CloudFormation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Properties = Mapping[str, Any]
"""Properties in the CDK's JavaScript spelling."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A second resource that CloudFormation needs for the same.

    Texts are `str.format`ted with the `index`, the `name`, the `region` and the `inputs` of the first one.
    """

    type: str
    properties: Mapping[str, str]
    outputs: Mapping[str, str] = field(default_factory=dict)
    """From a Pulumi output of the first resource to the attribute of this one."""
    overrides: Mapping[str, str] = field(default_factory=dict)
    """Properties that the construct has no argument for, as CloudFormation spells them."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A resource type of its own."""

    type: str
    properties: Mapping[str, str | Callable[[Any], Properties]]
    """From a Pulumi input to the CDK's name of the same, or to what it becomes; an empty name drops it."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """From a Pulumi output to the attribute of the construct; `id` is `ref` and `arn` is `attrArn` unless given.

    What CloudFormation has no attribute for is a text, `str.format`ted like a companion's, or a word after `=`.
    """
    also: Properties = field(default_factory=dict)
    """Properties that CloudFormation wants besides."""
    companion: Companion | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """Properties of another resource, which `owner`, one of the inputs, refers to."""

    owner: str
    path: str
    """The property of the template by which it is found again, as CloudFormation spells it."""
    make: Callable[[Properties], Properties]
    """From the Pulumi inputs to the properties that are merged into the owner's."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of CloudFormation."""

    why: str


Rule = Counterpart | Folded | Expression

# Inputs that have no counterpart because a stack as a whole has it, or because they speak to the provider alone.
DROPPED = frozenset({"region", "forceDestroy", "recoveryWindowInDays", "keepers", "skipDestroy", "timeouts"})


def same(*names: str) -> dict[str, str]:
    """Return properties that are named alike on both sides."""
    return {name: name for name in names}
