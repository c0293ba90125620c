"""Alarms, events, logs and measurements of a database."""

from typing import Any

import pytest
from components.ha_database.account import (
    ALARM,
    AWAY,
    EVENTS,
    HOME,
    INSTANCE,
    LOG_GROUP,
    THERE,
    TOPIC,
    build,
    names,
    outputs,
    untagged,
)

TOPIC_ARN = f"arn:aws:sns:{HOME}:123456789012:ours"
OWN_TOPIC = "arn:aws:sns:eu-west-1:123456789012:db-alarms"
GIB = 2**30


def alarm(name: str, args: dict[str, Any] | None = None) -> dict[str, Any]:
    found = untagged(build(args or {}).named(name))
    return {key: value for key, value in found.items() if key not in {"alarmDescription", "region"}}


def watching(metric: str, statistic: str, threshold: float, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - inputs of any type
    return {
        "alarmActions": [OWN_TOPIC],
        "comparisonOperator": "GreaterThanThreshold",
        "dimensions": {"DBInstanceIdentifier": "db-0a1b2c3d"},
        "evaluationPeriods": 3,
        "metricName": metric,
        "namespace": "AWS/RDS",
        "okActions": [OWN_TOPIC],
        "period": 300,
        "statistic": statistic,
        "threshold": threshold,
        **more,
    }


def test_a_busy_or_silent_instance_sounds_the_alarm() -> None:
    assert alarm("db-cpu") == watching("CPUUtilization", "Average", 80, treatMissingData="breaching")


def test_storage_that_runs_out_is_told_in_bytes() -> None:
    assert alarm("db-free-storage") == watching(
        "FreeStorageSpace",
        "Minimum",
        2 * GIB,
        comparisonOperator="LessThanThreshold",
        treatMissingData="ignore",
    )


def test_connections_near_the_limit_of_the_class_sound_the_alarm() -> None:
    # 4 GiB x 0.9 / 12582880 bytes each = 307, of which 80 %
    assert alarm("db-connections") == watching("DatabaseConnections", "Maximum", 245, treatMissingData="notBreaching")


def test_a_replica_that_lags_or_is_silent_sounds_the_alarm() -> None:
    found = alarm("db-replica-reports-replica-lag", {"replicas": {"reports": {}}})
    assert found == watching(
        "ReplicaLag",
        "Maximum",
        60,
        dimensions={"DBInstanceIdentifier": "db-replica-reports-0a1b2c3d"},
        evaluationPeriods=5,
        period=60,
        treatMissingData="breaching",
    )


def test_an_instance_that_follows_nobody_has_no_lag() -> None:
    assert names(build({}), ALARM) == {"db-cpu", "db-free-storage", "db-connections"}


@pytest.mark.parametrize(
    ("option", "value", "name", "threshold"),
    [
        ("cpu_percent", 60, "db-cpu", 60),
        ("free_storage_percent", 25, "db-free-storage", 5 * GIB),
        ("connections", 500, "db-connections", 500),
        ("replica_lag_seconds", 5, "db-replica-reports-replica-lag", 5),
    ],
)
def test_each_threshold_can_be_chosen(option: str, value: int, name: str, threshold: float) -> None:
    found = alarm(name, {"alarms": {option: value}, "replicas": {"reports": {}}})
    assert found["threshold"] == threshold


def test_a_limit_set_by_parameter_sets_the_alarm_on_connections() -> None:
    assert alarm("db-connections", {"parameters": {"max_connections": "100"}})["threshold"] == 80


def test_a_class_of_unknown_memory_has_no_alarm_on_connections_unless_told() -> None:
    assert "db-connections" not in names(build({"instance_class": "db.x2iedn.xlarge"}), ALARM)
    told = {"instance_class": "db.x2iedn.xlarge", "alarms": {"connections": 10}}
    assert "db-connections" in names(build(told), ALARM)


def test_the_topic_is_encrypted_with_the_databases_key() -> None:
    recording = build({})
    assert recording.only(TOPIC).inputs["kmsMasterKeyId"] == "arn:aws:kms:eu-west-1:123456789012:db-key"
    assert outputs(recording)["alarm_topic_arn"] == OWN_TOPIC


def test_alarms_and_events_wait_for_the_topics_policy() -> None:
    recording = build({})
    policy = recording.named("db-alarms-policy").urn
    assert policy in recording.only(EVENTS).property_dependencies["snsTopic"]
    assert policy in recording.named("db-cpu").property_dependencies["alarmActions"]


def test_a_given_topic_is_used_instead_of_a_new_one() -> None:
    recording = build({"alarms": {"topic_arn": TOPIC_ARN}})
    assert not recording.of_type(TOPIC)
    assert {found.inputs["alarmActions"][0] for found in recording.of_type(ALARM)} == {TOPIC_ARN}
    assert recording.only(EVENTS).inputs["snsTopic"] == TOPIC_ARN


def test_without_alarms_there_are_neither_topics_nor_events() -> None:
    args = {"alarms": {"enabled": False}, "replicas": {"far": {"region": AWAY, "network": THERE}}}
    recording = build(args)
    assert not [r.name for r in recording if r.type in {ALARM, TOPIC, EVENTS}]
    assert outputs(recording)["alarm_topic_arn"] == ""


def test_one_subscription_hears_all_the_instances_of_a_region() -> None:
    recording = build({"replicas": {"reports": {}, "far": {"region": AWAY, "network": THERE}}})
    assert untagged(recording.named("db-events")) == {
        "eventCategories": [
            "availability",
            "configuration change",
            "deletion",
            "failover",
            "failure",
            "low storage",
            "maintenance",
            "notification",
            "read replica",
            "recovery",
            "restoration",
        ],
        "region": HOME,
        "snsTopic": OWN_TOPIC,
        "sourceIds": ["db-0a1b2c3d", "db-replica-reports-0a1b2c3d"],
        "sourceType": "db-instance",
    }
    away = recording.named("db-eu-central-1-events").inputs
    assert away["sourceIds"] == ["db-replica-far-0a1b2c3d"]
    assert away["snsTopic"] == "arn:aws:sns:eu-central-1:123456789012:db-eu-central-1-alarms"


@pytest.mark.parametrize("preview", [True, False])
def test_log_groups_stand_before_rds_would_make_them(preview: bool) -> None:
    recording = build({}, preview=preview)
    groups = {group.urn for group in recording.of_type(LOG_GROUP)}
    assert len(groups) == 3
    assert groups <= set(recording.only(INSTANCE).dependencies)


def test_log_groups_expire_and_are_encrypted() -> None:
    assert untagged(build({"log_retention_days": 30}).named("db-log-error")) == {
        "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:db-key",
        "name": "/aws/rds/instance/db-0a1b2c3d/error",
        "region": HOME,
        "retentionInDays": 30,
    }


def test_the_exported_logs_can_be_chosen() -> None:
    recording = build({"engine": "postgres", "log_exports": ["postgresql", "iam-db-auth-error", "postgresql"]})
    assert recording.only(INSTANCE).inputs["enabledCloudwatchLogsExports"] == ["postgresql", "iam-db-auth-error"]
    assert names(recording, LOG_GROUP) == {"db-log-postgresql", "db-log-iam-db-auth-error"}


def test_no_logs_are_no_log_groups_and_no_parameters_for_them() -> None:
    recording = build({"log_exports": []})
    assert not recording.of_type(LOG_GROUP)
    parameters = recording.only("aws:rds/parameterGroup:ParameterGroup").inputs["parameters"]
    assert [parameter["name"] for parameter in parameters] == ["require_secure_transport"]


def test_the_monitoring_role_is_ready_when_it_is_handed_over() -> None:
    recording = build({})
    dependencies = recording.only(INSTANCE).property_dependencies["monitoringRoleArn"]
    assert recording.named("db-monitoring-access").urn in dependencies
    assert recording.named("db-monitoring-access").inputs == {
        "policyArn": "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        "role": "db-monitoring-name",
    }


def test_without_enhanced_monitoring_there_is_no_role() -> None:
    recording = build({"monitoring": {"interval_seconds": 0}})
    assert not recording.of_type("aws:iam/role:Role")
    assert "monitoringRoleArn" not in recording.only(INSTANCE).inputs


def test_advanced_insights_keep_what_they_need() -> None:
    instance = build({"monitoring": {"insights": "advanced"}}).only(INSTANCE).inputs
    assert (instance["databaseInsightsMode"], instance["performanceInsightsRetentionPeriod"]) == ("advanced", 465)


@pytest.mark.parametrize("args", [{"monitoring": {"insights": "off"}}, {"instance_class": "db.t4g.small"}])
def test_insights_are_off_where_they_are_turned_off_or_do_not_exist(args: dict[str, Any]) -> None:
    instance = build(args).only(INSTANCE).inputs
    assert instance["performanceInsightsEnabled"] is False
    assert instance["databaseInsightsMode"] == "standard"
    assert "performanceInsightsKmsKeyId" not in instance
