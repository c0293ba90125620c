"""What queries find is encrypted, whatever a query asks for."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import WORKGROUP
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_ENCRYPTION = "configuration.resultConfiguration.encryptionConfiguration.encryptionOption"


def _check(workgroup: Resource, _: Options) -> Iterator[Answer]:
    fix = "leave it out: queries bring their own settings otherwise"
    for flag in ("enforceWorkgroupConfiguration", "publishCloudwatchMetricsEnabled"):
        # Athena has both on, unless it is told not to.
        if workgroup.has(f"configuration.{flag}"):
            yield from expect.on(workgroup, f"configuration.{flag}", fix)
        fix = "leave it out: nobody sees what queries read otherwise"
    fix = "set it, and name a key in kmsKeyArn"
    yield from expect.one_of(workgroup, _ENCRYPTION, ("SSE_KMS", "CSE_KMS"), fix)


RULE = Rule(
    id="athena-workgroup",
    pack=Pack.SECURITY,
    description="An Athena workgroup enforces its settings, encrypts results and publishes metrics.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(WORKGROUP,),
    frameworks=("FSBP Athena.4", "CKV_AWS_82", "CKV_AWS_159", "AWS-0006", "AWS-0007"),
    remediation="Set encryptionConfiguration with a KMS key, and leave enforcement and metrics on.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/athena-controls.html#athena-4",
    check=_check,
)
