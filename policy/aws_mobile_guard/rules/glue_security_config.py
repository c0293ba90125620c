"""What Glue's jobs and crawlers write, log and remember is encrypted."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import GLUE_SECURITY, GLUE_WORKERS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_MODES = {
    "encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode": "SSE-KMS",
    "encryptionConfiguration.jobBookmarksEncryption.jobBookmarksEncryptionMode": "CSE-KMS",
    "encryptionConfiguration.s3Encryption.s3EncryptionMode": "SSE-KMS",
}


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type in GLUE_WORKERS:
        yield from expect.given(resource, "securityConfiguration", "a security configuration", "name one that encrypts")
        return
    for path, mode in _MODES.items():
        yield from expect.one_of(resource, path, (mode,), "set it, and name a key")


RULE = Rule(
    id="glue-security-config",
    pack=Pack.SECURITY,
    description="Glue's jobs and crawlers have a security configuration, which encrypts files, logs and bookmarks.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(*GLUE_WORKERS, GLUE_SECURITY),
    frameworks=("AwsSolutions-GL1", "AwsSolutions-GL3", "CKV_AWS_195"),
    remediation="Make a security configuration with a KMS key for each of the three, and name it in jobs and crawlers.",
    url="https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html",
    check=_check,
)
