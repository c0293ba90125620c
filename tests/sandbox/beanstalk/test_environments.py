"""Environments: started at first use, healed, scaled, ended."""

import os
import signal
import threading
from collections import Counter

import pytest
from sandbox.beanstalk.stage import (
    ARN,
    ASG,
    ENVIRONMENT,
    PROCESS,
    ask,
    deployment,
    healthy,
    until,
)

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import beanstalk

_TRIGGER = "aws:autoscaling:trigger"
_BY_LOAD_BALANCER = {
    ".ebextensions/health.config": (
        "Resources: {AWSEBAutoScalingGroup: {Type: 'AWS::AutoScaling::AutoScalingGroup', "
        "Properties: {HealthCheckType: ELB, HealthCheckGracePeriod: 60}}}"
    )
}

pytestmark = pytest.mark.usefixtures("clients")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_runs_before_the_first_request() -> None:
    beanstalk.launch(deployment())
    health = beanstalk.health(ENVIRONMENT)
    assert (health.color, health.instances) == ("Grey", ())
    assert health.causes == ("no instance has been started, because nothing has asked for one yet",)
    assert ask()[0] == 200
    assert beanstalk.health(ENVIRONMENT).color == "Green"


def test_many_first_requests_start_it_once() -> None:
    beanstalk.launch(deployment())
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(ask()[0])) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert seen == [200] * 6
    assert len(beanstalk.health(ENVIRONMENT).instances) == 2


def test_instances_are_spread_over_the_zones_that_are_named() -> None:
    zones = {(ASG, "Custom Availability Zones"): "eu-west-1a, eu-west-1c", (ASG, "MinSize"): "4"}
    beanstalk.launch(deployment(settings=zones))
    beanstalk.wake(ENVIRONMENT)
    found = Counter(each.zone for each in beanstalk.health(ENVIRONMENT).instances)
    assert found == {"eu-west-1a": 2, "eu-west-1c": 2}


def test_instances_are_spread_over_the_zones_of_their_subnets(clients: Connection) -> None:
    ec2 = clients("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for number, zone in enumerate(("eu-west-1b", "eu-west-1c"))
    ]
    beanstalk.launch(deployment(settings={("aws:ec2:vpc", "Subnets"): ",".join(subnets)}))
    beanstalk.wake(ENVIRONMENT)
    assert {each.zone for each in beanstalk.health(ENVIRONMENT).instances} == {"eu-west-1b", "eu-west-1c"}


def test_a_killed_instance_comes_back() -> None:
    beanstalk.launch(deployment())
    beanstalk.wake(ENVIRONMENT)
    victim, other = beanstalk.health(ENVIRONMENT).instances
    os.kill(victim.pid, signal.SIGKILL)
    until(lambda: victim.id not in {each.id for each in beanstalk.health(ENVIRONMENT).instances})
    until(healthy(2))
    assert other.id in {each.id for each in beanstalk.health(ENVIRONMENT).instances}
    said = [each.message for each in beanstalk.events(ENVIRONMENT) if each.severity == "WARN"]
    assert f"{victim.id}: its process ended: signal SIGKILL; it is replaced" in said


def test_an_unhealthy_instance_is_replaced_if_the_load_balancer_is_asked() -> None:
    beanstalk.launch(deployment(files=_BY_LOAD_BALANCER))
    beanstalk.wake(ENVIRONMENT)
    victim = beanstalk.health(ENVIRONMENT).instances[0]
    os.kill(victim.pid, 0)
    os.killpg(victim.pid, signal.SIGSTOP)
    settings = {(PROCESS, "HealthCheckTimeout"): "0.5"}
    beanstalk.apply(deployment(settings=settings, files=_BY_LOAD_BALANCER))
    until(lambda: victim.id not in {each.id for each in beanstalk.health(ENVIRONMENT).instances})
    until(healthy(2))
    assert not _alive(victim.pid)


def test_an_unhealthy_instance_stays_if_only_its_machine_counts() -> None:
    settings = {(PROCESS, "HealthCheckTimeout"): "0.5"}
    beanstalk.launch(deployment(settings=settings))
    beanstalk.wake(ENVIRONMENT)
    victim = beanstalk.health(ENVIRONMENT).instances[0]
    os.killpg(victim.pid, signal.SIGSTOP)
    until(lambda: beanstalk.health(ENVIRONMENT).color == "Yellow")
    assert beanstalk.health(ENVIRONMENT).causes == (
        f"{victim.id}: the health check /health did not answer within 0.5 s",
    )
    assert ask()[0] == 200
    os.killpg(victim.pid, signal.SIGCONT)
    until(healthy(2))
    assert victim.id in {each.id for each in beanstalk.health(ENVIRONMENT).instances}


