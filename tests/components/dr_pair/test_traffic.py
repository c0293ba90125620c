"""The health checks and records of a pair, which a failover does not touch."""

import pytest
from components.dr_pair.building import AWAY, HOME, ZONE, Args, args_of, build, changed

from pulumi_aws_mobile.testing import Recorded, Recording

CHECK = "aws:route53/healthCheck:HealthCheck"
RECORD = "aws:route53/record:Record"
SWITCHED = ("backup_restore", "pilot_light", "warm_standby")


def record_named(recording: Recording, name: str) -> Args:
    return recording.named(name).inputs


def hosted(strategy: str) -> Args:
    """Return options with targets that are not AWS's."""
    args = args_of(strategy)
    for site, host in (("primary", "one.example.net"), ("recovery", "two.example.net")):
        args = changed(args, f"{site}.api_domain_name", None)
        args = changed(args, f"{site}.api_domain_zone_id", None)
        args = changed(args, f"{site}.target_host", host)
    return args


@pytest.mark.parametrize("strategy", SWITCHED)
def test_the_primary_record_follows_the_switch_and_the_other_always_answers(strategy: str) -> None:
    recording = build(args_of(strategy))
    primary, recovery = record_named(recording, "pair-primary-a"), record_named(recording, "pair-recovery-a")
    assert primary == {
        "aliases": [
            {
                "evaluateTargetHealth": False,
                "name": f"d-aaaaaaaaaa.execute-api.{HOME}.amazonaws.com",
                "zoneId": "ZLY8HYME6SFDD",
            }
        ],
        "failoverRoutingPolicies": [{"type": "PRIMARY"}],
        "healthCheckId": "pair-switch-id",
        "name": "api.example.com",
        "setIdentifier": "primary",
        "type": "A",
        "zoneId": ZONE,
    }
    assert recovery["failoverRoutingPolicies"] == [{"type": "SECONDARY"}]
    assert "healthCheckId" not in recovery
    assert recovery["aliases"][0]["evaluateTargetHealth"] is False


@pytest.mark.parametrize("strategy", SWITCHED)
def test_the_switch_is_an_alarm_of_the_recovery_region_and_remembers(strategy: str) -> None:
    recording = build(args_of(strategy))
    assert recording.only(CHECK).inputs == {
        "cloudwatchAlarmName": "pair-state-0a1b2c3-traffic",
        "cloudwatchAlarmRegion": AWAY,
        "insufficientDataHealthStatus": "LastKnownStatus",
        "tags": {"Name": "pair-switch"},
        "type": "CLOUDWATCH_METRIC",
    }


def test_with_both_answering_each_record_has_its_own_check() -> None:
    recording = build(args_of("multi_site"))
    assert record_named(recording, "pair-primary-a")["healthCheckId"] == "pair-primary-check-id"
    assert record_named(recording, "pair-recovery-a")["healthCheckId"] == "pair-recovery-endpoint-id"
    both = record_named(recording, "pair-primary-check")
    assert (both["type"], both["childHealthThreshold"]) == ("CALCULATED", 2)
    assert sorted(both["childHealthchecks"]) == ["pair-primary-endpoint-id", "pair-switch-id"]


def test_an_endpoint_is_asked_every_ten_seconds_over_https() -> None:
    assert build(args_of("multi_site")).named("pair-recovery-endpoint").inputs == {
        "enableSni": True,
        "failureThreshold": 3,
        "fqdn": f"cccccccccc.execute-api.{AWAY}.amazonaws.com",
        "port": 443,
        "requestInterval": 10,
        "resourcePath": "/v1/health",
        "tags": {"Name": "pair-recovery-endpoint"},
        "type": "HTTPS",
    }


def test_clients_are_sent_to_the_nearer_region_by_default() -> None:
    recording = build(args_of("multi_site"))
    regions = [record.inputs["latencyRoutingPolicies"][0]["region"] for record in recording.of_type(RECORD)]
    assert sorted(regions) == [AWAY, AWAY, HOME, HOME]


def test_weights_share_clients_out() -> None:
    args = changed(args_of("multi_site"), "traffic", {"policy": "weighted", "weights": {"recovery": 5}})
    weights = {record.name: weight(record) for record in build(args).of_type(RECORD)}
    assert weights == {
        "pair-primary-a": 50,
        "pair-primary-aaaa": 50,
        "pair-recovery-a": 5,
        "pair-recovery-aaaa": 5,
    }


def weight(record: Recorded) -> int:
    return record.inputs["weightedRoutingPolicies"][0]["weight"]


def test_hosts_that_are_not_of_aws_get_records_with_a_ttl() -> None:
    recording = build(changed(hosted("pilot_light"), "traffic", {"ttl_seconds": 20}))
    assert {record.name for record in recording.of_type(RECORD)} == {"pair-primary-cname", "pair-recovery-cname"}
    assert record_named(recording, "pair-primary-cname") == {
        "failoverRoutingPolicies": [{"type": "PRIMARY"}],
        "healthCheckId": "pair-switch-id",
        "name": "api.example.com",
        "records": ["one.example.net"],
        "setIdentifier": "primary",
        "ttl": 20,
        "type": "CNAME",
        "zoneId": ZONE,
    }


def test_an_answer_is_kept_for_a_minute_by_default() -> None:
    assert record_named(build(hosted("pilot_light")), "pair-primary-cname")["ttl"] == 60


def test_without_a_domain_there_are_checks_and_no_records() -> None:
    args = args_of("multi_site")
    del args["domain"]
    recording = build(args)
    assert not recording.of_type(RECORD)
    assert len(recording.of_type(CHECK)) == 4


def test_addresses_of_both_kinds_lead_to_both_regions() -> None:
    recording = build(args_of("warm_standby"))
    kinds = [(record.inputs["setIdentifier"], record.inputs["type"]) for record in recording.of_type(RECORD)]
    assert sorted(kinds) == [("primary", "A"), ("primary", "AAAA"), ("recovery", "A"), ("recovery", "AAAA")]
