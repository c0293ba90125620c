"""What other languages see of analytics; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.analytics import Analytics


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([Analytics])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    analytics = schema["component_definitions"]["Analytics"]
    types = schema["type_definitions"].values()
    properties = [analytics.inputs, analytics.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_no_option_must_be_given(schema: dict[str, Any]) -> None:
    assert all(option.optional for option in schema["component_definitions"]["Analytics"].inputs.values())
