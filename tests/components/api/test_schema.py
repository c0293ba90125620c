"""What other languages see of an API; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.api import Api


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([Api])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    api = schema["component_definitions"]["Api"]
    types = schema["type_definitions"].values()
    properties = [api.inputs, api.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_only_the_routes_must_be_given(schema: dict[str, Any]) -> None:
    inputs = schema["component_definitions"]["Api"].inputs
    assert [name for name, option in inputs.items() if not option.optional] == ["contributions"]


def test_no_output_has_a_name_that_pulumi_keeps_for_itself(schema: dict[str, Any]) -> None:
    assert not {"id", "urn"} & set(schema["component_definitions"]["Api"].outputs)
