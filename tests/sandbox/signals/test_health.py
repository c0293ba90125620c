"""Health checks: endpoints, alarms, and one another."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.signals.conftest import Minute, put_alarm

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.signals import health, probes

ENDPOINT = {"Type": "HTTPS", "FullyQualifiedDomainName": "api.example.com", "ResourcePath": "/health"}


def check(sandbox: Sandbox, **config: Any) -> str:  # noqa: ANN401 - a health check's settings
    route53 = sandbox.clients("route53")
    reference = str(len(route53.list_health_checks()["HealthChecks"]))
    made = route53.create_health_check(CallerReference=reference, HealthCheckConfig=config)
    return made["HealthCheck"]["Id"]


def _switch(sandbox: Sandbox, silence: str) -> str:
    put_alarm(sandbox, "traffic", TreatMissingData="ignore")
    alarm = {"Region": "eu-west-1", "Name": "traffic"}
    return check(sandbox, Type="CLOUDWATCH_METRIC", AlarmIdentifier=alarm, InsufficientDataHealthStatus=silence)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Say whether the endpoint answers."""
    answers = {"well": True}
    monkeypatch.setattr(probes, "look", lambda _: probes.Seen(answers["well"], "looked"))
    return answers


def test_a_check_changes_after_as_many_looks_as_its_threshold(sandbox: Sandbox, endpoint: dict[str, bool]) -> None:
    one = check(sandbox, **ENDPOINT, RequestInterval=10, FailureThreshold=3)
    assert health.statuses()[one]
    endpoint["well"] = False
    seen = []
    for well in (False, False, False, True, True, True):
        endpoint["well"] = well
        clock.move(10)
        seen.append(health.statuses()[one])
    assert seen == [True, True, False, False, False, True]


def test_nobody_looks_before_the_interval_is_over(sandbox: Sandbox, endpoint: dict[str, bool]) -> None:
    one = check(sandbox, **ENDPOINT, RequestInterval=30, FailureThreshold=1)
    health.statuses()
    endpoint["well"] = False
    clock.move(20)
    assert health.statuses()[one]
    clock.move(10)
    assert not health.statuses()[one]


def test_one_look_in_between_begins_to_count_anew(sandbox: Sandbox, endpoint: dict[str, bool]) -> None:
    one = check(sandbox, **ENDPOINT, RequestInterval=10, FailureThreshold=3)
    health.statuses()
    for well in (False, False, True, False, False):
        endpoint["well"] = well
        clock.move(10)
        assert health.statuses()[one]


def test_a_name_that_nobody_has_is_unhealthy(sandbox: Sandbox) -> None:
    one = check(sandbox, **ENDPOINT, RequestInterval=10, FailureThreshold=1)
    assert not health.statuses()[one]
    answer = sandbox.clients("route53").get_health_check_status(HealthCheckId=one)
    reports = {each["StatusReport"]["Status"] for each in answer["HealthCheckObservations"]}
    assert reports == {"Failure: DNS resolution failed: no record of the type A answers for api.example.com"}


@pytest.mark.parametrize(
    ("silence", "at_first", "after_a_ring"),
    [("LastKnownStatus", True, False), ("Healthy", True, True), ("Unhealthy", False, False)],
)
def test_a_switch_follows_the_data_and_its_rule_for_silence(
    sandbox: Sandbox,
    minute: Minute,
    silence: str,
    at_first: bool,
    after_a_ring: bool,
) -> None:
    one = _switch(sandbox, silence)
    assert health.statuses()[one] is at_first
    minute(traffic=0)
    assert health.statuses()[one]
    minute(traffic=1)
    assert not health.statuses()[one]
    for _ in range(4):
        minute()
    assert health.statuses()[one] is after_a_ring


def test_a_switch_keeps_what_it_knew_when_its_region_is_lost(sandbox: Sandbox, minute: Minute) -> None:
    one = _switch(sandbox, "LastKnownStatus")
    minute(traffic=1)
    assert not health.statuses()[one]
    with regions.lost("eu-west-1"):
        clock.move(3600)
        assert not health.statuses()[one]


