"""A CDK app as data: stacks, constructs of the lowest level, and values with references in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .cdk_rules import Rule


@dataclass(frozen=True, slots=True)
class Get:
    """An attribute of a construct."""

    index: int
    attribute: str


@dataclass(frozen=True, slots=True)
class Last:
    """The last part of an ARN."""

    arn: Get


@dataclass(frozen=True, slots=True)
class Join:
    """Pieces of text, one after the other."""

    pieces: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Unique:
    """Something that differs between stacks and stays the same in one."""


@dataclass(slots=True)
class Construct:
    """One construct of the lowest level."""

    index: int
    region: str
    type: str
    name: str
    properties: dict[str, Any] = field(default_factory=dict)
    overrides: dict[str, Any] = field(default_factory=dict)
    """Properties that are set one by one afterwards, as CloudFormation spells them."""
    retain: bool = False
    waits: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class App:
    """A CDK app."""

    regions: tuple[str, ...]
    constructs: tuple[Construct, ...]
    outputs: Mapping[str, Any]
    counts: Mapping[str, "Count"]
    """What each Pulumi type has become."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often a Pulumi type occurs, and how often what it has become must occur in the templates."""

    resources: int
    rule: Rule
