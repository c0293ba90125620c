"""What other languages see of a self-healing; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.self_healing import SelfHealing


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([SelfHealing])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    healing = schema["component_definitions"]["SelfHealing"]
    types = schema["type_definitions"].values()
    properties = [healing.inputs, healing.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_only_the_topic_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["SelfHealing"].inputs
    assert [name for name, option in options.items() if not option.optional] == ["pageTopicArn"]
