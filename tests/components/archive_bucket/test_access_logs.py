"""Where requests are recorded."""

import json

from components.archive_bucket.building import ARCHIVE, BUCKET, EVERYTHING, build, plain, waits_for

from pulumi_aws_mobile.archive_bucket.documents import bucket_policy


def test_access_logs_go_to_a_bucket_of_their_own_that_s3_may_write_to() -> None:
    recording = build({})
    logging = recording.named("archive-bucket-logging")
    assert plain(logging) == {
        "bucket": "archive-bucket",
        "targetBucket": "archive-logs",
        "targetPrefix": "archive-bucket/",
    }
    assert "archive-logs-policy" in waits_for(logging)
    assert json.loads(recording.named("archive-logs-policy").inputs["policy"]) == bucket_policy(
        "arn:aws:s3:::archive-logs", None, ("arn:aws:s3:::archive-bucket", "123456789012")
    )


def test_the_log_bucket_is_one_that_s3_delivers_to() -> None:
    recording = build(EVERYTHING)
    assert recording.named("archive-logs-encryption").inputs["rules"] == [
        {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}
    ]
    locks = recording.of_type("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")
    assert {lock.name for lock in locks} == {"archive-bucket-lock", "archive-replica-lock"}
    logging = recording.of_type("aws:s3/bucketLogging:BucketLogging")
    assert {resource.name for resource in logging} == {"archive-bucket-logging", "archive-replica-logging"}


def test_logs_expire() -> None:
    (rule,) = build({"access_logs": {"retention_days": 90}}).named("archive-logs-lifecycle").inputs["rules"]
    assert rule == {
        "id": "tidy-up",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
        "expiration": {"days": 90},
        "noncurrentVersionExpiration": {"noncurrentDays": 30},
    }


def test_an_adopted_log_bucket_takes_the_place_of_the_own_one() -> None:
    recording = build({"access_logs": {"bucket_name": "logs-of-us"}})
    assert recording.named("archive-bucket-logging").inputs["targetBucket"] == "logs-of-us"
    assert [bucket.name for bucket in recording.of_type(BUCKET)] == ["archive-bucket"]
    assert recording.component_outputs[ARCHIVE]["log_bucket_name"] == "logs-of-us"


def test_a_copy_logs_in_its_own_region_even_beside_an_adopted_log_bucket() -> None:
    recording = build({**EVERYTHING, "access_logs": {"bucket_name": "logs-of-us"}})
    assert recording.named("archive-replica-logging").inputs["targetBucket"] == "archive-replica-logs"


def test_without_access_logs_there_is_no_log_bucket() -> None:
    recording = build({**EVERYTHING, "access_logs": {"enabled": False}})
    assert not recording.of_type("aws:s3/bucketLogging:BucketLogging")
    assert {bucket.name for bucket in recording.of_type(BUCKET)} == {"archive-bucket", "archive-replica"}
    assert "log_bucket_name" not in recording.component_outputs[ARCHIVE]
