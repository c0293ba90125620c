"""What users send does not end up in logs."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HTTP_STAGE, REST_METHOD_SETTINGS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_NAME = "dataTraceEnabled"
_FIX = "turn it off; it writes whole requests and answers into logs, with all that users sent"


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type == REST_METHOD_SETTINGS:
        yield from expect.not_on(resource, f"settings.{_NAME}", _FIX)
        return
    yield from expect.not_on(resource, f"defaultRouteSettings.{_NAME}", _FIX)
    routes = resource.items("routeSettings")
    if routes is UNKNOWN:
        yield Undecided("routeSettings")
        return
    for route in routes or ():
        if route is UNKNOWN:
            yield Undecided("routeSettings")
        else:
            yield from expect.not_on(route, _NAME, _FIX)


RULE = Rule(
    id="api-no-data-trace",
    pack=Pack.SECURITY,
    description="An API's logs hold no bodies of requests.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(REST_METHOD_SETTINGS, HTTP_STAGE),
    frameworks=("CKV_AWS_276",),
    remediation="Leave dataTraceEnabled out, and log what is needed through accessLogSettings.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    check=_check,
)
