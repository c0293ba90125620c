"""What went wrong inside the gateway can be looked up."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HTTP_API, HTTP_STAGE, REST_API, REST_METHOD_SETTINGS, REST_STAGE
from aws_mobile_guard.gateways import demand_overall_settings, web_socket_stages
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Severity, StackRule
from aws_mobile_guard.stack import Stack

_LEVELS = ("ERROR", "INFO")
_FIX = "set it to ERROR; the account needs a role for API Gateway's logs once"


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    yield from demand_overall_settings(stack, "add one with settings.loggingLevel ERROR")
    for settings in stack.of((REST_METHOD_SETTINGS,)):
        yield from expect.about(settings, expect.one_of(settings, "settings.loggingLevel", _LEVELS, _FIX))
    for stage in web_socket_stages(stack):
        yield from expect.about(stage, expect.one_of(stage, "defaultRouteSettings.loggingLevel", _LEVELS, _FIX))


RULE = StackRule(
    id="api-exec-logs",
    pack=Pack.SECURITY,
    description="A stage of a REST or WebSocket API logs its own errors.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(REST_STAGE, REST_METHOD_SETTINGS, REST_API, HTTP_STAGE, HTTP_API),
    frameworks=("FSBP APIGateway.1", "AwsSolutions-APIG6", "CKV2_AWS_4"),
    remediation="Add MethodSettings for */* whose settings.loggingLevel is ERROR or INFO.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
    check=_check,
)
