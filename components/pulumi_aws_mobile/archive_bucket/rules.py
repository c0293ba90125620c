"""The rules between the other options of an archive; each notes every problem it finds."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .lifecycle import SizeBand
from .move_rules import ACCEPT
from .storage_classes import STORAGE_CLASSES

LONGEST_NAME = 42
"""The longest component name that leaves room in S3's 63 characters for the ending of the copy's log bucket
(`-replica-logs`) and the random one that Pulumi adds."""
_DAYS_PER_YEAR = 365


def check_name(name: str, problems: Problems) -> None:
    """Refuse a component name of which no bucket name can be made."""
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", name):
        problems.add(
            "name",
            name,
            f"1 to {LONGEST_NAME} letters, digits and hyphens, not starting with a hyphen",
            "rename the component: its buckets are named after it",
        )


def check_object_lock(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a retention without one period, and rules that would delete what it keeps."""
    lock = given.get("object_lock")
    if lock is None or problems.touches("object_lock"):
        return
    if "days" in lock and "years" in lock:
        problems.add("object_lock.years", lock["years"], "nothing beside object_lock.days", "remove one of the two")
        return
    if "days" not in lock and "years" not in lock:
        problems.add("object_lock.days", None, "exactly one of days and years", "say how long versions are kept")
        return
    days = lock["days"] if "days" in lock else lock["years"] * _DAYS_PER_YEAR
    if given.get("expire_after_days", days) < days:
        problems.add(
            "expire_after_days",
            given["expire_after_days"],
            f"{days} days or more: object_lock keeps every version that long",
            f"raise it to {days} or shorten object_lock",
        )
    if given.get("empty_on_destroy", False):
        problems.add(
            "empty_on_destroy",
            given["empty_on_destroy"],
            "false beside object_lock: locked versions cannot be deleted",
            "remove empty_on_destroy",
        )


def check_access_logs(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse options of logs that are off or go elsewhere, and logs about logs."""
    logs = given.get("access_logs", {})
    if not logs.get("enabled", True):
        for option in ("bucket_name", "retention_days"):
            if option in logs:
                problems.add(
                    f"access_logs.{option}",
                    logs[option],
                    "nothing while access_logs.enabled is false",
                    f"remove {option} or enabled",
                )
    elif "bucket_name" in logs and "retention_days" in logs:
        problems.add(
            "access_logs.retention_days",
            logs["retention_days"],
            "nothing beside access_logs.bucket_name: that bucket's owner decides how long logs stay",
            "remove one of the two",
        )
    if "bucket_name" in given and logs.get("bucket_name") == given["bucket_name"]:
        problems.add(
            "access_logs.bucket_name",
            logs["bucket_name"],
            "another bucket: each log would be a request that is logged",
            "remove it: a log bucket is then made",
        )


def check_regions(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse keys and topics of another Region than the bucket that uses them."""
    places = [("", given), ("replication.", given.get("replication", {}))]
    for prefix, options in places:
        region = options.get("region")
        for option, what in (("kms_key_arn", "a key"), ("alarm_topic_arn", "a topic")):
            arn = options.get(option)
            if region and isinstance(arn, str) and arn.split(":")[3] != region:
                problems.add(
                    f"{prefix}{option}", arn, f"{what} in {region}, where the bucket is", f"give {what} of that Region"
                )


def check_copy_region(region: str | None, copy_region: str, whose: str, problems: Problems) -> None:
    """Refuse a copy that would be lost together with the bucket, or that S3 does not make; `whose` is the bucket's."""
    if region == copy_region:
        problems.add("replication.region", region, f"another Region than {whose}", "choose a recovery Region")
    elif region and _partition(region) != _partition(copy_region):
        problems.add(
            "replication.region",
            copy_region,
            f"a Region of the partition {_partition(region)}, like {region}",
            "S3 does not copy between partitions: choose another Region",
        )


def check_replication(given: Mapping[str, Any], bands: Iterable[SizeBand], problems: Problems) -> None:
    """Refuse a copy that AWS would not make, or that would be charged for moving on too early."""
    copy = given["replication"]
    check_copy_region(given.get("region"), copy["region"], "the archive's", problems)
    if "bucket_arn" in copy and "kms_key_arn" not in copy:
        problems.add(
            "replication.kms_key_arn",
            None,
            "the ARN of the key that encrypts the copy",
            "give it beside bucket_arn: S3 copies encrypted objects only with a named key",
        )
    start = copy.get("storage_class")
    if start is None or given.get("accept_minimum_charges", False):
        return
    stay = STORAGE_CLASSES[start].minimum_stay_days
    if given.get("expire_after_days", stay) < stay:
        problems.add(
            "replication.storage_class",
            start.value,
            f"a class whose minimum stay ends before expire_after_days: {start.value} has {stay} days",
            f"choose another class, raise expire_after_days to {stay}, or {ACCEPT}",
        )
    firsts = [band.moves[0] for band in bands if band.moves and band.moves[0].after_days < stay]
    for move in firsts[:1]:
        problems.add(
            "replication.storage_class",
            start.value,
            f"a class that is left after its minimum stay: {start.value} has {stay} days, "
            f"and the copy moves to {move.storage_class.value} at {move.after_days} days",
            f"choose another class, move later, or {ACCEPT}",
        )


def check_alarms(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a topic that nothing would ever be told to."""
    if "alarm_topic_arn" in given and not given.get("request_metrics", True) and "replication" not in given:
        problems.add(
            "alarm_topic_arn",
            given["alarm_topic_arn"],
            "nothing without request_metrics and replication, the things that are watched",
            "remove it, or turn on one of these",
        )


def check_protection(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse emptying a bucket that is protected from destruction."""
    if given.get("empty_on_destroy", False) and given.get("protect", True):
        problems.add(
            "empty_on_destroy",
            given["empty_on_destroy"],
            "false while protect is true: a protected bucket is never destroyed",
            "remove it, or set protect: false as well",
        )


def _partition(region: str) -> str:
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"
