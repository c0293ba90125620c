"""What waits in a stream is encrypted."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import STREAM
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(stream: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.one_of(stream, "encryptionType", ("KMS",), "set it, and name a key in kmsKeyId")


RULE = Rule(
    id="kinesis-encrypted",
    pack=Pack.SECURITY,
    description="A Kinesis stream is encrypted with a KMS key.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(STREAM,),
    frameworks=("FSBP Kinesis.1", "AwsSolutions-KDS1", "CKV_AWS_43", "AWS-0064"),
    remediation="Set encryptionType to KMS, and kmsKeyId to a key that those who send may use.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/kinesis-controls.html#kinesis-1",
    check=_check,
)
