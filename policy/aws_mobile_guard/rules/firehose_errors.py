"""What could not be delivered is found again."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import DELIVERY_STREAM
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_WHERE = "extendedS3Configuration"


def _check(delivery: Resource, _: Options) -> Iterator[Answer]:
    if not delivery.has(_WHERE):
        return
    fix = "set it, and name a log group: nothing else says why a delivery failed"
    yield from expect.on(delivery, f"{_WHERE}.cloudwatchLoggingOptions.enabled", fix)
    fix = "name one: failures lie among the data otherwise"
    yield from expect.given(delivery, f"{_WHERE}.errorOutputPrefix", "a prefix", fix)


RULE = Rule(
    id="firehose-errors",
    pack=Pack.RESILIENCE,
    description="A Firehose delivery stream logs its failures, and keeps failed records apart.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(DELIVERY_STREAM,),
    frameworks=(),
    remediation="Set cloudwatchLoggingOptions and errorOutputPrefix where it writes to S3.",
    url="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html",
    check=_check,
)
