"""Backups outlive the program that made them, and are read with a key of their own only."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import BACKUP_VAULT
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(vault: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.given(vault, "kmsKeyArn", "the ARN of a key of your own", "make a key and name it")
    yield from expect.not_on(vault, "forceDestroy", "leave it out; with it a destroy takes the backups along")


RULE = Rule(
    id="backup-vault",
    pack=Pack.RESILIENCE,
    description="A backup vault has a key of its own, and keeps its backups when it is destroyed.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(BACKUP_VAULT,),
    frameworks=("FSBP Backup.1", "CKV_AWS_166"),
    remediation="Set kmsKeyArn and leave forceDestroy out.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/backup-controls.html#backup-1",
    check=_check,
)
