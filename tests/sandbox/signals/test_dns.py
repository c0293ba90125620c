"""What Route 53 answers, by policy and health."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.signals.test_health import ENDPOINT, check

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime.signals import dns, health

REGIONS = {"primary": "eu-west-1", "recovery": "eu-central-1"}


def _target(role: str) -> str:
    return f"d-{role}.execute-api.{REGIONS[role]}.amazonaws.com"


def _zone(sandbox: Sandbox) -> str:
    return sandbox.clients("route53").create_hosted_zone(Name="example.com", CallerReference="z")["HostedZone"]["Id"]


def _put(sandbox: Sandbox, zone: str, action: str = "CREATE", **record: Any) -> None:  # noqa: ANN401 - a record's settings
    whole = {"Name": "api.example.com", "Type": "A", **record}
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": whole}]}
    sandbox.clients("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)


def _alias(role: str) -> dict[str, Any]:
    return {"DNSName": _target(role), "HostedZoneId": "Z2FDTNDATAQYW2", "EvaluateTargetHealth": False}


def _pair(sandbox: Sandbox, *policies: dict[str, Any]) -> dict[str, str]:
    """Make both records with a check each; return the checks."""
    zone, checks = _zone(sandbox), {}
    for role, policy in zip(REGIONS, policies, strict=True):
        checks[role] = check(sandbox, **ENDPOINT)
        _put(sandbox, zone, SetIdentifier=role, HealthCheckId=checks[role], AliasTarget=_alias(role), **policy)
        health.script(checks[role], "healthy")
    return checks


FAILOVER = ({"Failover": "PRIMARY"}, {"Failover": "SECONDARY"})
LATENCY = ({"Region": "eu-west-1"}, {"Region": "eu-central-1"})


@pytest.mark.parametrize(
    ("primary", "recovery", "answers"),
    [
        ("healthy", "healthy", "primary"),
        ("healthy", "unhealthy", "primary"),
        ("unhealthy", "healthy", "recovery"),
        ("unhealthy", "unhealthy", "primary"),
    ],
)
def test_failover_answers_with_the_first_that_is_healthy(
    sandbox: Sandbox,
    primary: health.Scripted,
    recovery: health.Scripted,
    answers: str,
) -> None:
    checks = _pair(sandbox, *FAILOVER)
    health.script(checks["primary"], primary)
    health.script(checks["recovery"], recovery)
    assert dns.resolve("api.example.com") == dns.Answer(_target(answers), answers, REGIONS[answers], 60)


def test_a_secondary_without_a_check_always_stands_by(sandbox: Sandbox) -> None:
    zone, switch = _zone(sandbox), check(sandbox, **ENDPOINT)
    health.script(switch, "unhealthy")
    _put(sandbox, zone, SetIdentifier="primary", HealthCheckId=switch, AliasTarget=_alias("primary"), **FAILOVER[0])
    _put(sandbox, zone, SetIdentifier="recovery", AliasTarget=_alias("recovery"), **FAILOVER[1])
    assert dns.resolve("api.example.com").set_identifier == "recovery"


@pytest.mark.parametrize(
    ("near", "primary", "answers"),
    [
        ("eu-west-1", "healthy", "primary"),
        ("eu-central-1", "healthy", "recovery"),
        ("eu-west-1", "unhealthy", "recovery"),
        ("us-east-1", "healthy", "primary"),
    ],
)
def test_latency_answers_with_the_nearest_that_is_healthy(
    sandbox: Sandbox,
    near: str,
    primary: health.Scripted,
    answers: str,
) -> None:
    checks = _pair(sandbox, *LATENCY)
    health.script(checks["primary"], primary)
    assert dns.resolve("api.example.com", resolver_region=near).set_identifier == answers


@pytest.mark.parametrize(("chance", "answers"), [(0.0, "primary"), (0.74, "primary"), (0.76, "recovery")])
def test_weights_share_the_answers(sandbox: Sandbox, chance: float, answers: str) -> None:
    _pair(sandbox, {"Weight": 75}, {"Weight": 25})
    assert dns.resolve("api.example.com", chance=lambda: chance).set_identifier == answers


def test_a_weight_of_zero_answers_only_when_no_other_does(sandbox: Sandbox) -> None:
    checks = _pair(sandbox, {"Weight": 1}, {"Weight": 0})
    assert dns.resolve("api.example.com", chance=lambda: 0.99).set_identifier == "primary"
    health.script(checks["primary"], "unhealthy")
    assert dns.resolve("api.example.com", chance=lambda: 0.0).set_identifier == "recovery"


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(["failover", "latency", "weight"]), st.tuples(st.booleans(), st.booleans()), st.floats(0, 0.99))
def test_a_name_always_answers_and_with_a_healthy_record_where_there_is_one(
    policy: str, well: tuple[bool, bool], chance: float
) -> None:
    kinds = {"failover": FAILOVER, "latency": LATENCY, "weight": ({"Weight": 10}, {"Weight": 1})}
    with in_process("eu-west-1") as clients:
        checks = _pair(Sandbox(clients), *kinds[policy])
        for check_id, is_well in zip(checks.values(), well, strict=True):
            health.script(check_id, "healthy" if is_well else "unhealthy")
        answer = dns.resolve("api.example.com", resolver_region="eu-west-1", chance=lambda: chance)
        chosen = dict(zip(REGIONS, well, strict=True))[str(answer.set_identifier)]
        assert chosen is any(well)


def test_an_alias_leads_on_within_a_zone(sandbox: Sandbox) -> None:
    zone = _zone(sandbox)
    _put(sandbox, zone, Name="site.example.com", AliasTarget=_alias("primary"))
    _put(sandbox, zone, Name="www.example.com", Type="CNAME", TTL=30, ResourceRecords=[{"Value": "site.example.com"}])
    assert dns.resolve("www.example.com").region == "eu-west-1"


def test_a_wildcard_answers_for_what_has_no_record(sandbox: Sandbox) -> None:
    zone = _zone(sandbox)
    _put(sandbox, zone, Name="*.example.com", TTL=300, ResourceRecords=[{"Value": "192.0.2.1"}])
    assert dns.resolve("any.example.com") == dns.Answer("192.0.2.1", None, None, 300)


def test_a_name_that_nobody_has_is_an_error(sandbox: Sandbox) -> None:
    _zone(sandbox)
    with pytest.raises(LookupError, match=r"^'?no record of the type A answers for gone\.example\.com"):
        dns.resolve("gone.example.com")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (
            {"Failover": "PRIMARY"},
            "api.example.com: a record has a set identifier if, and only if, it has a routing policy",
        ),
        (
            {"SetIdentifier": "a", "Weight": 1, "Region": "eu-west-1"},
            "api.example.com: a record has one routing policy; got Region, Weight",
        ),
        ({"SetIdentifier": "a", "Weight": 1, "HealthCheckId": "gone"}, "Invalid health check: gone does not exist"),
        (
            {"SetIdentifier": "a", "Weight": 1},
            "api.example.com: all records of a name and type have the same routing policy; there is ['Failover']",
        ),
        ({"SetIdentifier": "a", "Failover": "PRIMARY"}, "api.example.com: there is a PRIMARY record already"),
    ],
)
def test_records_that_do_not_go_together_are_refused(sandbox: Sandbox, record: dict[str, Any], why: str) -> None:
    zone = _zone(sandbox)
    _put(sandbox, zone, SetIdentifier="primary", AliasTarget=_alias("primary"), **FAILOVER[0])
    with pytest.raises(ClientError) as refused:
        _put(sandbox, zone, AliasTarget=_alias("recovery"), **record)
    assert refused.value.response["Error"]["Message"] == f"[{why}]"


def test_a_record_goes_alone(sandbox: Sandbox) -> None:
    zone = _zone(sandbox)
    for kind in ("A", "AAAA"):
        _put(sandbox, zone, Type=kind, SetIdentifier="primary", AliasTarget=_alias("primary"), **FAILOVER[0])
    _put(sandbox, zone, "DELETE", SetIdentifier="primary", AliasTarget=_alias("primary"), **FAILOVER[0])
    left = sandbox.clients("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    assert [each["Type"] for each in left if each["Name"] == "api.example.com."] == ["AAAA"]
