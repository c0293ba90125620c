"""A Multi-AZ cluster: one writer and two readable standbys."""

import pytest
from components.ha_database.account import (
    ALARM,
    CLUSTER,
    EVENTS,
    HOME,
    INSTANCE,
    LOG_GROUP,
    build,
    names,
    outputs,
    untagged,
)

TOPOLOGY = {"topology": "multi_az_cluster"}


def test_the_default_cluster_has_exactly_these_inputs() -> None:
    key = "arn:aws:kms:eu-west-1:123456789012:db-key"
    assert untagged(build(TOPOLOGY).only(CLUSTER)) == {
        "allocatedStorage": 100,
        "allowMajorVersionUpgrade": False,
        "applyImmediately": False,
        "autoMinorVersionUpgrade": True,
        "backupRetentionPeriod": 14,
        "caCertificateIdentifier": "rds-ca-rsa2048-g1",
        "clusterIdentifier": "db-0a1b2c3d",
        "copyTagsToSnapshot": True,
        "databaseInsightsMode": "standard",
        "databaseName": "app",
        "dbClusterInstanceClass": "db.m6gd.large",
        "dbClusterParameterGroupName": "db-parameters-name",
        "dbSubnetGroupName": "db-subnets-name",
        "deleteAutomatedBackups": False,
        "deletionProtection": True,
        "enabledCloudwatchLogsExports": ["error", "general", "slowquery"],
        "engine": "mysql",
        "engineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "engineVersion": "8.4",
        "finalSnapshotIdentifier": "db-0a1b2c3d-final",
        "iamDatabaseAuthenticationEnabled": True,
        "iops": 3000,
        "kmsKeyId": key,
        "manageMasterUserPassword": True,
        "masterUserSecretKmsKeyId": key,
        "masterUsername": "appowner",
        "monitoringInterval": 60,
        "monitoringRoleArn": "arn:aws:iam:eu-west-1:123456789012:db-monitoring",
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": key,
        "performanceInsightsRetentionPeriod": 7,
        "port": 3306,
        "preferredBackupWindow": "03:00-04:00",
        "preferredMaintenanceWindow": "sun:05:00-sun:06:00",
        "publiclyAccessible": False,
        "region": HOME,
        "skipFinalSnapshot": False,
        "storageEncrypted": True,
        "storageType": "gp3",
        "vpcSecurityGroupIds": ["db-security-group-id"],
    }


@pytest.mark.parametrize("preview", [True, False])
def test_the_zones_that_rds_chooses_never_replace_the_cluster(preview: bool) -> None:
    cluster = build(TOPOLOGY, preview=preview).only(CLUSTER)
    assert "availabilityZones" not in cluster.inputs
    assert cluster.ignore_changes == ["availabilityZones", "snapshotIdentifier", "restoreToPointInTime"]


def test_rds_makes_the_instances_of_a_cluster() -> None:
    assert not build(TOPOLOGY).of_type(INSTANCE)


def test_its_parameters_are_a_clusters() -> None:
    group = build({**TOPOLOGY, "engine": "postgres"}).only("aws:rds/clusterParameterGroup:ClusterParameterGroup")
    assert group.inputs["family"] == "postgres17"
    assert "rds.force_ssl" in {parameter["name"] for parameter in group.inputs["parameters"]}


def test_its_logs_are_a_clusters() -> None:
    found = {group.inputs["name"] for group in build(TOPOLOGY).of_type(LOG_GROUP)}
    assert found == {f"/aws/rds/cluster/db-0a1b2c3d/{log}" for log in ("error", "general", "slowquery")}


def test_each_of_its_three_instances_is_watched() -> None:
    roles = ("connections", "cpu", "free-storage", "replica-lag")
    recording = build(TOPOLOGY)
    assert names(recording, ALARM) == {f"db-instance-{n}-{role}" for n in (1, 2, 3) for role in roles}
    watched = {alarm.inputs["dimensions"]["DBInstanceIdentifier"] for alarm in recording.of_type(ALARM)}
    assert watched == {f"db-0a1b2c3d-instance-{n}" for n in (1, 2, 3)}


def test_the_writer_has_no_lag_to_report() -> None:
    assert build(TOPOLOGY).named("db-instance-1-replica-lag").inputs["treatMissingData"] == "notBreaching"


def test_its_events_are_a_clusters() -> None:
    events = build(TOPOLOGY).only(EVENTS).inputs
    assert (events["sourceType"], events["sourceIds"]) == ("db-cluster", ["db-0a1b2c3d"])


def test_both_standbys_are_read_through_one_address() -> None:
    found = outputs(build(TOPOLOGY))
    assert (found["endpoint"], found["reader_endpoints"]) == ("db-cluster.rds", {"reader": "db-cluster.ro.rds"})


def test_another_kind_of_database_is_another_life() -> None:
    keepers = [build(args).only("random:index/randomId:RandomId").inputs["keepers"]["kind"] for args in ({}, TOPOLOGY)]
    assert keepers == ["instance", "cluster"]
