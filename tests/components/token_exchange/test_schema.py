"""What other languages see of a token exchange; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.token_exchange import TokenExchange


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([TokenExchange])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    exchange = schema["component_definitions"]["TokenExchange"]
    types = schema["type_definitions"].values()
    properties = [exchange.inputs, exchange.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_only_the_user_pool_must_be_given(schema: dict[str, Any]) -> None:
    options = schema["component_definitions"]["TokenExchange"].inputs
    assert [name for name, option in options.items() if not option.optional] == ["userPoolId", "userPoolArn"]
