"""What other languages and editors see of a pair; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.dr_pair import DRPair, DRPairArgs
from pulumi_aws_mobile.dr_pair.settings import LIMITS
from pulumi_aws_mobile.json_schema import object_schema


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([DRPair])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    pair = schema["component_definitions"]["DRPair"]
    types = schema["type_definitions"].values()
    properties = [pair.inputs, pair.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_only_the_two_sites_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["DRPair"].inputs
    assert [name for name, option in options.items() if not option.optional] == ["primary", "recovery"]


def test_an_editor_refuses_what_the_constructor_refuses() -> None:
    options = object_schema(DRPairArgs, LIMITS)["properties"]
    assert options["traffic"]["properties"]["ttl_seconds"]["maximum"] == 60
    assert options["strategy"]["enum"] == ["backup_restore", "pilot_light", "warm_standby", "multi_site", None]
