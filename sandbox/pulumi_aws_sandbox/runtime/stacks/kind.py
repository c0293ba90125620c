"""What a type of resource is, and what the makers of all types share."""

import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.runtime.stacks.templates import Place

Properties = Mapping[str, Any]
Aws = Callable[[str], Any]
"""Gives the client of a service in the stack's Region."""

_LETTERS = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: what `Ref` and `Fn::GetAtt` give."""

    physical_id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of resource."""

    make: Callable[[Aws, Properties, str], Made]
    """Make it, with a name to use where the properties give none."""
    remove: Callable[[Aws, Made, Properties], None]
    """Delete it."""
    ready: Callable[[Aws, Made], Made | None] = lambda _, made: made
    """Return it, with all of its attributes, once it is ready."""


def generated_name(place: Place, logical_id: str) -> str:
    """Return the name that CloudFormation gives to what has none."""
    return f"{place.stack_name}-{logical_id}-{''.join(secrets.choice(_LETTERS) for _ in range(12))}"


def tags(properties: Properties, resource: str) -> dict[str, Any]:
    """Return the tags as an EC2 create call takes them; nothing if there are none."""
    wanted = properties.get("Tags")
    return {"TagSpecifications": [{"ResourceType": resource, "Tags": wanted}]} if wanted else {}


def given(properties: Properties, *names: str) -> dict[str, Any]:
    """Return those of the properties that are given."""
    return {name: properties[name] for name in names if name in properties}


def number(value: Any) -> int:  # noqa: ANN401 - templates write numbers as texts too
    """Return a number, which templates write as text too."""
    return int(value)


def flag(value: Any) -> bool:  # noqa: ANN401 - templates write truth as text too
    """Tell whether a property is true, which templates write as text too."""
    return value is True or str(value).lower() == "true"