def test_requests_bring_instances_up_to_the_most_and_few_of_them_down_to_the_least() -> None:
    trigger = {
        "MeasureName": "RequestCount",
        "Statistic": "Sum",
        "Unit": "Count",
        "Period": "0.5",
        "BreachDuration": "0.5",
        "UpperThreshold": "20",
        "LowerThreshold": "10",
        "UpperBreachScaleIncrement": "3",
        "LowerBreachScaleIncrement": "-3",
    }
    settings = {(_TRIGGER, name): value for name, value in trigger.items()}
    settings |= {(ASG, "MaxSize"): "3", (ASG, "MinSize"): "1", (ASG, "Cooldown"): "1"}
    beanstalk.launch(deployment(settings=settings))

    def busy() -> bool:
        for _ in range(10):
            ask()
        return healthy(3)()

    until(busy)

    def calm() -> bool:
        ask()
        threading.Event().wait(0.2)
        return healthy(1)()

    until(calm)
    said = [each.message for each in beanstalk.events(ENVIRONMENT)]
    assert "RequestCount asks for 3 instances instead of 1" in said
    assert "RequestCount asks for 1 instances instead of 3" in said


def test_a_trigger_that_cannot_be_measured_is_told() -> None:
    settings = {(_TRIGGER, "MeasureName"): "CPUUtilization", (_TRIGGER, "Unit"): "Percent"}
    beanstalk.launch(deployment(settings=settings))
    beanstalk.wake(ENVIRONMENT)
    said = [each.message for each in beanstalk.events(ENVIRONMENT) if each.severity == "WARN"]
    assert said == [
        "the trigger CPUUtilization (Average) cannot be measured here: the number of instances stays as it is"
    ]


def test_a_smaller_most_ends_instances_and_a_larger_least_starts_them() -> None:
    beanstalk.launch(deployment(settings={(ASG, "MinSize"): "3"}))
    beanstalk.wake(ENVIRONMENT)
    beanstalk.apply(deployment(settings={(ASG, "MinSize"): "1", (ASG, "MaxSize"): "1"}))
    assert len(beanstalk.health(ENVIRONMENT).instances) == 1
    beanstalk.apply(deployment(settings={(ASG, "MinSize"): "2"}))
    until(healthy(2))


def test_a_terminated_environment_leaves_nothing() -> None:
    beanstalk.launch(deployment())
    beanstalk.wake(ENVIRONMENT)
    pids = [each.pid for each in beanstalk.health(ENVIRONMENT).instances]
    beanstalk.terminate(ENVIRONMENT)
    assert not any(map(_alive, pids))
    with pytest.raises(LookupError, match=r'^there is no environment "e-notes"$'):
        beanstalk.health(ENVIRONMENT)
    with pytest.raises(LookupError):
        beanstalk.balancer_url(ARN)


def test_nothing_is_left_after_an_exception() -> None:
    pids: list[int] = []

    def fail() -> None:
        with in_process("eu-west-1"):
            beanstalk.launch(deployment())
            beanstalk.wake(ENVIRONMENT)
            pids.extend(each.pid for each in beanstalk.health(ENVIRONMENT).instances)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert len(pids) == 2
    assert not any(map(_alive, pids))


def test_environments_have_load_balancers_of_their_own() -> None:
    other = ARN.replace("notes", "other")
    beanstalk.launch(deployment("v1"))
    beanstalk.launch(deployment("v2", name="e-other", arn=other))
    assert beanstalk.balancer_url(ARN) != beanstalk.balancer_url(other)
    with pytest.raises(ValueError, match=r'^there is an environment "e-notes" already$'):
        beanstalk.launch(deployment())
    with pytest.raises(LookupError, match="no environment has the load balancer"):
        beanstalk.balancer_url(ARN.replace("notes", "nobody"))


def test_a_bundle_that_is_no_zip_file_is_refused() -> None:
    import dataclasses

    with pytest.raises(beanstalk.RolloutFailedError) as raised:
        beanstalk.launch(dataclasses.replace(deployment(), bundle=b"tar"))
    assert str(raised.value) == "the source bundle is not a zip file"


def test_without_php_everything_is_remembered_and_the_way_to_get_it_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from pulumi_aws_sandbox.runtime.beanstalk import software

    monkeypatch.setattr(software, "program", lambda _: None)
    beanstalk.launch(deployment("v1"))
    beanstalk.apply(deployment("v2"))
    assert beanstalk.missing() == ("php-cli", "php-mysql")
    status, text = ask()
    assert status == 503
    assert text.decode() == f"{beanstalk.hint()}\n"
    assert beanstalk.hint().startswith("this machine lacks php-cli, php-mysql: run sandbox/install-web-tier")
    health = beanstalk.health(ENVIRONMENT)
    assert (health.color, health.causes) == ("Grey", (beanstalk.hint(),))
