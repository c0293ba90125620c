"""What must not be changed cannot be."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_LOCKS, BUCKETS
from aws_mobile_guard.buckets import is_named, older_form
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, options: Options) -> Iterator[Answer]:
    locks = stack.join(BUCKET_LOCKS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        if (
            locks.holders(bucket)
            or older_form(bucket, "objectLockConfiguration") is not None
            or not is_named(bucket, options)
        ):
            continue
        if locks.loose:
            yield Undecided("BucketObjectLockConfiguration", bucket)
        else:
            fix = "add one with a default retention; the bucket itself needs objectLockEnabled"
            yield Problem("BucketObjectLockConfiguration", None, "one for the bucket", fix, bucket)
    for lock in stack.of(BUCKET_LOCKS):
        yield from _check_retention(lock)


def _check_retention(lock: Resource) -> Iterator[Answer]:
    retention = lock.node("rule.defaultRetention")
    if retention is UNKNOWN:
        yield Undecided("rule.defaultRetention", lock)
    elif retention is None or not (retention.has("days") or retention.has("years")):
        fix = "give a mode and days or years; without them only objects that ask for it are locked"
        yield Problem("rule.defaultRetention", None, "a mode and a time", fix, lock)


RULE = StackRule(
    id="s3-object-lock",
    pack=Pack.SECURITY,
    description="A bucket that is named as a record locks its objects.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(*BUCKETS, *BUCKET_LOCKS),
    frameworks=("S3.15", "CKV_AWS_143"),
    remediation=(
        "Make the bucket with objectLockEnabled and add a BucketObjectLockConfiguration with a default retention."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-15",
    options=(
        Option(
            "buckets",
            (),
            "Regular expressions, searched for in URNs: the buckets that must be locked. Defaults to none.",
        ),
    ),
    check=_check,
)
