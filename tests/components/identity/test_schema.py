"""What other languages see of an identity; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.identity.limits import LIMITS
from pulumi_aws_mobile.json_schema import object_schema


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([Identity])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    identity = schema["component_definitions"]["Identity"]
    types = schema["type_definitions"].values()
    properties = [identity.inputs, identity.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_every_type_and_choice_is_described(schema: dict[str, Any]) -> None:
    types = schema["type_definitions"].values()
    assert all(definition.description for definition in types)
    assert all(choice.description for definition in types for choice in definition.enum or [])


def test_no_option_must_be_given(schema: dict[str, Any]) -> None:
    assert all(option.optional for option in schema["component_definitions"]["Identity"].inputs.values())


def test_an_editor_is_told_of_every_option() -> None:
    described = object_schema(IdentityArgs, LIMITS)
    assert list(described["properties"]) == list(IdentityArgs.__annotations__)
    assert described["properties"]["tier"]["enum"] == ["lite", "essentials", "plus", None]
