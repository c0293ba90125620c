"""A slow call can be followed from the gateway on."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import REST_STAGE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(stage: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.on(stage, "xrayTracingEnabled", "set it")


RULE = Rule(
    id="api-xray",
    pack=Pack.COST,
    description="A stage of a REST API is traced by X-Ray.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(REST_STAGE,),
    frameworks=("FSBP APIGateway.3", "CKV_AWS_73", "AWS-0003"),
    remediation="Set xrayTracingEnabled.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-3",
    check=_check,
)
