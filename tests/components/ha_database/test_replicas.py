"""Read replicas in the Region and in another, promoted or not."""

from typing import Any

import pytest
from components.ha_database.account import (
    ALARM,
    AWAY,
    COPIES,
    EVENTS,
    HOME,
    INSTANCE,
    KEY,
    NETWORK,
    PASSWORD,
    RULE,
    THERE,
    build,
    names,
    outputs,
    untagged,
)

from pulumi_aws_mobile.testing import UNKNOWN, Secret

BOTH = pytest.mark.parametrize("preview", [True, False])
THEIR_KEY = f"arn:aws:kms:{AWAY}:123456789012:key/theirs"
NEVER = {"engine", "engineVersion", "username", "password", "dbName", "allocatedStorage", "manageMasterUserPassword"}
"""What RDS refuses on a replica, or takes for a change that replaces it."""


def away(**options: Any) -> dict[str, Any]:  # noqa: ANN401 - options of any type
    return {"replicas": {"far": {"region": AWAY, "network": THERE, **options}}}


def test_a_replica_in_the_region_has_exactly_these_inputs() -> None:
    key = "arn:aws:kms:eu-west-1:123456789012:db-key"
    assert untagged(build({"replicas": {"reports": {}}}).named("db-replica-reports")) == {
        "allowMajorVersionUpgrade": False,
        "applyImmediately": False,
        "autoMinorVersionUpgrade": True,
        "backupRetentionPeriod": 14,
        "backupWindow": "03:00-04:00",
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "copyTagsToSnapshot": True,
        "deleteAutomatedBackups": False,
        "deletionProtection": True,
        "enabledCloudwatchLogsExports": ["error", "general", "slowquery"],
        "iamDatabaseAuthenticationEnabled": True,
        "identifier": "db-replica-reports-0a1b2c3d",
        "instanceClass": "db.t4g.medium",
        "kmsKeyId": key,
        "maintenanceWindow": "sun:05:00-sun:06:00",
        "maxAllocatedStorage": 200,
        "monitoringInterval": 60,
        "monitoringRoleArn": "arn:aws:iam:eu-west-1:123456789012:db-monitoring",
        "multiAz": False,
        "parameterGroupName": "db-parameters-name",
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": key,
        "performanceInsightsRetentionPeriod": 7,
        "port": 3306,
        "publiclyAccessible": False,
        "region": HOME,
        "replicateSourceDb": "db-0a1b2c3d",
        "skipFinalSnapshot": True,
        "storageEncrypted": True,
        "vpcSecurityGroupIds": ["db-security-group-id"],
    }


def test_a_replica_elsewhere_stands_on_what_that_region_has() -> None:
    recording = build(away())
    replica = untagged(recording.named("db-replica-far"))
    here = untagged(build({"replicas": {"far": {}}}).named("db-replica-far"))
    assert {name: value for name, value in replica.items() if here.get(name) != value} == {
        "dbSubnetGroupName": "db-eu-central-1-subnets-name",
        "kmsKeyId": "arn:aws:kms:eu-central-1:123456789012:db-eu-central-1-key",
        "parameterGroupName": "db-eu-central-1-parameters-name",
        "performanceInsightsKmsKeyId": "arn:aws:kms:eu-central-1:123456789012:db-eu-central-1-key",
        "region": AWAY,
        "replicateSourceDb": "arn:aws:rds:eu-west-1:123456789012:db-instance",
        "vpcSecurityGroupIds": ["db-eu-central-1-security-group-id"],
    }


@BOTH
@pytest.mark.parametrize("args", [{"replicas": {"far": {}}}, away(), away(promoted=True)])
def test_a_replica_never_states_what_it_has_from_its_source(args: dict[str, Any], preview: bool) -> None:
    replica = build(args, preview=preview).named("db-replica-far")
    assert not NEVER & set(replica.inputs)


@BOTH
@pytest.mark.parametrize("args", [{"replicas": {"far": {}}}, away(), away(promoted=True)])
def test_a_promotion_at_aws_is_never_read_as_a_change(args: dict[str, Any], preview: bool) -> None:
    replica = build(args, preview=preview).named("db-replica-far")
    assert replica.ignore_changes == ["replicateSourceDb"]
    assert replica.protect


@BOTH
@pytest.mark.parametrize("promoted", [True, False])
def test_the_source_stays_stated_so_that_a_promotion_is_adopted(promoted: bool, preview: bool) -> None:
    replica = build(away(promoted=promoted), preview=preview).named("db-replica-far")
    source = "arn:aws:rds:eu-west-1:123456789012:db-instance"
    assert replica.inputs["replicateSourceDb"] == (UNKNOWN if preview else source)


def test_a_promoted_replica_gets_what_an_owner_of_data_needs_and_nothing_that_replaces_it() -> None:
    before = untagged(build(away()).named("db-replica-far"))
    after = untagged(build(away(promoted=True)).named("db-replica-far"))
    assert {name: value for name, value in after.items() if before.get(name) != value} == {
        "finalSnapshotIdentifier": "db-replica-far-0a1b2c3d-final",
        "multiAz": True,
        "passwordWo": Secret(PASSWORD),
        "passwordWoVersion": 1,
        "skipFinalSnapshot": False,
    }
    assert set(before) <= set(after)


def test_a_promotion_changes_no_urn_but_that_of_the_lag_alarm() -> None:
    assert set(build(away()).urns) - set(build(away(promoted=True)).urns) == {
        build(away()).named("db-replica-far-replica-lag").urn
    }
    assert set(build(away(promoted=True)).urns) <= set(build(away()).urns)


def test_a_promoted_replica_may_stay_without_a_standby_or_snapshot_by_saying_so() -> None:
    recording = build({**away(promoted=True, multi_az=False), "final_snapshot": False})
    replica = recording.named("db-replica-far").inputs
    assert (replica["multiAz"], replica["skipFinalSnapshot"]) == (False, True)


