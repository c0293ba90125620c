"""The copy in another Region."""

import json

from components.archive_bucket.building import ABROAD, ARCHIVE, COPY_KEY, EVERYTHING, HOME, KEY, build, plain, waits_for

from pulumi_aws_mobile.archive_bucket.documents import replication_permissions


def test_a_copy_follows_the_archives_rules_with_a_key_of_its_region() -> None:
    recording = build(EVERYTHING)
    for part in ("lifecycle", "lock"):
        here, there = (recording.named(f"archive-{side}-{part}") for side in ("bucket", "replica"))
        assert {**plain(here), "bucket": ""} == {**plain(there), "bucket": ""}
    (rule,) = recording.named("archive-replica-encryption").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"].endswith(":archive-replica-key")
    assert recording.named("archive-replica-key").inputs["region"] == ABROAD


def test_replication_waits_for_versions_on_both_sides_and_for_its_permissions() -> None:
    waiting = waits_for(build(EVERYTHING).named("archive-replication"))
    assert waiting >= {"archive-bucket-versioning", "archive-replica-versioning", "archive-replication-permissions"}


def test_encrypted_objects_are_copied_within_fifteen_minutes_where_asked() -> None:
    (rule,) = build(EVERYTHING).named("archive-replication").inputs["rules"]
    assert rule == {
        "id": "everything",
        "priority": 1,
        "status": "Enabled",
        "filter": {"prefix": ""},
        "deleteMarkerReplication": {"status": "Disabled"},
        "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
        "destination": {
            "bucket": "arn:aws:s3:::archive-replica",
            "encryptionConfiguration": {
                "replicaKmsKeyId": rule["destination"]["encryptionConfiguration"]["replicaKmsKeyId"]
            },
            "metrics": {"status": "Enabled", "eventThreshold": {"minutes": 15}},
            "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
        },
    }


def test_without_the_commitment_there_are_metrics_only() -> None:
    (rule,) = build({"replication": {"region": ABROAD}}).named("archive-replication").inputs["rules"]
    assert rule["destination"]["metrics"] == {"status": "Enabled"}
    assert "replicationTime" not in rule["destination"]


def test_a_copy_can_follow_deletions_and_start_in_a_colder_class() -> None:
    copy = {"region": ABROAD, "delete_markers": True, "storage_class": "GLACIER_IR"}
    (rule,) = build({"replication": copy}).named("archive-replication").inputs["rules"]
    assert rule["deleteMarkerReplication"] == {"status": "Enabled"}
    assert rule["destination"]["storageClass"] == "GLACIER_IR"


def test_an_adopted_copy_is_written_to_and_nothing_is_made_for_it() -> None:
    copy = {"region": ABROAD, "bucket_arn": "arn:aws:s3:::their-copy", "kms_key_arn": COPY_KEY}
    recording = build({"kms_key_arn": KEY, "replication": copy})
    assert not [resource.name for resource in recording if resource.name.startswith("archive-replica-")]
    (rule,) = recording.named("archive-replication").inputs["rules"]
    assert rule["destination"]["bucket"] == "arn:aws:s3:::their-copy"
    assert rule["destination"]["encryptionConfiguration"] == {"replicaKmsKeyId": COPY_KEY}
    outputs = recording.component_outputs[ARCHIVE]
    assert outputs["replica_bucket_name"] == "their-copy"
    assert json.loads(recording.named("archive-replication-permissions").inputs["policy"]) == replication_permissions(
        source_arn="arn:aws:s3:::archive-bucket",
        source_key_arn=KEY,
        source_region=HOME,
        copy_arn="arn:aws:s3:::their-copy",
        copy_key_arn=COPY_KEY,
        copy_region=ABROAD,
        delete_markers=False,
        object_lock=False,
    )
