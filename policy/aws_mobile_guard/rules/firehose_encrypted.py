"""What a delivery stream holds and writes is encrypted."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import DELIVERY_STREAM
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(delivery: Resource, _: Options) -> Iterator[Answer]:
    # From a Kinesis stream, Firehose keeps nothing of its own; that stream's encryption is that stream's rule.
    if not delivery.has("kinesisSourceConfiguration.kinesisStreamArn"):
        yield from expect.on(delivery, "serverSideEncryption.enabled", "set it: Firehose keeps records while they wait")
    if delivery.has("extendedS3Configuration"):
        fix = "name the key that files are encrypted with"
        yield from expect.given(delivery, "extendedS3Configuration.kmsKeyArn", "a KMS key", fix)


RULE = Rule(
    id="firehose-encrypted",
    pack=Pack.SECURITY,
    description="A Firehose delivery stream encrypts what waits in it, and the files that it writes.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(DELIVERY_STREAM,),
    frameworks=("FSBP DataFirehose.1", "AwsSolutions-KDF1", "CKV_AWS_240", "CKV_AWS_241"),
    remediation="Set serverSideEncryption, or read from a Kinesis stream; set kmsKeyArn where it writes to S3.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/datafirehose-controls.html#datafirehose-1",
    check=_check,
)
