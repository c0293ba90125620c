"""A key gets new material every year."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import KMS_KEY
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    # AWS rotates the material of symmetric encryption keys only.
    usage, spec = resource.text("keyUsage"), resource.text("customerMasterKeySpec")
    if usage not in {None, UNKNOWN, "ENCRYPT_DECRYPT"} or spec not in {None, UNKNOWN, "SYMMETRIC_DEFAULT"}:
        return
    if UNKNOWN in {usage, spec} and resource.flag("enableKeyRotation") is not True:
        yield Undecided("keyUsage" if usage is UNKNOWN else "customerMasterKeySpec")
        return
    fix = "set enableKeyRotation; data that was encrypted before stays readable"
    yield from expect.on(resource, "enableKeyRotation", fix)


RULE = Rule(
    id="kms-rotation",
    pack=Pack.SECURITY,
    description="A symmetric key is rotated by AWS.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(KMS_KEY,),
    frameworks=("KMS.4", "AwsSolutions-KMS5", "CKV_AWS_7", "AWS-0065"),
    remediation="Set enableKeyRotation, and rotationPeriodInDays if a year is too long.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4",
    check=_check,
)
