"""One caller cannot use up what all may ask."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HTTP_STAGE, REST_API, REST_METHOD_SETTINGS, REST_STAGE
from aws_mobile_guard.gateways import demand_overall_settings, is_limited
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Severity, StackRule
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    yield from demand_overall_settings(stack, "add one with settings.throttlingRateLimit and throttlingBurstLimit")
    for settings in stack.of((REST_METHOD_SETTINGS,)):
        yield from expect.about(settings, is_limited(settings, "settings"))
    for stage in stack.of((HTTP_STAGE,)):
        yield from expect.about(stage, is_limited(stage, "defaultRouteSettings"))


RULE = StackRule(
    id="api-throttle",
    pack=Pack.RESILIENCE,
    description="A stage of an API limits how often it is called.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(REST_STAGE, REST_METHOD_SETTINGS, REST_API, HTTP_STAGE),
    frameworks=(),
    remediation="Set throttlingRateLimit and throttlingBurstLimit in MethodSettings for */* or defaultRouteSettings.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
    check=_check,
)
