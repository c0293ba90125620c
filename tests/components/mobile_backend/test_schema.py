"""What other languages see of a backend; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.user_files import UserFiles


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([MobileBackend])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    backend = schema["component_definitions"]["MobileBackend"]
    types = schema["type_definitions"].values()
    properties = [backend.inputs, backend.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_no_option_must_be_given(schema: dict[str, Any]) -> None:
    assert all(option.optional for option in schema["component_definitions"]["MobileBackend"].inputs.values())


def test_its_outputs_are_those_of_its_parts(schema: dict[str, Any]) -> None:
    outputs = set(schema["component_definitions"]["MobileBackend"].outputs)
    parts = Analyzer("aws-mobile").analyze([Identity, UserFiles])["component_definitions"]
    own = {
        "userFilesBucketName",
        "apiUrl",
        "apiKeys",
        "tokenIssuer",
        "tokenKeys",
        "environmentNames",
        "dataChangesTopicArn",
        "pushTopicArns",
        "sendFunctionName",
        "analyticsClientConfig",
        "analyticsDashboardName",
        "client",
    }
    assert outputs == {*parts["Identity"].outputs, *own}
