"""What a pair registers by each strategy: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
from pathlib import Path

import pulumi
import pytest
from components.dr_pair.building import (
    ACCOUNT,
    AWAY,
    HOME,
    KEY,
    PAIR,
    STRATEGIES,
    TOPIC,
    Account,
    Args,
    args_of,
    build,
    changed,
    everything,
    plan_of,
)
from judging import stopped_by

from pulumi_aws_mobile.dr_pair import DRPair
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import UNKNOWN, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
GLOBAL = ("aws:iam/", "aws:route53/")


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_urns_are_the_reviewed_ones(strategy: str, preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns").joinpath(f"{strategy}.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(everything(strategy), preview=preview).urns) == reviewed


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_everything_regional_names_its_region_and_nothing_global_does(strategy: str) -> None:
    for resource in build(everything(strategy)):
        if resource.custom:
            assert ("region" in resource.inputs) != resource.type.startswith(GLOBAL), resource.name


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_only_fences_peering_and_the_pools_replica_stand_in_the_primary_region(strategy: str) -> None:
    here = {resource.name for resource in build(everything(strategy)) if resource.inputs.get("region") == HOME}
    peering = {
        "pair-peering",
        "pair-primary-database-from-other-region",
        "pair-primary-route-application-eu-west-1a",
        "pair-primary-route-application-eu-west-1b",
        "pair-primary-route-data-all",
    }
    asked_for = {"pair-primary-fence", "pair-user-pool-replica"}
    assert here == asked_for | (peering if strategy == "multi_site" else set())


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_policy_pack_stops_nothing(strategy: str) -> None:
    assert stopped_by(build(everything(strategy))) == set()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_keeps_a_state_is_protected(strategy: str) -> None:
    protected = {resource.name for resource in build(everything(strategy)) if resource.protect}
    kept = {"pair-key", "pair-state", "pair-table-sync", "pair-user-pool-replica"}
    assert {name for name in protected if not name.startswith("pair-templates")} == kept


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_protection_goes_by_an_explicit_argument(strategy: str) -> None:
    recording = build({**everything(strategy), "protect": False})
    assert not [resource.name for resource in recording if resource.protect]
    assert recording.named("pair-state").inputs["deletionProtectionEnabled"] is False


def test_the_table_is_encrypted_and_can_be_restored_to_any_minute() -> None:
    assert build(everything("pilot_light")).named("pair-state").inputs == {
        "attributes": [{"name": "pk", "type": "S"}],
        "billingMode": "PAY_PER_REQUEST",
        "deletionProtectionEnabled": True,
        "hashKey": "pk",
        "pointInTimeRecovery": {"enabled": True},
        "region": AWAY,
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": f"arn:aws:kms:{AWAY}:{ACCOUNT}:pair-key"},
        "tags": {"Name": "pair-state", "team": "core"},
    }


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_fence_is_a_security_group_without_rules_in_the_databases_vpc(strategy: str) -> None:
    recording = build(args_of(strategy))
    assert recording.named("pair-recovery-fence").inputs == {
        "description": "pair: fences a writer off, since nothing may connect through this group",
        "region": AWAY,
        "tags": {"Name": "pair-recovery-fence"},
        "vpcId": "vpc-cccccccc",
    }
    assert recording.named("pair-primary-fence").inputs["vpcId"] == "vpc-aaaaaaaa"
    rules = recording.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert not [rule for rule in rules if "fence" in rule.inputs["securityGroupId"]]


def test_the_minute_calls_both_functions() -> None:
    recording = build(args_of("warm_standby"))
    assert recording.named("pair-minute").inputs["scheduleExpression"] == "rate(1 minute)"
    targets = recording.of_type("aws:cloudwatch/eventTarget:EventTarget")
    assert {(target.inputs["targetId"], target.inputs["arn"], target.inputs["input"]) for target in targets} == {
        ("prober", f"arn:aws:lambda:{AWAY}:{ACCOUNT}:pair-prober-function", '{"tick": true}'),
        ("recovery", f"arn:aws:lambda:{AWAY}:{ACCOUNT}:pair-recovery-function", '{"tick": true}'),
    }


def test_only_the_minute_and_the_alarm_may_call_the_functions() -> None:
    permissions = build(args_of("warm_standby")).of_type("aws:lambda/permission:Permission")
    assert {(each.name, each.inputs["principal"], each.inputs["sourceArn"]) for each in permissions} == {
        ("pair-prober-from-minute", "events.amazonaws.com", f"arn:aws:cloudwatch:{AWAY}:{ACCOUNT}:pair-minute"),
        ("pair-recovery-from-minute", "events.amazonaws.com", f"arn:aws:cloudwatch:{AWAY}:{ACCOUNT}:pair-minute"),
        (
            "pair-recovery-from-alarm",
            "lambda.alarms.cloudwatch.amazonaws.com",
            f"arn:aws:cloudwatch:{AWAY}:{ACCOUNT}:pair-unreachable",
        ),
    }


def test_nothing_calls_the_recovery_function_before_it_may_do_its_work() -> None:
    recording = build(args_of("warm_standby"))
    granted = {"pair-recovery-reads", "pair-scales-primary-attached", "pair-scales-recovery-attached"}
    for name in ("pair-minute-recovery", "pair-minute-prober", "pair-unreachable"):
        waits = {urn.rpartition("::")[2] for urn in recording.named(name).dependencies}
        assert granted <= waits, name


def test_the_unreachable_alarm_calls_the_function_and_the_topic_after_so_many_minutes() -> None:
    args = changed(args_of("pilot_light"), "guards", {"datapoints": 5})
    topic = f"arn:aws:sns:{AWAY}:{ACCOUNT}:pair-alarms"
    assert build(args).named("pair-unreachable").inputs == {
        "alarmActions": [f"arn:aws:lambda:{AWAY}:{ACCOUNT}:pair-recovery-function", topic],
        "alarmDescription": "pair: the primary Region gave no answer for 5 minutes",
        "comparisonOperator": "LessThanThreshold",
        "datapointsToAlarm": 5,
        "dimensions": {"Pair": "pair"},
        "evaluationPeriods": 5,
        "metricName": "PrimaryReachable",
        "name": "pair-state-0a1b2c3-unreachable",
        "namespace": "AwsMobile/Recovery",
        "okActions": [topic],
        "period": 60,
        "region": AWAY,
        "statistic": "Minimum",
        "tags": {"Name": "pair-unreachable"},
        "threshold": 1,
        "treatMissingData": "breaching",
    }


def test_silence_moves_no_clients() -> None:
    alarm = build(args_of("pilot_light")).named("pair-traffic").inputs
    assert (alarm["metricName"], alarm["statistic"], alarm["threshold"]) == ("TrafficToRecovery", "Maximum", 1)
    assert (alarm["evaluationPeriods"], alarm["period"], alarm["treatMissingData"]) == (1, 60, "ignore")


def test_people_hear_of_a_silent_prober_and_of_functions_that_fail() -> None:
    recording = build(args_of("backup_restore"))
    assert {alarm.name for alarm in recording.of_type(ALARM)} == {
        "pair-prober-errors",
        "pair-prober-silent",
        "pair-recovery-errors",
        "pair-traffic",
        "pair-unreachable",
    }
    assert recording.named("pair-prober-silent").inputs["statistic"] == "SampleCount"


def test_a_replica_is_watched_unless_somebody_does() -> None:
    args = args_of("pilot_light")
    alarm = build(args).named("pair-replica-lag").inputs
    assert (alarm["dimensions"], alarm["threshold"]) == ({"DBInstanceIdentifier": "orders-eu-central-1"}, 300)
    watched = build(changed(args, "recovery.database.lag_watched", value=True))
    assert "pair-replica-lag" not in {each.name for each in watched}


def test_after_a_takeover_the_new_writer_has_no_lag_to_watch() -> None:
    recording = build({**args_of("pilot_light"), "takeovers": 1})
    assert "pair-replica-lag" not in {each.name for each in recording}


def test_a_given_topic_is_told_instead_of_a_new_one() -> None:
    recording = build({**args_of("pilot_light"), "alarm_topic_arn": TOPIC, "alarm_topic_kms_key_arn": KEY})
    assert not recording.of_type("aws:sns/topic:Topic")
    assert {tuple(alarm.inputs["okActions"]) for alarm in recording.of_type(ALARM)} == {(TOPIC,)}
    assert plan_of(recording)["topic_arn"] == TOPIC


def test_table_replicas_stand_in_the_recovery_region() -> None:
    recording = build({**everything("pilot_light"), "tables_kms_key_arn": KEY})
    assert recording.named("pair-table-sync").inputs == {
        "deletionProtectionEnabled": True,
        "globalTableArn": f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/sync",
        "kmsKeyArn": KEY,
        "pointInTimeRecovery": True,
        "region": AWAY,
        "tags": {"Name": "pair-table-sync", "team": "core"},
    }


def test_the_user_pools_replica_is_a_stack_in_its_own_region() -> None:
    stack = build(everything("pilot_light")).named("pair-user-pool-replica").inputs
    assert stack["region"] == HOME
    assert json.loads(stack["templateBody"])["Resources"]["Replica"]["Properties"] == {
        "RegionName": AWAY,
        "UserPoolId": f"{HOME}_a1B2c3D4e",
    }


def test_a_user_pool_without_a_replica_makes_nothing() -> None:
    args = changed(everything("pilot_light"), "identity.replica", value=False)
    assert not build(args).of_type("aws:cloudformation/stack:Stack")


def test_the_outputs_are_what_operators_need() -> None:
    outputs = dict(build(everything("backup_restore")).component_outputs[PAIR])
    assert set(outputs.pop("strategies")) == set(STRATEGIES)
    assert outputs == {
        "strategy": "backup_restore",
        "function_name": "pair-recovery-function-0a1b2c3",
        "function_arn": f"arn:aws:lambda:{AWAY}:{ACCOUNT}:pair-recovery-function",
        "prober_function_name": "pair-prober-function-0a1b2c3",
        "table_name": "pair-state-0a1b2c3",
        "topic_arn": f"arn:aws:sns:{AWAY}:{ACCOUNT}:pair-alarms",
        "fence_security_group_ids": {HOME: "pair-primary-fence-id", AWAY: "pair-recovery-fence-id"},
        "traffic_alarm_name": "pair-state-0a1b2c3-traffic",
        "unreachable_alarm_name": "pair-state-0a1b2c3-unreachable",
        "health_check_ids": {"primary": "pair-switch-id"},
        "record_fqdn": "api.example.com",
        "template_url": f"https://pair-templates-id.s3.{AWAY}.amazonaws.com/recovery.json",
        "stack_name": "pair-state-0a1b2c3",
        "rto_seconds": 2715,
        "rpo_seconds": 1050,
    }


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    outputs = build(everything("backup_restore"), preview=True).component_outputs[PAIR]
    known = {"strategy", "strategies", "rto_seconds", "rpo_seconds"}
    assert {name for name, value in outputs.items() if value != UNKNOWN} == known


def test_two_pairs_do_not_collide() -> None:
    def program() -> None:
        for name in ("orders", "orders-two"):
            DRPair(name, args_of("backup_restore"))

    recording = record(program, mocks=Account())
    names = [resource.name for resource in recording]
    assert len(names) == len(set(names))


def test_other_outputs_flow_into_properties() -> None:
    def program() -> None:
        args = args_of("multi_site")
        host = pulumi.Output.from_input("https://x.execute-api.eu-west-1.amazonaws.com:8443/v1/health?deep=0")
        args["primary"]["health_url"] = host
        DRPair("pair", args)

    check = record(program, mocks=Account()).named("pair-primary-endpoint").inputs
    assert (check["fqdn"], check["port"]) == ("x.execute-api.eu-west-1.amazonaws.com", 8443)
    assert check["resourcePath"] == "/v1/health?deep=0"


@pytest.mark.parametrize("preview", [True, False])
def test_wrong_options_register_nothing(preview: bool) -> None:
    seen: list[str] = []
    with pytest.raises(ArgsError):
        record(
            lambda: DRPair("pair", changed(args_of("pilot_light"), "recovery.region", HOME)),
            mocks=Account(),
            preview=preview,
            on_resource=lambda resource: seen.append(resource.name),
        )
    assert seen == []


def chosen(need: Args) -> str:
    args = {**args_of("pilot_light"), "need": need}
    del args["strategy"]
    return build(args).component_outputs[PAIR]["strategy"]


def test_a_need_chooses_the_cheapest_strategy_that_meets_it() -> None:
    assert chosen({"rto_minutes": 240, "rpo_minutes": 10, "monthly_budget": 10_000}) == "pilot_light"
