"""Options that cannot stand together."""

import pytest
from components.archive_bucket.refusals import NORTH_KEY, NORTH_TOPIC, error_of, problem_of


@pytest.mark.parametrize("name", ["a" * 43, "our_archive", "-archive", ""])
def test_a_name_of_which_no_bucket_name_can_be_made_is_refused(name: str) -> None:
    assert str(error_of({}, name)) == (
        f'ArchiveBucket "{name}": 1 problem'
        f'\n  name: got "{name}"; allowed: 1 to 42 letters, digits and hyphens, not starting with a hyphen; '
        "rename the component: its buckets are named after it"
    )


def test_a_lock_without_a_period_is_refused() -> None:
    assert problem_of({"object_lock": {"mode": "GOVERNANCE"}}) == (
        "object_lock.days: got nothing; allowed: exactly one of days and years; say how long versions are kept"
    )


def test_a_lock_with_two_periods_is_refused() -> None:
    assert problem_of({"object_lock": {"mode": "GOVERNANCE", "days": 3, "years": 1}}) == (
        "object_lock.years: got 1; allowed: nothing beside object_lock.days; remove one of the two"
    )


def test_expiry_of_what_is_still_locked_is_refused() -> None:
    assert problem_of({"object_lock": {"mode": "COMPLIANCE", "years": 1}, "expire_after_days": 364}) == (
        "expire_after_days: got 364; "
        "allowed: 365 days or more: object_lock keeps every version that long; "
        "raise it to 365 or shorten object_lock"
    )


def test_emptying_a_locked_bucket_is_refused() -> None:
    assert problem_of(
        {"object_lock": {"mode": "GOVERNANCE", "days": 1}, "empty_on_destroy": True, "protect": False}
    ) == (
        "empty_on_destroy: got true; "
        "allowed: false beside object_lock: locked versions cannot be deleted; "
        "remove empty_on_destroy"
    )


def test_emptying_a_protected_bucket_is_refused() -> None:
    assert problem_of({"empty_on_destroy": True}) == (
        "empty_on_destroy: got true; "
        "allowed: false while protect is true: a protected bucket is never destroyed; "
        "remove it, or set protect: false as well"
    )


def test_options_of_logs_that_are_off_are_refused() -> None:
    assert problem_of({"access_logs": {"enabled": False, "retention_days": 3}}) == (
        "access_logs.retention_days: got 3; "
        "allowed: nothing while access_logs.enabled is false; "
        "remove retention_days or enabled"
    )


def test_a_retention_for_somebody_elses_log_bucket_is_refused() -> None:
    assert problem_of({"access_logs": {"bucket_name": "logs-of-us", "retention_days": 3}}) == (
        "access_logs.retention_days: got 3; "
        "allowed: nothing beside access_logs.bucket_name: that bucket's owner decides how long logs stay; "
        "remove one of the two"
    )


def test_logs_about_logs_are_refused() -> None:
    assert problem_of({"bucket_name": "ours", "access_logs": {"bucket_name": "ours"}}) == (
        'access_logs.bucket_name: got "ours"; '
        "allowed: another bucket: each log would be a request that is logged; "
        "remove it: a log bucket is then made"
    )


def test_a_key_of_another_region_is_refused() -> None:
    assert problem_of({"region": "eu-west-1", "kms_key_arn": NORTH_KEY}) == (
        'kms_key_arn: got "arn:aws:kms:eu-north-1:123456789012:key/1"; '
        "allowed: a key in eu-west-1, where the bucket is; "
        "give a key of that Region"
    )


def test_a_topic_of_another_region_is_refused() -> None:
    assert problem_of({"region": "eu-west-1", "alarm_topic_arn": NORTH_TOPIC}) == (
        'alarm_topic_arn: got "arn:aws:sns:eu-north-1:123456789012:t"; '
        "allowed: a topic in eu-west-1, where the bucket is; "
        "give a topic of that Region"
    )


def test_a_copys_key_of_another_region_is_refused() -> None:
    assert problem_of({"replication": {"region": "eu-south-1", "kms_key_arn": NORTH_KEY}}) == (
        'replication.kms_key_arn: got "arn:aws:kms:eu-north-1:123456789012:key/1"; '
        "allowed: a key in eu-south-1, where the bucket is; "
        "give a key of that Region"
    )


