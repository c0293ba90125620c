"""What other languages see of a database; the engine's own answer is tested with the engine."""

from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from pulumi_aws_mobile.ha_database import HAdatabase


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Analyzer("aws-mobile").analyze([HAdatabase])


def test_every_option_and_output_is_described(schema: dict[str, Any]) -> None:
    database = schema["component_definitions"]["HAdatabase"]
    types = schema["type_definitions"].values()
    properties = [database.inputs, database.outputs, *(definition.properties for definition in types)]
    assert not [name for group in properties for name, found in group.items() if not found.description]


def test_every_type_and_choice_is_described(schema: dict[str, Any]) -> None:
    types = schema["type_definitions"]
    assert set(types) == {
        "CrossRegionBackupArgs",
        "DatabaseAlarmArgs",
        "DatabaseBackupArgs",
        "DatabaseCredentials",
        "DatabaseEngine",
        "DatabaseInsights",
        "DatabaseMonitoringArgs",
        "DatabaseNetworkArgs",
        "DatabaseReplicaArgs",
        "DatabaseRestoreArgs",
        "DatabaseStorage",
        "DatabaseTopology",
    }
    assert all(definition.description for definition in types.values())
    assert all(choice.description for definition in types.values() for choice in definition.enum or [])


def test_no_option_must_be_given(schema: dict[str, Any]) -> None:
    assert all(option.optional for option in schema["component_definitions"]["HAdatabase"].inputs.values())
