"""What a database starts from."""

from typing import Any

import pulumi
import pytest
from components.ha_database.account import CLUSTER, HOME, INSTANCE, SECRET_VERSION, Account, build, outputs

from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.testing import Recorded, Secret, record

BACKUPS = "arn:aws:rds:eu-west-1:123456789012:auto-backup:ab-1234567890abcdef"
TIME = "2026-11-22T09:30:00Z"
BORN_FROM = ["snapshotIdentifier", "restoreToPointInTime"]
RESTORED = {"restore": {"snapshot_identifier": "last-good"}}
CLUSTERED = {**RESTORED, "topology": "multi_az_cluster"}


def restored(**restore: str) -> Recorded:
    return build({"restore": restore}).only(INSTANCE)


def test_a_snapshot_is_named() -> None:
    instance = restored(snapshot_identifier="last-good").inputs
    assert instance["snapshotIdentifier"] == "last-good"
    assert "restoreToPointInTime" not in instance


@pytest.mark.parametrize(
    ("restore", "expected"),
    [
        ({"source_identifier": "old"}, {"sourceDbInstanceIdentifier": "old", "useLatestRestorableTime": True}),
        (
            {"source_identifier": "old", "restore_time": TIME},
            {"sourceDbInstanceIdentifier": "old", "restoreTime": TIME},
        ),
        (
            {"source_backups_arn": BACKUPS},
            {"sourceDbInstanceAutomatedBackupsArn": BACKUPS, "useLatestRestorableTime": True},
        ),
    ],
)
def test_a_moment_in_the_backups_is_restored_under_an_identifier(
    restore: dict[str, str], expected: dict[str, Any]
) -> None:
    instance = restored(**restore).inputs
    assert instance["restoreToPointInTime"] == expected
    assert instance["identifier"] == "db-0a1b2c3d"


@pytest.mark.parametrize(
    ("restore", "expected"),
    [
        ({"source_identifier": "old"}, {"sourceClusterIdentifier": "old", "useLatestRestorableTime": True}),
        ({"source_identifier": "old", "restore_time": TIME}, {"sourceClusterIdentifier": "old", "restoreToTime": TIME}),
    ],
)
def test_a_cluster_is_restored_from_a_cluster(restore: dict[str, str], expected: dict[str, Any]) -> None:
    cluster = build({"topology": "multi_az_cluster", "restore": restore}).only(CLUSTER).inputs
    assert cluster["restoreToPointInTime"] == expected
    assert "masterUsername" not in cluster
    assert "databaseName" not in cluster


def test_a_cluster_is_restored_from_a_snapshot() -> None:
    args = {"topology": "multi_az_cluster", "restore": {"snapshot_identifier": "last-good"}}
    assert build(args).only(CLUSTER).inputs["snapshotIdentifier"] == "last-good"


def test_the_backup_decides_names_and_storage() -> None:
    instance = restored(snapshot_identifier="last-good").inputs
    assert not {"username", "dbName", "allocatedStorage", "maxAllocatedStorage", "storageType"} & set(instance)


def test_a_restored_instance_keeps_the_key_of_its_backup() -> None:
    instance = build(RESTORED).only(INSTANCE).inputs
    assert "kmsKeyId" not in instance
    assert instance["masterUserSecretKmsKeyId"] == "arn:aws:kms:eu-west-1:123456789012:db-key"
    given = f"arn:aws:kms:{HOME}:123456789012:key/of-the-backup"
    assert build({**RESTORED, "kms_key_arn": given}).only(INSTANCE).inputs["kmsKeyId"] == given


def test_a_restored_cluster_gets_the_key_it_is_given() -> None:
    assert build(CLUSTERED).only(CLUSTER).inputs["kmsKeyId"] == "arn:aws:kms:eu-west-1:123456789012:db-key"


def test_storage_may_be_made_larger_than_the_backups() -> None:
    instance = build({"restore": {"snapshot_identifier": "s"}, "storage_gib": 50}).only(INSTANCE).inputs
    assert (instance["allocatedStorage"], instance["maxAllocatedStorage"]) == (50, 500)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize(
    ("args", "ignored"),
    [
        ({}, BORN_FROM),
        (RESTORED, [*BORN_FROM, "dbName", "username", "kmsKeyId"]),
        (CLUSTERED, ["availabilityZones", *BORN_FROM, "databaseName", "masterUsername"]),
    ],
)
def test_a_restore_is_never_read_as_a_change_of_the_database(
    args: dict[str, Any], ignored: list[str], preview: bool
) -> None:
    recording = build(args, preview=preview)
    (database,) = recording.of_type(INSTANCE) + recording.of_type(CLUSTER)
    assert database.ignore_changes == ignored


def test_a_restore_never_changes_the_identifier() -> None:
    plain, again = (build(args).only("random:index/randomId:RandomId") for args in ({}, RESTORED))
    assert plain.inputs == again.inputs
    assert (plain.ignore_changes, again.ignore_changes) == ([], ["keepers"])


def test_what_the_backup_decided_is_in_the_outputs() -> None:
    found = outputs(build({"restore": {"snapshot_identifier": "last-good"}}))
    assert (found["database_name"], found["username"]) == ("restored", "restored_owner")
    assert found["web_tier_environment"]["RDS_USERNAME"] == "restored_owner"


def test_an_own_secret_has_the_restored_user() -> None:
    recording = build({"restore": {"snapshot_identifier": "last-good"}, "credentials": "own"})
    secret = recording.only(SECRET_VERSION).inputs["secretString"]
    assert isinstance(secret, Secret)
    assert '"username": "restored_owner"' in str(secret.value)


def test_the_storage_alarm_follows_the_restored_size() -> None:
    recording = build({"restore": {"snapshot_identifier": "last-good"}})
    assert recording.named("db-free-storage").inputs["threshold"] == 50 * 2**30 // 10


def test_the_source_may_come_from_another_resource() -> None:
    def program() -> None:
        source = pulumi.Output.from_input("old")
        HAdatabase("db", {"region": HOME, "restore": {"source_identifier": source}})

    moment = record(program, mocks=Account()).only(INSTANCE).inputs["restoreToPointInTime"]
    assert moment == {"sourceDbInstanceIdentifier": "old", "useLatestRestorableTime": True}
