"""A web tier as it is deployed to the sandbox: Elastic Beanstalk takes it, and it stands there as it was asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from components.web_tier.building import TOPIC, WEB

from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_mobile.web_tier import WebTier
from pulumi_aws_sandbox import aws as sandboxed
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

REGION = "eu-west-1"
Args = dict[str, Any]


@pytest.fixture(scope="module")
def clients() -> Iterator[sandboxed.Connection]:
    with sandboxed.in_process(REGION) as connection:
        yield connection


@pytest.fixture(scope="module")
def made(clients: sandboxed.Connection, source: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    """Deploy `dev` and its clone."""
    args: Args = {
        "source": source,
        "region": REGION,
        "network": {"zones": ["eu-west-1a", "eu-west-1b"]},
        "alarm_topic_arn": TOPIC,
        "environments": {
            "dev": {"instances": {"min": 2, "max": 3}, "environment": {"STAGE": "dev"}},
            "copy": {"clone_of": "dev"},
        },
        "live": "dev",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield record(lambda: WebTier("web", args), mocks=DeployMocks(Sandbox(clients)))


def settings_of(clients: sandboxed.Connection, outputs: Args, key: str) -> dict[tuple[str, str], str]:
    (found,) = clients("elasticbeanstalk").describe_configuration_settings(
        ApplicationName=outputs["application_name"], EnvironmentName=outputs["environment_names"][key]
    )["ConfigurationSettings"]
    return {(each["Namespace"], each["OptionName"]): each.get("Value", "") for each in found["OptionSettings"]}


def test_the_environments_run_the_version_made_of_the_source(clients: sandboxed.Connection, made: Recording) -> None:
    outputs = made.component_outputs[WEB]
    found = clients("elasticbeanstalk").describe_environments(ApplicationName=outputs["application_name"])
    assert {
        each["EnvironmentName"]: (each["VersionLabel"], each["Status"]) for each in found["Environments"]
    } == dict.fromkeys(outputs["environment_names"].values(), (outputs["version_label"], "Ready"))


def test_names_leave_room_for_what_makes_them_unique(made: Recording) -> None:
    assert all(len(name) <= 40 for name in made.component_outputs[WEB]["environment_names"].values())


def test_a_clone_differs_by_its_name_alone(clients: sandboxed.Connection, made: Recording) -> None:
    outputs = made.component_outputs[WEB]
    assert settings_of(clients, outputs, "copy") == settings_of(clients, outputs, "dev")


def test_what_was_asked_for_is_what_elastic_beanstalk_has(clients: sandboxed.Connection, made: Recording) -> None:
    found = settings_of(clients, made.component_outputs[WEB], "dev")
    asked = {
        (each["namespace"], each["name"]): each["value"] for each in made.named("web-dev-php84").inputs["settings"]
    }
    assert {key: found.get(key) for key in asked} == asked


def test_the_group_spans_the_zones_and_heeds_the_load_balancer(clients: sandboxed.Connection, made: Recording) -> None:
    names = made.named("web-dev-php84").outputs["autoscalingGroups"]
    (group,) = clients("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=names)["AutoScalingGroups"]
    assert (group["MinSize"], group["MaxSize"], group["HealthCheckType"]) == (2, 3, "ELB")
    assert sorted(group["AvailabilityZones"]) == ["eu-west-1a", "eu-west-1b"]


def test_the_load_balancer_is_internal_and_wears_our_group(clients: sandboxed.Connection, made: Recording) -> None:
    arn = made.component_outputs[WEB]["load_balancer_arn"]
    (balancer,) = clients("elbv2").describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"]
    assert (balancer["Scheme"], balancer["Type"]) == ("internal", "application")
    assert balancer["SecurityGroups"] == [made.named("web-balancer").id]
