"""A slow call can be followed through its functions."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import FUNCTIONS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(function: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.one_of(function, "tracingConfig.mode", ("Active",), "set it to Active")


RULE = Rule(
    id="lambda-tracing",
    pack=Pack.COST,
    description="A function is traced by X-Ray.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=FUNCTIONS,
    frameworks=("Lambda.7", "CKV_AWS_50", "AWS-0066"),
    remediation="Set tracingConfig.mode to Active and let the role write to X-Ray.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-7",
    check=_check,
)
