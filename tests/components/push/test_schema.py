"""What other languages see of push notifications; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.push import PushNotifications


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([PushNotifications])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    push = schema["component_definitions"]["PushNotifications"]
    types = [each for each in schema["type_definitions"].values() if each.properties]
    properties = [push.inputs, push.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_nothing_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["PushNotifications"].inputs
    assert [name for name, option in options.items() if not option.optional] == []