def test_a_copys_topic_of_another_region_is_refused() -> None:
    assert problem_of({"replication": {"region": "eu-south-1", "alarm_topic_arn": NORTH_TOPIC}}) == (
        'replication.alarm_topic_arn: got "arn:aws:sns:eu-north-1:123456789012:t"; '
        "allowed: a topic in eu-south-1, where the bucket is; "
        "give a topic of that Region"
    )


def test_a_copy_in_the_same_region_is_refused() -> None:
    assert problem_of({"region": "eu-west-1", "replication": {"region": "eu-west-1"}}) == (
        'replication.region: got "eu-west-1"; allowed: another Region than the archive\'s; choose a recovery Region'
    )


def test_a_copy_in_another_partition_is_refused() -> None:
    assert problem_of({"region": "eu-west-1", "replication": {"region": "cn-north-1"}}) == (
        'replication.region: got "cn-north-1"; '
        "allowed: a Region of the partition aws, like eu-west-1; "
        "S3 does not copy between partitions: choose another Region"
    )


def test_an_adopted_copy_without_its_key_is_refused() -> None:
    assert problem_of({"replication": {"region": "eu-south-1", "bucket_arn": "arn:aws:s3:::copy"}}) == (
        "replication.kms_key_arn: got nothing; "
        "allowed: the ARN of the key that encrypts the copy; "
        "give it beside bucket_arn: S3 copies encrypted objects only with a named key"
    )


def test_a_copy_that_moves_on_before_its_minimum_stay_is_refused() -> None:
    assert problem_of(
        {
            "retrieval": "half_day",
            "replication": {"region": "eu-south-1", "storage_class": "GLACIER"},
            "archive_after_days": 60,
        }
    ) == (
        'replication.storage_class: got "GLACIER"; '
        "allowed: a class that is left after its minimum stay: GLACIER has 90 days, "
        "and the copy moves to DEEP_ARCHIVE at 60 days; "
        "choose another class, move later, or set accept_minimum_charges: true to pay for it"
    )


def test_a_copy_that_expires_before_its_minimum_stay_is_refused() -> None:
    assert problem_of(
        {
            "archive_after_days": 0,
            "expire_after_days": 100,
            "replication": {"region": "eu-south-1", "storage_class": "DEEP_ARCHIVE"},
        }
    ) == (
        'replication.storage_class: got "DEEP_ARCHIVE"; '
        "allowed: a class whose minimum stay ends before expire_after_days: DEEP_ARCHIVE has 180 days; "
        "choose another class, raise expire_after_days to 180, or set accept_minimum_charges: true to pay for it"
    )


def test_a_topic_with_nothing_to_watch_is_refused() -> None:
    assert problem_of({"alarm_topic_arn": NORTH_TOPIC, "request_metrics": False}) == (
        'alarm_topic_arn: got "arn:aws:sns:eu-north-1:123456789012:t"; '
        "allowed: nothing without request_metrics and replication, the things that are watched; "
        "remove it, or turn on one of these"
    )


def test_a_bucket_name_with_dots_is_refused() -> None:
    assert problem_of({"bucket_name": "our.archive"}) == (
        'bucket_name: got "our.archive"; '
        "allowed: 3 to 63 lower-case letters, digits and hyphens, with no prefix or suffix that S3 reserves; "
        "choose an allowed value"
    )


def test_a_reserved_bucket_name_is_refused() -> None:
    assert problem_of({"bucket_name": "xn--archive"}) == (
        'bucket_name: got "xn--archive"; '
        "allowed: 3 to 63 lower-case letters, digits and hyphens, with no prefix or suffix that S3 reserves; "
        "choose an allowed value"
    )


def test_a_key_alias_is_refused() -> None:
    assert problem_of({"kms_key_arn": "alias/ours"}) == (
        'kms_key_arn: got "alias/ours"; allowed: the ARN of a KMS key; choose an allowed value'
    )


def test_uploads_left_for_more_than_a_week_are_refused() -> None:
    assert problem_of({"abort_incomplete_upload_days": 8}) == (
        "abort_incomplete_upload_days: got 8; allowed: 1 to 7 days; choose an allowed value"
    )
