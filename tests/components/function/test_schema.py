"""What other languages see of a function; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.function import Function


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([Function])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    function = schema["component_definitions"]["Function"]
    types = schema["type_definitions"].values()
    properties = [function.inputs, function.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_only_the_source_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["Function"].inputs
    assert [name for name, option in options.items() if not option.optional] == ["source"]
