"""What a database registers as a whole; the mocks answer anything, so what AWS takes is proved by the sandbox."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from components.ha_database.account import (
    AWAY,
    DATABASE,
    HOME,
    INSTANCE,
    THERE,
    Account,
    build,
    outputs,
    untagged,
)

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.testing import UNKNOWN, Recording, record

BOTH = pytest.mark.parametrize("preview", [True, False])
EVERYTHING: dict[str, Any] = {
    "allowed_security_group_ids": {"web": "sg-1"},
    "replicas": {"reports": {}, "recovery": {"region": AWAY, "network": THERE}},
    "cross_region_backups": {"region": AWAY},
}
HASH = hashlib.sha256(b"x" * 80).hexdigest()[:7]
GLOBAL = ("aws:iam/", "random:")


def alone(preview: bool) -> Recording:
    return record(lambda: HAdatabase("db", {}), mocks=Account(), preview=preview)


@BOTH
@pytest.mark.parametrize(
    ("args", "reviewed"),
    [({}, "default"), (EVERYTHING, "everything"), ({"topology": "multi_az_cluster"}, "cluster")],
)
def test_the_urns_are_the_reviewed_ones(args: dict[str, Any], reviewed: str, preview: bool) -> None:
    lines = (Path(__file__).parent / "urns" / f"{reviewed}.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(args, preview=preview).urns) == lines


@BOTH
def test_everything_is_a_child_of_the_database(preview: bool) -> None:
    recording = build(EVERYTHING, preview=preview)
    assert {resource.parent for resource in recording if resource.urn != DATABASE} == {DATABASE}


def test_everything_regional_gets_a_region_and_nothing_global_does() -> None:
    for resource in build(EVERYTHING):
        if resource.custom:
            expected = None if resource.type.startswith(GLOBAL) else AWAY if _is_away(resource.name) else HOME
            assert resource.inputs.get("region") == expected, resource.name


def _is_away(name: str) -> bool:
    return AWAY in name or (name.startswith("db-replica-recovery") and not name.endswith("-id"))


def test_the_default_instance_has_exactly_these_inputs() -> None:
    key = "arn:aws:kms:eu-west-1:123456789012:db-key"
    assert untagged(build({}).only(INSTANCE)) == {
        "allocatedStorage": 20,
        "allowMajorVersionUpgrade": False,
        "applyImmediately": False,
        "autoMinorVersionUpgrade": True,
        "backupRetentionPeriod": 14,
        "backupWindow": "03:00-04:00",
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "copyTagsToSnapshot": True,
        "databaseInsightsMode": "standard",
        "dbName": "app",
        "dbSubnetGroupName": "db-subnets-name",
        "deleteAutomatedBackups": False,
        "deletionProtection": True,
        "enabledCloudwatchLogsExports": ["error", "general", "slowquery"],
        "engine": "mysql",
        "engineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "engineVersion": "8.4",
        "finalSnapshotIdentifier": "db-0a1b2c3d-final",
        "iamDatabaseAuthenticationEnabled": True,
        "identifier": "db-0a1b2c3d",
        "instanceClass": "db.t4g.medium",
        "kmsKeyId": key,
        "maintenanceWindow": "sun:05:00-sun:06:00",
        "manageMasterUserPassword": True,
        "masterUserSecretKmsKeyId": key,
        "maxAllocatedStorage": 200,
        "monitoringInterval": 60,
        "monitoringRoleArn": "arn:aws:iam:eu-west-1:123456789012:db-monitoring",
        "multiAz": True,
        "parameterGroupName": "db-parameters-name",
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": key,
        "performanceInsightsRetentionPeriod": 7,
        "port": 3306,
        "publiclyAccessible": False,
        "region": HOME,
        "skipFinalSnapshot": False,
        "storageEncrypted": True,
        "storageType": "gp3",
        "username": "app_owner",
        "vpcSecurityGroupIds": ["db-security-group-id"],
    }


@BOTH
def test_what_holds_or_names_data_is_protected_and_the_rest_is_not(preview: bool) -> None:
    recording = build(EVERYTHING, preview=preview)
    assert {resource.name for resource in recording if resource.protect} == {
        "db-instance",
        "db-id",
        "db-key",
        "db-eu-central-1-key",
        "db-eu-central-1-backups",
        "db-replica-recovery-id",
        "db-replica-reports-id",
        "db-replica-recovery",
        "db-replica-reports",
        "db-secret",
    }


def test_protection_is_turned_off_by_saying_so() -> None:
    recording = build({**EVERYTHING, "protect": False, "deletion_protection": False, "final_snapshot": False})
    assert not [resource.name for resource in recording if resource.protect]
    for instance in recording.of_type(INSTANCE):
        assert instance.inputs["deletionProtection"] is False
        assert instance.inputs["skipFinalSnapshot"] is True
        assert "finalSnapshotIdentifier" not in instance.inputs


def test_mariadb_has_no_choice_about_extended_support() -> None:
    assert "engineLifecycleSupport" not in build({"engine": "mariadb"}).only(INSTANCE).inputs


def test_extended_support_is_billed_only_when_asked_for() -> None:
    instance = build({"engine_version": "8.0", "extended_support": True}).only(INSTANCE).inputs
    assert instance["engineLifecycleSupport"] == "open-source-rds-extended-support"


def test_a_single_zone_has_no_standby() -> None:
    instance = build({"topology": "single_zone", "zone": "eu-west-1b"}).only(INSTANCE).inputs
    assert (instance["multiAz"], instance["availabilityZone"]) == (False, "eu-west-1b")


def test_slow_changes_get_the_time_they_take() -> None:
    timeouts = build({}).only(INSTANCE).request.customTimeouts
    assert (timeouts.create, timeouts.update, timeouts.delete) == ("90m", "3h", "90m")


def test_blue_green_updates_are_made_with_a_password_of_its_own() -> None:
    instance = build({"blue_green_updates": True}).only(INSTANCE).inputs
    assert instance["blueGreenUpdate"] == {"enabled": True}
    assert "manageMasterUserPassword" not in instance


def test_the_outputs_lead_to_the_database_without_a_password() -> None:
    assert outputs(build({})) == {
        "alarm_topic_arn": "arn:aws:sns:eu-west-1:123456789012:db-alarms",
        "alarm_topic_kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:db-key",
        "arn": "arn:aws:rds:eu-west-1:123456789012:db-instance",
        "backup_arns": {},
        "database_name": "app",
        "endpoint": "db-instance.rds",
        "identifier": "db-0a1b2c3d",
        "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:db-key",
        "kms_key_arns": {HOME: "arn:aws:kms:eu-west-1:123456789012:db-key"},
        "parameter_group_names": {HOME: "db-parameters-name"},
        "port": 3306,
        "reader_endpoints": {},
        "replica_arns": {},
        "replica_backup_arns": {},
        "replica_identifiers": {},
        "secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:managed",
        "secret_arns": {HOME: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:managed"},
        "security_group_id": "db-security-group-id",
        "security_group_ids": {HOME: "db-security-group-id"},
        "subnet_group_names": {HOME: "db-subnets-name"},
        "username": "app_owner",
        "vpc_ids": {HOME: "vpc-1"},
        "web_tier_environment": {
            "RDS_DB_NAME": "app",
            "RDS_HOSTNAME": "db-instance.rds",
            "RDS_PORT": "3306",
            "RDS_USERNAME": "app_owner",
        },
        "web_tier_secrets": {"RDS_PASSWORD": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:managed:password"},
    }


def test_in_a_preview_what_only_aws_knows_is_unknown() -> None:
    found = outputs(build({}, preview=True))
    assert {name for name, value in found.items() if value == UNKNOWN} == {
        "alarm_topic_arn",
        "alarm_topic_kms_key_arn",
        "arn",
        "endpoint",
        "identifier",
        "kms_key_arn",
        "kms_key_arns",
        "parameter_group_names",
        "secret_arn",
        "secret_arns",
        "security_group_id",
        "security_group_ids",
        "subnet_group_names",
        "web_tier_environment",
        "web_tier_secrets",
    }


def test_what_each_region_has_is_found_by_the_region() -> None:
    found = outputs(build(EVERYTHING))
    assert {name: value for name, value in found.items() if name.endswith("s") and AWAY in value} == {
        "backup_arns": {AWAY: "db-eu-central-1-backups-id"},
        "kms_key_arns": {
            HOME: "arn:aws:kms:eu-west-1:123456789012:db-key",
            AWAY: "arn:aws:kms:eu-central-1:123456789012:db-eu-central-1-key",
        },
        "parameter_group_names": {HOME: "db-parameters-name", AWAY: "db-eu-central-1-parameters-name"},
        "secret_arns": {
            HOME: "arn:aws:secretsmanager:eu-west-1:123456789012:db-secret",
            AWAY: "arn:aws:secretsmanager:eu-central-1:123456789012:db-secret",
        },
        "security_group_ids": {HOME: "db-security-group-id", AWAY: "db-eu-central-1-security-group-id"},
        "subnet_group_names": {HOME: "db-subnets-name", AWAY: "db-eu-central-1-subnets-name"},
        "vpc_ids": {HOME: "vpc-1", AWAY: "vpc-9"},
    }
    assert found["replica_identifiers"] == {
        "recovery": "db-replica-recovery-0a1b2c3d",
        "reports": "db-replica-reports-0a1b2c3d",
    }


def test_without_a_region_the_providers_is_named() -> None:
    recording = record(lambda: HAdatabase("db", {}), mocks=Account())
    assert outputs(recording)["security_group_ids"] == {HOME: "db-security-group-id"}


@BOTH
def test_a_guarded_database_may_be_fenced_by_somebody_else(preview: bool) -> None:
    groups = ["vpcSecurityGroupIds"]
    guarded, open_ = (build({**EVERYTHING, "guarded": on}, preview=preview) for on in (True, False))
    assert {each.name for each in guarded.of_type(INSTANCE) if each.ignore_changes[-1:] == groups} == {
        "db-instance",
        "db-replica-recovery",
        "db-replica-reports",
    }
    assert not [each.name for each in open_.of_type(INSTANCE) if groups[0] in each.ignore_changes]
    assert [each.inputs for each in guarded] == [each.inputs for each in open_]


def test_a_guarded_cluster_may_be_fenced_too() -> None:
    (cluster,) = build({"topology": "multi_az_cluster", "guarded": True}).of_type("aws:rds/cluster:Cluster")
    assert "vpcSecurityGroupIds" in cluster.ignore_changes


def test_tags_reach_everything_that_takes_them() -> None:
    recording = build({**EVERYTHING, "tags": {"team": "core"}})
    tagged = [resource for resource in recording if "tags" in resource.inputs]
    assert len(tagged) > 20
    assert all(resource.inputs["tags"] == {"Name": resource.name, "team": "core"} for resource in tagged)


def test_bad_options_register_nothing() -> None:
    seen: list[str] = []
    args: Any = {"engine": "oracle"}
    with pytest.raises(ArgsError):
        record(lambda: HAdatabase("db", args), mocks=Account(), on_resource=lambda r: seen.append(r.urn))
    assert seen == []


def test_two_databases_stand_side_by_side() -> None:
    def program() -> None:
        everything: Any = {"region": HOME, **EVERYTHING}
        HAdatabase("orders", everything)
        HAdatabase("users", everything)

    assert len(record(program, mocks=Account()).urns) == 2 * len(
        record(lambda: HAdatabase("orders", {"region": HOME, **EVERYTHING}), mocks=Account()).urns
    )


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("db", "db-0a1b2c3d"),
        ("Main_Orders--DB", "main-orders-db-0a1b2c3d"),
        ("x" * 80, f"{'x' * 35}-{HASH}-0a1b2c3d"),
    ],
)
def test_any_name_makes_an_identifier_that_rds_takes(name: str, identifier: str) -> None:
    assert build({}, name=name).only(INSTANCE).inputs["identifier"] == identifier


@BOTH
def test_a_new_life_of_a_database_gets_a_new_identifier_and_final_snapshot(preview: bool) -> None:
    recording = build({}, preview=preview)
    keepers = recording.only("random:index/randomId:RandomId").inputs["keepers"]
    assert keepers == {
        "kind": "instance",
        "region": HOME,
        "engine": "mysql",
        "database_name": "app",
        "username": "app_owner",
        "kms_key_id": UNKNOWN if preview else "arn:aws:kms:eu-west-1:123456789012:db-key",
    }


def test_nothing_waits_for_a_component() -> None:
    components = {resource.urn for resource in alone(preview=False) if not resource.custom}
    assert not [r.name for r in alone(preview=False) if r.urn != DATABASE and components & set(r.dependencies)]
