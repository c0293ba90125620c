"""Who called, and what became of it, can be looked up."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HTTP_STAGE, REST_STAGE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(stage: Resource, _: Options) -> Iterator[Answer]:
    fix = "name a log group, and a format with $context.requestId in it"
    yield from expect.given(stage, "accessLogSettings.destinationArn", "the ARN of a log group or a stream", fix)


RULE = Rule(
    id="api-access-logs",
    pack=Pack.SECURITY,
    description="A stage of an API logs who called it.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(REST_STAGE, HTTP_STAGE),
    frameworks=("FSBP APIGateway.9", "AwsSolutions-APIG1", "CKV_AWS_76", "CKV_AWS_95", "AWS-0001"),
    remediation="Set accessLogSettings with the ARN of a log group as destinationArn and a format.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-9",
    check=_check,
)
