"""What is said of arguments that cannot work."""

import pytest
from components.archive_bucket.strategies import Args

from pulumi_aws_mobile.archive_bucket.settings import ArchiveBucketSettings, resolve
from pulumi_aws_mobile.errors import ArgsError

NORTH_KEY = "arn:aws:kms:eu-north-1:123456789012:key/1"
NORTH_TOPIC = "arn:aws:sns:eu-north-1:123456789012:t"
EVERY_OPTION = (
    "abort_incomplete_upload_days, accept_minimum_charges, access_logs, alarm_topic_arn, archive_after_days, "
    "bucket_name, empty_on_destroy, expire_after_days, kms_key_arn, minimum_object_size_bytes, noncurrent_versions, "
    "object_lock, protect, region, replication, request_metrics, retrieval, tags, "
    "transition_default_minimum_object_size, transitions"
)


def settings_of(args: Args) -> ArchiveBucketSettings:
    return resolve("archive", args)


def error_of(args: Args, name: str = "archive") -> ArgsError:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return caught.value


def problem_of(args: Args) -> str:
    (problem,) = error_of(args).problems
    return str(problem)


def steps(*listed: tuple[int, str]) -> list[Args]:
    return [{"after_days": days, "storage_class": name} for days, name in listed]
