"""Messages are encrypted while they wait."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import TOPIC
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.given(
        resource, "kmsMasterKeyId", "a KMS key", "name a key whose policy lets the publishers use it"
    )


RULE = Rule(
    id="sns-encrypted",
    pack=Pack.SECURITY,
    description="A topic is encrypted with a KMS key.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(TOPIC,),
    frameworks=("SNS.1", "CKV_AWS_26", "AWS-0095"),
    remediation=(
        "Set kmsMasterKeyId. CloudWatch and RDS can publish only with a key of your own whose policy admits them."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-1",
    check=_check,
)
