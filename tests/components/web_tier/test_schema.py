"""What other languages see of a web tier; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from components.web_tier.building import SECRET
from jsonschema import Draft202012Validator
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.json_schema import object_schema
from pulumi_aws_mobile.web_tier import WebTier, WebTierArgs
from pulumi_aws_mobile.web_tier.limits import LIMITS


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([WebTier])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    web_tier = schema["component_definitions"]["WebTier"]
    types = schema["type_definitions"].values()
    properties = [web_tier.inputs, web_tier.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_only_the_source_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["WebTier"].inputs
    assert [name for name, option in options.items() if not option.optional] == ["source"]


def test_a_stack_file_may_hold_what_a_web_tier_takes() -> None:
    validator = Draft202012Validator(object_schema(WebTierArgs, LIMITS))
    environments = {"dev": {"environment": {"STAGE": "", "RDS_PORT": "3306"}, "secrets": {"RDS_PASSWORD": SECRET}}}
    assert not list(validator.iter_errors({"source": "app", "environments": environments}))
    wrong = {"source": "app", "secrets": {"RDS_PASSWORD": "hunter2"}, "instances": {"min": -1}}
    assert {error.json_path for error in validator.iter_errors(wrong)} == {
        "$.secrets.RDS_PASSWORD",
        "$.instances.min",
    }
