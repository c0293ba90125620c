"""What is seen of an environment, and the one update that scales it; AWS's answers as it writes them."""

from typing import Any

import pytest
from botocore.client import BaseClient
from components.dr_pair.functions.plans import plan

from pulumi_aws_mobile.dr_pair.functions.recovery import clients
from pulumi_aws_mobile.dr_pair.functions.recovery.effects import Scale
from pulumi_aws_mobile.dr_pair.functions.recovery.sights import EnvironmentLook, EnvironmentSeen
from pulumi_aws_mobile.dr_pair.functions.recovery.world import Aws

WORLD = Aws(plan("warm_standby"))
LOOK = EnvironmentLook("recovery", "shop-recovery")
SIZE, VARIABLES = "aws:autoscaling:asg", "aws:elasticbeanstalk:application:environment"

Asked = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let AWS answer this."""
    told: dict[str, Any] = {
        "DescribeEnvironments": {"Environments": [{"ApplicationName": "shop", "Status": "Ready", "Health": "Green"}]},
        "DescribeConfigurationSettings": {
            "ConfigurationSettings": [
                {
                    "OptionSettings": [
                        {"Namespace": SIZE, "OptionName": "MinSize", "Value": "1"},
                        {"Namespace": SIZE, "OptionName": "MaxSize", "Value": "2"},
                        {"Namespace": VARIABLES, "OptionName": "RDS_HOSTNAME", "Value": "db.example.com"},
                        {"Namespace": "aws:elasticbeanstalk:command", "OptionName": "BatchSize"},
                    ]
                }
            ]
        },
        "DescribeEnvironmentResources": {"EnvironmentResources": {"Instances": [{"Id": "i-1"}]}},
        "asked": [],
    }

    def call(_: object, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        told["asked"].append((operation, parameters))
        return told.get(operation, {})

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    clients.client.cache_clear()
    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    return told


@pytest.mark.usefixtures("answers")
def test_an_environment_is_seen_with_its_size_its_database_and_its_instances() -> None:
    assert WORLD.see(LOOK, 0) == EnvironmentSeen("Ready", "Green", 1, 2, "db.example.com", 1)


def test_an_environment_without_instances_is_seen_so(answers: dict[str, Any]) -> None:
    settings = answers["DescribeConfigurationSettings"]["ConfigurationSettings"][0]["OptionSettings"]
    settings[0]["Value"] = settings[1]["Value"] = "0"
    del settings[2]
    answers["DescribeEnvironmentResources"]["EnvironmentResources"] = {}
    assert WORLD.see(LOOK, 0) == EnvironmentSeen("Ready", "Green", 0, 0, None, 0)


def test_an_environment_that_is_not_there_is_nothing(answers: dict[str, Any]) -> None:
    answers["DescribeEnvironments"] = {"Environments": []}
    assert WORLD.see(LOOK, 0) is None


def test_size_and_database_are_one_update(answers: dict[str, Any]) -> None:
    WORLD.do(Scale("recovery", "shop-recovery", 2, 4, "new.example.com"))
    assert answers["asked"] == [
        (
            "UpdateEnvironment",
            {
                "EnvironmentName": "shop-recovery",
                "OptionSettings": [
                    {"Namespace": SIZE, "OptionName": "MinSize", "Value": "2"},
                    {"Namespace": SIZE, "OptionName": "MaxSize", "Value": "4"},
                    {"Namespace": VARIABLES, "OptionName": "RDS_HOSTNAME", "Value": "new.example.com"},
                ],
            },
        )
    ]


def test_a_site_with_its_own_database_keeps_its_hostname(answers: dict[str, Any]) -> None:
    WORLD.do(Scale("recovery", "shop-recovery", 2, 4, None))
    (_, told), *_ = answers["asked"]
    assert [each["OptionName"] for each in told["OptionSettings"]] == ["MinSize", "MaxSize"]
