"""A bucket's owner owns every object in it."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_OWNERSHIPS, BUCKETS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    ownerships = stack.join(BUCKET_OWNERSHIPS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        holders = ownerships.holders(bucket)
        for holder in holders:
            found = holder.text("rule.objectOwnership")
            if found is UNKNOWN:
                yield Undecided("rule.objectOwnership", holder)
            elif found != "BucketOwnerEnforced":
                fix = "set it to BucketOwnerEnforced, which turns access lists off"
                yield Problem("rule.objectOwnership", found, "BucketOwnerEnforced", fix, holder)
        if not holders and ownerships.loose:
            yield Undecided("BucketOwnershipControls", bucket)
        elif not holders:
            fix = "add one with BucketOwnerEnforced"
            yield Problem("BucketOwnershipControls", None, "one for the bucket", fix, bucket)


RULE = StackRule(
    id="s3-ownership",
    pack=Pack.SECURITY,
    description="A bucket's access lists are turned off.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*BUCKETS, *BUCKET_OWNERSHIPS),
    frameworks=("FSBP S3.12", "CKV2_AWS_65"),
    remediation="Add BucketOwnershipControls with objectOwnership BucketOwnerEnforced.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12",
    check=_check,
)
