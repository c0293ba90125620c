"""A bucket is encrypted with a key that can be withdrawn."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_ENCRYPTIONS, BUCKET_LOGGINGS, BUCKETS, LOAD_BALANCERS
from aws_mobile_guard.buckets import is_log_target
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Node


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    encryptions = stack.join(BUCKET_ENCRYPTIONS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        # Access logs are delivered only to a bucket that S3's own keys encrypt.
        if is_log_target(stack, bucket):
            continue
        holders = encryptions.holders(bucket)
        inline = bucket.node("serverSideEncryptionConfiguration")
        if holders:
            for holder in holders:
                yield from _check_rules(holder, holder, "rules")
        elif isinstance(inline, Node):
            yield from _check_rules(inline, bucket, "rule")
        elif encryptions.loose or inline is UNKNOWN:
            yield Undecided("BucketServerSideEncryptionConfiguration", bucket)
        else:
            fix = "add one with aws:kms and bucketKeyEnabled"
            yield Problem("BucketServerSideEncryptionConfiguration", None, "one for the bucket", fix, bucket)


def _check_rules(holder: Node, owner: Resource, path: str) -> Iterator[Answer]:
    rules = holder.items(path)
    if rules is UNKNOWN:
        yield Undecided(holder.path(path), owner)
        return
    for rule in rules or ():
        if rule is UNKNOWN:
            yield Undecided(holder.path(path), owner)
            continue
        name = "applyServerSideEncryptionByDefault.sseAlgorithm"
        algorithm, shared = rule.text(name), rule.flag("bucketKeyEnabled")
        if algorithm is UNKNOWN:
            yield Undecided(rule.path(name), owner)
        elif algorithm not in {"aws:kms", "aws:kms:dsse"}:
            fix = "set aws:kms and name a key in kmsMasterKeyId"
            yield Problem(rule.path(name), algorithm, "aws:kms, aws:kms:dsse", fix, owner)
        elif algorithm == "aws:kms" and shared is not True and shared is not UNKNOWN:
            fix = "set it; without it every object costs a call to KMS"
            yield Problem(rule.path("bucketKeyEnabled"), shared, "true", fix, owner)


RULE = StackRule(
    id="s3-kms",
    pack=Pack.SECURITY,
    description="A bucket is encrypted by KMS, through a bucket key.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(*BUCKETS, *BUCKET_ENCRYPTIONS, *BUCKET_LOGGINGS, *LOAD_BALANCERS),
    frameworks=("S3.17", "CKV_AWS_145", "AWS-0132"),
    remediation="Add a BucketServerSideEncryptionConfiguration with aws:kms, a key of your own and bucketKeyEnabled.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17",
    check=_check,
)
