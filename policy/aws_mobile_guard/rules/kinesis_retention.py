"""A consumer that failed over a weekend still finds its records."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import STREAM
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_HOURS = 168


def _check(stream: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.at_least(stream, "retentionPeriod", _HOURS, "hours", "keep records for a week")


RULE = Rule(
    id="kinesis-retention",
    pack=Pack.RESILIENCE,
    description="A Kinesis stream keeps its records for a week.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(STREAM,),
    frameworks=("FSBP Kinesis.3",),
    remediation="Set retentionPeriod to 168 hours or more.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/kinesis-controls.html#kinesis-3",
    check=_check,
)
