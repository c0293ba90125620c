"""Decides what an archive is made of: defaults filled in, every problem found, nothing registered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import KEY_ARN, REGION, TOPIC_ARN, Between, Limits, Matching

from . import move_rules, rules
from .args import (
    AccessLogArgs,
    ArchiveBucketArgs,
    ArchiveReplicationArgs,
    ArchiveStorageClass,
    NoncurrentVersionArgs,
    ObjectLockArgs,
    ObjectLockMode,
    Retrieval,
    TransitionArgs,
    TransitionDefaultMinimumObjectSize,
)
from .lifecycle import Move, MovePolicy, SizeBand, policy_for, size_bands, starting_in
from .storage_classes import COLDEST, STORAGE_CLASSES

LONGEST_DAYS = 36500
_LARGEST_OBJECT_BYTES = 5 * 1024**4

_RETRIEVAL = Retrieval.MILLISECONDS
_ARCHIVE_AFTER_DAYS = 90
_NONCURRENT_ARCHIVE_DAYS = 30
_NONCURRENT_EXPIRE_DAYS = 365
_ABORT_DAYS = 7
_LOG_RETENTION_DAYS = 400

_DAYS = Between(1, LONGEST_DAYS, "days")
_AGE = Between(0, LONGEST_DAYS, "days")
_BUCKET_ARN = Matching(r"arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the ARN of an S3 bucket")
_BUCKET_NAME = Matching(
    r"(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
    "3 to 63 lower-case letters, digits and hyphens, with no prefix or suffix that S3 reserves",
)
# No dots: the certificate that S3 shows to a client of https://BUCKET.s3.REGION.amazonaws.com does not cover them.

LIMITS: Limits = {
    ArchiveBucketArgs: {
        "region": REGION,
        "bucket_name": _BUCKET_NAME,
        "archive_after_days": _AGE,
        "minimum_object_size_bytes": Between(1, _LARGEST_OBJECT_BYTES, "bytes"),
        "expire_after_days": _DAYS,
        "abort_incomplete_upload_days": Between(1, 7, "days"),
        "kms_key_arn": KEY_ARN,
        "alarm_topic_arn": TOPIC_ARN,
    },
    TransitionArgs: {"after_days": _AGE},
    NoncurrentVersionArgs: {
        "archive_after_days": _AGE,
        "expire_after_days": _DAYS,
        "keep_newer": Between(1, 100, "versions"),
    },
    ObjectLockArgs: {"days": _DAYS, "years": Between(1, 100, "years")},
    AccessLogArgs: {"bucket_name": _BUCKET_NAME, "retention_days": Between(1, 3653, "days")},
    ArchiveReplicationArgs: {
        "region": REGION,
        "bucket_arn": _BUCKET_ARN,
        "kms_key_arn": KEY_ARN,
        "alarm_topic_arn": TOPIC_ARN,
    },
}


@dataclass(frozen=True, slots=True)
class ObjectLock:
    """The retention of new versions; one of `days` and `years` is set."""

    mode: ObjectLockMode
    days: int | None
    years: int | None


@dataclass(frozen=True, slots=True)
class AccessLogs:
    """Where requests are recorded; a bucket of the archive's own if `bucket_name` is `None`."""

    bucket_name: pulumi.Input[str] | None
    retention_days: int


@dataclass(frozen=True, slots=True)
class Replication:
    """The copy in another Region; the bucket or key is the archive's own if its ARN is `None`."""

    region: str
    bucket_arn: pulumi.Input[str] | None
    kms_key_arn: pulumi.Input[str] | None
    fifteen_minutes: bool
    delete_markers: bool
    storage_class: ArchiveStorageClass | None
    bands: tuple[SizeBand, ...]
    alarm_topic_arn: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class ArchiveBucketSettings:
    """Everything about an archive that is decided before anything is registered."""

    region: str | None
    bucket_name: str | None
    retrieval: Retrieval | None
    """What was promised; `None` with an explicit list of transitions."""
    bands: tuple[SizeBand, ...]
    default_minimum: TransitionDefaultMinimumObjectSize
    expire_after_days: int | None
    noncurrent_expire_after_days: int
    keep_newer: int | None
    abort_incomplete_upload_days: int
    object_lock: ObjectLock | None
    kms_key_arn: pulumi.Input[str] | None
    access_logs: AccessLogs | None
    request_metrics: bool
    replication: Replication | None
    alarm_topic_arn: pulumi.Input[str] | None
    protect: bool
    empty_on_destroy: bool
    tags: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)