def test_a_zone_is_no_longer_fixed_once_a_standby_can_change_places() -> None:
    zone = {"zone": "eu-central-1b"}
    assert build(away(**zone)).named("db-replica-far").inputs["availabilityZone"] == "eu-central-1b"
    assert "availabilityZone" not in build(away(**zone, promoted=True)).named("db-replica-far").inputs


def test_a_replica_has_its_own_class_retention_and_standby() -> None:
    options = {"instance_class": "db.r7g.large", "retention_days": 0, "multi_az": True}
    replica = build({"replicas": {"reports": options}}).named("db-replica-reports").inputs
    assert replica["instanceClass"] == "db.r7g.large"
    assert replica["backupRetentionPeriod"] == 0
    assert "backupWindow" not in replica
    assert replica["multiAz"] is True


def test_a_small_replica_of_mysql_goes_without_insights() -> None:
    replica = build({"replicas": {"reports": {"instance_class": "db.t4g.small"}}}).named("db-replica-reports").inputs
    assert replica["performanceInsightsEnabled"] is False
    assert "performanceInsightsKmsKeyId" not in replica


def test_naming_the_own_region_is_staying_in_it() -> None:
    assert build({"replicas": {"a": {"region": HOME}}}).urns == build({"replicas": {"a": {}}}).urns


def test_the_replicas_of_a_region_share_what_it_has() -> None:
    replicas = {"far": {"region": AWAY, "network": THERE}, "further": {"region": AWAY}}
    recording = build({"replicas": replicas, "cross_region_backups": {"region": AWAY}})
    assert names(recording, KEY) == {"db-key", "db-eu-central-1-key"}
    assert names(recording, EVENTS) == {"db-events", "db-eu-central-1-events"}
    far, further = (untagged(recording.named(f"db-replica-{key}")) for key in replicas)
    assert {name for name in far if far[name] != further[name]} == {"identifier"}


def test_each_region_has_its_own_set() -> None:
    recording = build(
        {
            "replicas": {
                "far": {"region": AWAY, "network": THERE},
                "overseas": {
                    "region": "us-east-1",
                    "network": {"vpc_id": "vpc-7", "subnet_ids": ["subnet-6", "subnet-7"]},
                },
            }
        }
    )
    assert names(recording, KEY) == {"db-key", "db-eu-central-1-key", "db-us-east-1-key"}
    assert recording.named("db-us-east-1-key").inputs["region"] == "us-east-1"
    assert "logs.us-east-1.amazonaws.com" in recording.named("db-us-east-1-key").inputs["policy"]


def test_a_replica_elsewhere_may_get_a_network_of_its_own() -> None:
    recording = build({"replicas": {"far": {"region": AWAY, "network": {"cidr": "10.7.0.0/16"}}}})
    assert recording.only(NETWORK).name == "db-eu-central-1-network"
    assert recording.only("aws:ec2/vpc:Vpc").inputs["cidrBlock"] == "10.7.0.0/16"
    assert {s.inputs["region"] for s in recording.of_type("aws:ec2/subnet:Subnet")} == {AWAY}


def test_a_replica_elsewhere_uses_what_it_is_given() -> None:
    topic = f"arn:aws:sns:{AWAY}:123456789012:theirs"
    recording = build(away(kms_key_arn=THEIR_KEY, alarm_topic_arn=topic, allowed_security_group_ids={"web": "sg-9"}))
    assert recording.named("db-replica-far").inputs["kmsKeyId"] == THEIR_KEY
    assert names(recording, KEY) == {"db-key", "db-eu-central-1-operations-key"}
    assert names(recording, RULE) == {"db-eu-central-1-from-web"}
    assert names(recording, "aws:sns/topic:Topic") == {"db-alarms"}
    far = [alarm for alarm in recording.of_type(ALARM) if alarm.inputs["region"] == AWAY]
    assert {alarm.inputs["alarmActions"][0] for alarm in far} == {topic}


def test_the_readers_are_found_by_their_keys() -> None:
    found = outputs(build({"replicas": {"reports": {}, **away()["replicas"]}}))
    assert found["reader_endpoints"] == {"far": "db-replica-far.rds", "reports": "db-replica-reports.rds"}
    assert found["replica_arns"] == {
        "far": "arn:aws:rds:eu-central-1:123456789012:db-replica-far",
        "reports": "arn:aws:rds:eu-west-1:123456789012:db-replica-reports",
    }


def test_backups_are_copied_from_inside_the_other_region() -> None:
    recording = build({"cross_region_backups": {"region": AWAY, "retention_days": 7}})
    assert recording.only(COPIES).inputs == {
        "kmsKeyId": "arn:aws:kms:eu-central-1:123456789012:db-eu-central-1-key",
        "region": AWAY,
        "retentionPeriod": 7,
        "sourceDbInstanceArn": "arn:aws:rds:eu-west-1:123456789012:db-instance",
    }
    assert names(recording, INSTANCE) == {"db-instance"}
    assert names(recording, "aws:rds/subnetGroup:SubnetGroup") == {"db-subnets"}


def test_copies_are_kept_as_long_as_the_backups_unless_told() -> None:
    args = {"cross_region_backups": {"region": AWAY}, "backups": {"retention_days": 21}}
    assert build(args).only(COPIES).inputs["retentionPeriod"] == 21


def test_copies_under_a_given_key_need_no_other_there() -> None:
    recording = build({"cross_region_backups": {"region": AWAY, "kms_key_arn": THEIR_KEY}})
    assert recording.only(COPIES).inputs["kmsKeyId"] == THEIR_KEY
    assert names(recording, KEY) == {"db-key"}
