"""An overwritten or deleted object can be had back."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_VERSIONINGS, BUCKETS
from aws_mobile_guard.buckets import older_form
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Node


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    versionings = stack.join(BUCKET_VERSIONINGS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        holders = versionings.holders(bucket)
        for holder in holders:
            status = holder.text("versioningConfiguration.status")
            if status is UNKNOWN:
                yield Undecided("versioningConfiguration.status", holder)
            elif status != "Enabled":
                yield Problem("versioningConfiguration.status", status, "Enabled", "set it to Enabled", holder)
        older = older_form(bucket, "versioning")
        inline = older.flag("enabled") if isinstance(older, Node) else older
        if holders or inline is True:
            continue
        if versionings.loose or inline is UNKNOWN:
            yield Undecided("BucketVersioning", bucket)
        else:
            fix = "add one whose status is Enabled"
            yield Problem("BucketVersioning", None, "one for the bucket", fix, bucket)


RULE = StackRule(
    id="s3-versioning",
    pack=Pack.RESILIENCE,
    description="A bucket keeps the earlier versions of its objects.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*BUCKETS, *BUCKET_VERSIONINGS),
    frameworks=("S3.14", "CKV_AWS_21", "AWS-0090"),
    remediation=(
        "Add a BucketVersioning whose status is Enabled, and a lifecycle rule that expires noncurrent versions."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14",
    check=_check,
)
