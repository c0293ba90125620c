"""Who read what can be looked up afterwards."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_LOGGINGS, BUCKETS, LOAD_BALANCERS
from aws_mobile_guard.buckets import is_log_target, older_form
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    loggings = stack.join(BUCKET_LOGGINGS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        holders = loggings.holders(bucket)
        for holder in holders:
            targets = stack.links(holder, "targetBucket", BUCKETS).resources
            if any(target.urn == bucket.urn for target in targets):
                fix = "log into another bucket; a bucket that logs into itself grows without end"
                yield Problem("targetBucket", Words("the bucket itself"), "another bucket", fix, holder)
        if holders or older_form(bucket, "logging") is not None or is_log_target(stack, bucket):
            continue
        if loggings.loose:
            yield Undecided("BucketLogging", bucket)
        else:
            yield Problem("BucketLogging", None, "one for the bucket", "add one into a bucket for logs", bucket)


RULE = StackRule(
    id="s3-access-logs",
    pack=Pack.SECURITY,
    description="A bucket's requests are logged into another bucket.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(*BUCKETS, *BUCKET_LOGGINGS, *LOAD_BALANCERS),
    frameworks=("FSBP S3.9", "AwsSolutions-S1", "CKV_AWS_18", "AWS-0089"),
    remediation="Add a BucketLogging whose targetBucket is a bucket for logs in the same Region.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9",
    check=_check,
)