def test_a_state_set_by_hand_does_not_move_a_switch(sandbox: Sandbox, minute: Minute) -> None:
    one = _switch(sandbox, "LastKnownStatus")
    minute(traffic=0)
    sandbox.clients("cloudwatch").set_alarm_state(AlarmName="traffic", StateValue="ALARM", StateReason="by hand")
    assert health.statuses()[one]


def test_a_switch_sees_a_changed_alarm_when_it_is_changed_itself(sandbox: Sandbox, minute: Minute) -> None:
    one = _switch(sandbox, "LastKnownStatus")
    put_alarm(sandbox, "traffic", TreatMissingData="ignore", Threshold=5)
    minute(traffic=2)
    assert not health.statuses()[one]
    alarm = {"Region": "eu-west-1", "Name": "traffic"}
    sandbox.clients("route53").update_health_check(HealthCheckId=one, AlarmIdentifier=alarm)
    assert health.statuses()[one]


@pytest.mark.parametrize(("threshold", "healthy"), [(1, [True, True, False]), (2, [True, False, False])])
def test_a_calculated_check_counts_its_children(sandbox: Sandbox, threshold: int, healthy: list[bool]) -> None:
    children = [check(sandbox, **ENDPOINT) for _ in range(2)]
    one = check(sandbox, Type="CALCULATED", ChildHealthChecks=children, HealthThreshold=threshold)
    seen = []
    for script in (("healthy", "healthy"), ("healthy", "unhealthy"), ("unhealthy", "unhealthy")):
        for child, status in zip(children, script, strict=True):
            health.script(child, status)
        seen.append(health.statuses()[one])
    assert seen == healthy


def test_an_inverted_check_says_the_opposite(sandbox: Sandbox) -> None:
    one = check(sandbox, **ENDPOINT, Inverted=True)
    health.script(one, "unhealthy")
    assert health.statuses() == {one: True}


def test_a_disabled_check_is_healthy(sandbox: Sandbox) -> None:
    one = check(sandbox, **ENDPOINT, Disabled=True, FailureThreshold=1)
    assert health.statuses() == {one: True}


def test_a_script_that_is_none_is_refused(sandbox: Sandbox) -> None:
    one = check(sandbox, **ENDPOINT)
    with pytest.raises(ValueError, match=r'^got "ill"; allowed: "healthy", "unhealthy" or None$'):
        health.script(one, "ill")  # pyrefly: ignore[bad-argument-type] - what a test in a hurry writes


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"Type": "HTTPS"}, "Either FullyQualifiedDomainName or IPAddress must be specified."),
        ({**ENDPOINT, "RequestInterval": 20}, "RequestInterval must be 10 or 30; got 20"),
        ({"Type": "CALCULATED", "ChildHealthChecks": ["gone"]}, "Child health check(s) not found: gone"),
        (
            {"Type": "CLOUDWATCH_METRIC", "AlarmIdentifier": {"Region": "eu-west-1", "Name": "gone"}},
            "There is no metric alarm gone in eu-west-1.",
        ),
        ({**ENDPOINT, "SearchString": "well"}, "SearchString belongs to a check that matches text, and to no other."),
    ],
)
def test_what_route_53_refuses_is_refused(sandbox: Sandbox, config: dict[str, Any], why: str) -> None:
    with pytest.raises(ClientError) as refused:
        check(sandbox, **config)
    assert refused.value.response["Error"]["Message"] == why


def test_a_child_in_use_is_not_deleted(sandbox: Sandbox) -> None:
    child = check(sandbox, **ENDPOINT)
    check(sandbox, Type="CALCULATED", ChildHealthChecks=[child], HealthThreshold=1)
    with pytest.raises(ClientError, match="The health check is a child of another one"):
        sandbox.clients("route53").delete_health_check(HealthCheckId=child)
