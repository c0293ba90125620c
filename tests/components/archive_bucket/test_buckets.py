"""What every bucket of an archive has."""

import json

import pytest
from components.archive_bucket.building import ARCHIVE, BUCKET, EVERYTHING, KEY, build, plain, waits_for

from pulumi_aws_mobile.archive_bucket.documents import bucket_policy


def test_a_bucket_is_never_emptied_unless_it_is_said() -> None:
    assert {bucket.inputs["forceDestroy"] for bucket in build(EVERYTHING).of_type(BUCKET)} == {False}
    emptied = build({"protect": False, "empty_on_destroy": True})
    assert {bucket.inputs["forceDestroy"] for bucket in emptied.of_type(BUCKET)} == {True}


def test_the_key_rotates_and_is_deleted_after_a_month_at_the_earliest() -> None:
    assert plain(build({}).named("archive-key")) == {
        "description": "Encrypts the archive archive",
        "enableKeyRotation": True,
        "deletionWindowInDays": 30,
    }


def test_objects_are_encrypted_by_the_key_with_a_bucket_key() -> None:
    encryption = build({}).named("archive-bucket-encryption")
    assert plain(encryption)["rules"] == [
        {
            "applyServerSideEncryptionByDefault": {
                "sseAlgorithm": "aws:kms",
                "kmsMasterKeyId": "arn:aws:kms:eu-west-1:123456789012:archive-key",
            },
            "bucketKeyEnabled": True,
        }
    ]


def test_an_adopted_key_takes_the_place_of_the_own_one() -> None:
    recording = build({"kms_key_arn": KEY})
    assert not recording.of_type("aws:kms/key:Key")
    (rule,) = recording.named("archive-bucket-encryption").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == KEY
    assert recording.component_outputs[ARCHIVE]["kms_key_arn"] == KEY


@pytest.mark.parametrize("bucket", ["archive-bucket", "archive-logs", "archive-replica", "archive-replica-logs"])
def test_every_bucket_has_versions_one_owner_and_no_public_access(bucket: str) -> None:
    recording = build(EVERYTHING)
    assert plain(recording.named(f"{bucket}-versioning")) == {
        "bucket": bucket,
        "versioningConfiguration": {"status": "Enabled"},
    }
    assert plain(recording.named(f"{bucket}-ownership")) == {
        "bucket": bucket,
        "rule": {"objectOwnership": "BucketOwnerEnforced"},
    }
    assert plain(recording.named(f"{bucket}-public-access")) == {
        "bucket": bucket,
        "blockPublicAcls": True,
        "blockPublicPolicy": True,
        "ignorePublicAcls": True,
        "restrictPublicBuckets": True,
    }


def test_the_policy_lets_tls_and_the_key_in() -> None:
    policy = build({"kms_key_arn": KEY}).named("archive-bucket-policy")
    assert json.loads(policy.inputs["policy"]) == bucket_policy("arn:aws:s3:::archive-bucket", KEY)
    assert waits_for(policy) >= {"archive-bucket-public-access"}


def test_the_lifecycle_is_sent_after_versioning() -> None:
    lifecycle = build({"retrieval": "minutes"}).named("archive-bucket-lifecycle")
    assert "archive-bucket-versioning" in waits_for(lifecycle)
    assert lifecycle.inputs["transitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"
    assert lifecycle.inputs["rules"][1] == {
        "id": "move-from-131072-bytes",
        "status": "Enabled",
        "filter": {"and": {"objectSizeGreaterThan": 131071, "objectSizeLessThan": 250000000}},
        "transitions": [{"days": 30, "storageClass": "STANDARD_IA"}, {"days": 90, "storageClass": "GLACIER"}],
        "noncurrentVersionTransitions": [{"noncurrentDays": 30, "storageClass": "GLACIER"}],
    }


def test_a_lock_is_put_on_without_replacing_a_bucket_that_exists() -> None:
    recording = build({"object_lock": {"mode": "COMPLIANCE", "years": 7}})
    assert "objectLockEnabled" not in recording.named("archive-bucket").inputs
    lock = recording.named("archive-bucket-lock")
    assert plain(lock) == {
        "bucket": "archive-bucket",
        "objectLockEnabled": "Enabled",
        "rule": {"defaultRetention": {"mode": "COMPLIANCE", "years": 7}},
    }
    assert "archive-bucket-versioning" in waits_for(lock)


def test_a_lock_can_be_counted_in_days() -> None:
    lock = build({"object_lock": {"mode": "GOVERNANCE", "days": 10}}).named("archive-bucket-lock")
    assert lock.inputs["rule"] == {"defaultRetention": {"mode": "GOVERNANCE", "days": 10}}


def test_a_bucket_name_is_given_to_the_archives_bucket_alone() -> None:
    recording = build({**EVERYTHING, "bucket_name": "our-archive"})
    assert {bucket.name: bucket.inputs.get("bucket") for bucket in recording.of_type(BUCKET)} == {
        "archive-bucket": "our-archive",
        "archive-logs": None,
        "archive-replica": None,
        "archive-replica-logs": None,
    }
