"""Who may read logs is also decided by a key."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import LOG_GROUP
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(group: Resource, _: Options) -> Iterator[Answer]:
    fix = "make a key whose policy lets CloudWatch Logs use it, and name it"
    yield from expect.given(group, "kmsKeyId", "the ARN of a key of your own", fix)


RULE = Rule(
    id="log-cmk",
    pack=Pack.SECURITY,
    description="A log group is encrypted with a KMS key of one's own.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(LOG_GROUP,),
    frameworks=("CKV_AWS_158", "AWS-0017"),
    remediation="Set kmsKeyId to a key whose policy admits logs.REGION.amazonaws.com for the group.",
    url="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    check=_check,
)
