"""A mistake cannot make a bucket public."""

from collections.abc import Iterator
from dataclasses import replace

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import BUCKET_ACCESS_BLOCKS, BUCKETS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack

_FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    blocks = stack.join(BUCKET_ACCESS_BLOCKS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        if blocks.holders(bucket):
            continue
        if blocks.loose:
            yield Undecided("BucketPublicAccessBlock", bucket)
        else:
            fix = "add one with all four flags true"
            yield Problem("BucketPublicAccessBlock", None, "one for the bucket", fix, bucket)
    for block in stack.of(BUCKET_ACCESS_BLOCKS):
        for flag in _FLAGS:
            for answer in expect.on(block, flag, f"set {flag} to true"):
                yield replace(answer, resource=block)


RULE = StackRule(
    id="s3-block-public",
    pack=Pack.SECURITY,
    description="A bucket blocks public access in all four ways.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*BUCKETS, *BUCKET_ACCESS_BLOCKS),
    frameworks=(
        "FSBP S3.8",
        "AwsSolutions-S2",
        "CKV_AWS_53",
        "CKV_AWS_54",
        "CKV_AWS_55",
        "CKV_AWS_56",
        "CKV2_AWS_6",
        "AWS-0086",
    ),
    remediation="Add a BucketPublicAccessBlock to the bucket with all four flags true.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    check=_check,
)
