"""What other languages see of data sync; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.data_sync import DataSync


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([DataSync])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    sync = schema["component_definitions"]["DataSync"]
    types = schema["type_definitions"].values()
    properties = [sync.inputs, sync.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_nothing_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["DataSync"].inputs
    assert [name for name, option in options.items() if not option.optional] == []
