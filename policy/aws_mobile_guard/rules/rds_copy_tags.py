"""A snapshot can be traced to its owner."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    fix = "set copyTagsToSnapshot, so that snapshots can be found, paid for and cleaned up by tag"
    yield from expect.on(resource, "copyTagsToSnapshot", fix)


RULE = Rule(
    id="rds-copy-tags",
    pack=Pack.COST,
    description="A database copies its tags to its snapshots.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=DATABASES,
    frameworks=("FSBP RDS.16", "FSBP RDS.17", "FSBP RDS.47", "FSBP RDS.48", "CKV2_AWS_60"),
    remediation="Set copyTagsToSnapshot.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-17",
    check=_check,
)
