"""What other languages see of users' files; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.user_files import UserFiles


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([UserFiles])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    files = schema["component_definitions"]["UserFiles"]
    types = schema["type_definitions"].values()
    properties = [files.inputs, files.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_no_option_must_be_given(schema: dict[str, Any]) -> None:
    assert all(option.optional for option in schema["component_definitions"]["UserFiles"].inputs.values())
