"""Destroying a stack does not empty a bucket."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import BUCKETS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    fix = "leave forceDestroy out; empty a bucket by hand before its stack is destroyed"
    yield from expect.not_on(resource, "forceDestroy", fix)


RULE = Rule(
    id="s3-no-force-destroy",
    pack=Pack.RESILIENCE,
    description="A bucket is not emptied when it is destroyed.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=BUCKETS,
    frameworks=(),
    remediation="Leave forceDestroy out. Empty the bucket by hand, or by a lifecycle rule, before destroying it.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    check=_check,
)