def resolve(name: str, args: ArchiveBucketArgs) -> ArchiveBucketSettings:
    """Return the settings of the archive `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(ArchiveBucketArgs, args, LIMITS, problems)
    rules.check_name(name, problems)
    move_rules.check_transitions(given, problems)
    policy = _move_policy(given)
    default_minimum = given.get(
        "transition_default_minimum_object_size", TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K
    )
    bands = size_bands(
        policy,
        given.get("minimum_object_size_bytes"),
        small_to_glacier=default_minimum is TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS,
    )
    noncurrent = given.get("noncurrent_versions", {})
    noncurrent_expire = noncurrent.get("expire_after_days", _NONCURRENT_EXPIRE_DAYS)
    move_rules.check_small_objects(given, bands, problems)
    move_rules.check_expiry(given, bands, problems)
    move_rules.check_noncurrent(given, bands, noncurrent_expire, problems)
    rules.check_object_lock(given, problems)
    rules.check_regions(given, problems)
    rules.check_access_logs(given, problems)
    replication = _replication(given, bands)
    if replication is not None:
        rules.check_replication(given, replication.bands, problems)
    rules.check_alarms(given, problems)
    rules.check_protection(given, problems)
    problems.raise_for(f'ArchiveBucket "{name}"')
    return ArchiveBucketSettings(
        region=given.get("region"),
        bucket_name=given.get("bucket_name"),
        retrieval=None if "transitions" in given else given.get("retrieval", _RETRIEVAL),
        bands=bands,
        default_minimum=default_minimum,
        expire_after_days=given.get("expire_after_days"),
        noncurrent_expire_after_days=noncurrent_expire,
        keep_newer=noncurrent.get("keep_newer"),
        abort_incomplete_upload_days=given.get("abort_incomplete_upload_days", _ABORT_DAYS),
        object_lock=_object_lock(given),
        kms_key_arn=given.get("kms_key_arn"),
        access_logs=_access_logs(given.get("access_logs", {})),
        request_metrics=given.get("request_metrics", True),
        replication=replication,
        alarm_topic_arn=given.get("alarm_topic_arn"),
        protect=given.get("protect", True),
        empty_on_destroy=given.get("empty_on_destroy", False),
        tags=given.get("tags", {}),
    )


def _move_policy(given: Mapping[str, Any]) -> MovePolicy:
    retrieval = given.get("retrieval", _RETRIEVAL)
    listed = tuple(Move(**step) for step in given.get("transitions", ()))
    coldest = listed[-1].storage_class if listed else COLDEST[retrieval]
    noncurrent = _noncurrent_after(given.get("noncurrent_versions", {}), coldest)
    if listed:
        return MovePolicy(listed, None, noncurrent)
    return policy_for(retrieval, given.get("archive_after_days", _ARCHIVE_AFTER_DAYS), noncurrent)


def _noncurrent_after(noncurrent: Mapping[str, int], coldest: ArchiveStorageClass) -> int | None:
    if "archive_after_days" in noncurrent:
        return noncurrent["archive_after_days"]
    kept = noncurrent.get("expire_after_days", _NONCURRENT_EXPIRE_DAYS)
    fits = _NONCURRENT_ARCHIVE_DAYS + STORAGE_CLASSES[coldest].minimum_stay_days <= kept
    return _NONCURRENT_ARCHIVE_DAYS if fits else None


def _object_lock(given: Mapping[str, Any]) -> ObjectLock | None:
    lock = given.get("object_lock")
    return lock and ObjectLock(mode=lock["mode"], days=lock.get("days"), years=lock.get("years"))


def _access_logs(logs: Mapping[str, Any]) -> AccessLogs | None:
    if not logs.get("enabled", True):
        return None
    return AccessLogs(logs.get("bucket_name"), logs.get("retention_days", _LOG_RETENTION_DAYS))


def _replication(given: Mapping[str, Any], bands: tuple[SizeBand, ...]) -> Replication | None:
    copy = given.get("replication")
    if copy is None:
        return None
    start = copy.get("storage_class")
    return Replication(
        region=copy["region"],
        bucket_arn=copy.get("bucket_arn"),
        kms_key_arn=copy.get("kms_key_arn"),
        fifteen_minutes=copy.get("fifteen_minutes", False),
        delete_markers=copy.get("delete_markers", False),
        storage_class=start,
        bands=starting_in(bands, start),
        alarm_topic_arn=copy.get("alarm_topic_arn"),
    )
