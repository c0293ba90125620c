"""The deployment policies, with clients that keep calling. How long anything takes is not tested."""

import json

import pytest
from sandbox.beanstalk.stage import (
    ASG,
    ENVIRONMENT,
    PROCESS,
    PROPERTIES,
    ask,
    deployment,
    hammering,
    healthy,
    policy,
    until,
    versions,
)

from pulumi_aws_sandbox.runtime import beanstalk

pytestmark = pytest.mark.usefixtures("clients")


@pytest.mark.parametrize("name", ["Rolling", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"])
def test_no_request_fails_while_a_version_is_rolled_out(name: str) -> None:
    settings = policy(name) | {("aws:elasticbeanstalk:trafficsplitting", "EvaluationTime"): "0.5"}
    beanstalk.launch(deployment("v1", settings))
    beanstalk.wake(ENVIRONMENT)
    with hammering() as hammer:
        beanstalk.apply(deployment("v2", settings))
    assert hammer.failures == []
    assert set(hammer.answers) == {"v1", "v2"}
    assert hammer.answers[0] == "v1"
    assert hammer.answers[-1] == "v2"
    assert versions(beanstalk.health(ENVIRONMENT)) == {"v2": 2}
    assert beanstalk.health(ENVIRONMENT).color == "Green"


def test_all_at_once_replaces_the_version_everywhere_on_the_same_instances() -> None:
    beanstalk.launch(deployment("v1"))
    beanstalk.wake(ENVIRONMENT)
    before = beanstalk.health(ENVIRONMENT).instances
    beanstalk.apply(deployment("v2"))
    after = beanstalk.health(ENVIRONMENT).instances
    assert [each.id for each in after] == [each.id for each in before]
    assert not {each.pid for each in after} & {each.pid for each in before}
    assert versions(beanstalk.health(ENVIRONMENT)) == {"v2": 2}


def test_rolling_keeps_the_instances_and_an_additional_batch_goes_again() -> None:
    settings = policy("RollingWithAdditionalBatch")
    beanstalk.launch(deployment("v1", settings))
    beanstalk.wake(ENVIRONMENT)
    before = {each.id for each in beanstalk.health(ENVIRONMENT).instances}
    beanstalk.apply(deployment("v2", settings))
    assert {each.id for each in beanstalk.health(ENVIRONMENT).instances} == before
    said = [each.message.partition(": i-")[0] for each in beanstalk.events(ENVIRONMENT)]
    assert "the additional batch is in service" in said


@pytest.mark.parametrize("name", ["Immutable", "TrafficSplitting"])
def test_these_policies_replace_every_instance(name: str) -> None:
    settings = policy(name) | {("aws:elasticbeanstalk:trafficsplitting", "EvaluationTime"): "0.1"}
    beanstalk.launch(deployment("v1", settings))
    beanstalk.wake(ENVIRONMENT)
    before = {each.id for each in beanstalk.health(ENVIRONMENT).instances}
    beanstalk.apply(deployment("v2", settings))
    after = {each.id for each in beanstalk.health(ENVIRONMENT).instances}
    assert len(after) == 2
    assert not after & before


@pytest.mark.parametrize("name", ["RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"])
def test_a_version_that_is_never_healthy_leaves_the_former_one_serving(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("pulumi_aws_sandbox.runtime.beanstalk.pace._LEAST_WAIT_SECONDS", 1.0)
    settings = policy(name)
    beanstalk.launch(deployment("v1", settings))
    beanstalk.wake(ENVIRONMENT)
    before = {each.id for each in beanstalk.health(ENVIRONMENT).instances}
    with hammering() as hammer, pytest.raises(beanstalk.RolloutFailedError) as raised:
        beanstalk.apply(deployment("broken", settings))
    assert str(raised.value).endswith(": the health check /health answered 500, wanted 200")
    assert hammer.failures == []
    assert set(hammer.answers) == {"v1"}
    assert {each.id for each in beanstalk.health(ENVIRONMENT).instances} == before
    assert beanstalk.health(ENVIRONMENT).color == "Green"


def test_rolling_stops_at_the_first_batch_that_is_not_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_aws_sandbox.runtime.beanstalk.pace._LEAST_WAIT_SECONDS", 1.0)
    settings = policy("Rolling")
    beanstalk.launch(deployment("v1", settings))
    beanstalk.wake(ENVIRONMENT)
    with hammering() as hammer:
        with pytest.raises(beanstalk.RolloutFailedError):
            beanstalk.apply(deployment("broken", settings))
        # The instance that was left out of service is replaced, as nobody deploys again.
        until(healthy(2))
    assert hammer.failures == []
    assert set(hammer.answers) == {"v1"}
    assert versions(beanstalk.health(ENVIRONMENT)) == {"v1": 2}


def test_all_at_once_leaves_a_broken_version_until_another_is_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_aws_sandbox.runtime.beanstalk.pace._LEAST_WAIT_SECONDS", 2.0)
    beanstalk.launch(deployment("v1"))
    beanstalk.wake(ENVIRONMENT)
    with pytest.raises(beanstalk.RolloutFailedError):
        beanstalk.apply(deployment("broken"))
    health = beanstalk.health(ENVIRONMENT)
    assert health.color == "Red"
    assert health.causes[-1] == "2 of 2 instances do not have the expected version v1"
    assert versions(health) == {"broken": 2}
    beanstalk.apply(deployment("v1"))
    assert beanstalk.health(ENVIRONMENT).color == "Green"


def test_health_that_is_ignored_stops_nothing() -> None:
    settings = policy("Rolling", IgnoreHealthCheck="true")
    beanstalk.launch(deployment("v1", settings))
    beanstalk.wake(ENVIRONMENT)
    beanstalk.apply(deployment("broken", settings))
    assert versions(beanstalk.health(ENVIRONMENT)) == {"broken": 2}


def test_a_command_that_fails_leaves_the_former_version_running() -> None:
    beanstalk.launch(deployment("v1"))
    beanstalk.wake(ENVIRONMENT)
    before = beanstalk.health(ENVIRONMENT).instances
    failing = {".ebextensions/1.config": "container_commands: {01_no: {command: 'echo not this one; exit 3'}}"}
    with pytest.raises(beanstalk.RolloutFailedError) as raised:
        beanstalk.apply(deployment("v2", files=failing))
    first = f"{before[0].id}: container_commands 01_no failed with 3: not this one"
    assert str(raised.value) == f"{first}; {first.replace(before[0].id, before[1].id)}"
    assert [each.pid for each in beanstalk.health(ENVIRONMENT).instances] == [each.pid for each in before]
    assert beanstalk.health(ENVIRONMENT).color == "Green"


def test_a_changed_property_is_rolled_out_too() -> None:
    settings = policy("Rolling")
    beanstalk.launch(deployment("v1", settings | {(PROPERTIES, "COLOUR"): "red"}))
    beanstalk.wake(ENVIRONMENT)
    with hammering() as hammer:
        beanstalk.apply(deployment("v1", settings | {(PROPERTIES, "COLOUR"): "blue"}))
    assert hammer.failures == []
    assert json.loads(ask()[1])["env"]["COLOUR"] == "blue"


def test_settings_of_the_load_balancer_restart_nothing() -> None:
    beanstalk.launch(deployment("v1"))
    beanstalk.wake(ENVIRONMENT)
    before = [each.pid for each in beanstalk.health(ENVIRONMENT).instances]
    beanstalk.apply(deployment("v1", {(PROCESS, "HealthCheckPath"): "/", (ASG, "MinSize"): "3"}))
    assert [each.pid for each in beanstalk.health(ENVIRONMENT).instances][:2] == before
    until(healthy(3))


def test_a_setting_of_the_instances_replaces_them_in_batches() -> None:
    rolling = {("aws:autoscaling:updatepolicy:rollingupdate", "RollingUpdateEnabled"): "true"}
    beanstalk.launch(deployment("v1", rolling))
    beanstalk.wake(ENVIRONMENT)
    before = {each.id for each in beanstalk.health(ENVIRONMENT).instances}
    with hammering() as hammer:
        beanstalk.apply(deployment("v1", rolling | {("aws:ec2:instances", "InstanceTypes"): "t4g.small"}))
    assert hammer.failures == []
    assert not {each.id for each in beanstalk.health(ENVIRONMENT).instances} & before


def test_a_version_for_an_environment_that_sleeps_is_only_remembered() -> None:
    beanstalk.launch(deployment("v1"))
    beanstalk.apply(deployment("v2"))
    assert beanstalk.health(ENVIRONMENT).instances == ()
    beanstalk.wake(ENVIRONMENT)
    assert versions(beanstalk.health(ENVIRONMENT)) == {"v2": 2}


def test_an_unknown_policy_is_refused() -> None:
    beanstalk.launch(deployment("v1"))
    beanstalk.wake(ENVIRONMENT)
    with pytest.raises(beanstalk.RolloutFailedError) as raised:
        beanstalk.apply(deployment("v2", policy("Canary")))
    assert str(raised.value) == (
        'DeploymentPolicy: got "Canary"; allowed: AllAtOnce, Rolling, RollingWithAdditionalBatch, Immutable, '
        "TrafficSplitting"
    )
