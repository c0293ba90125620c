"""An API with a name of its own is not reached by another one besides."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HTTP_API, HTTP_MAPPING, REST_API, REST_MAPPING
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Severity, StackRule
from aws_mobile_guard.stack import Stack

_MAPPINGS = ((REST_API, REST_MAPPING, "restApi"), (HTTP_API, HTTP_MAPPING, "apiId"), (REST_API, HTTP_MAPPING, "apiId"))


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    fix = "set it; callers who know the API's id get around the domain's own TLS policy and certificate"
    for api_type, mapping_type, name in _MAPPINGS:
        mappings = stack.join((mapping_type,), name, (api_type,))
        for api in stack.of((api_type,)):
            if mappings.holders(api):
                yield from expect.about(api, expect.on(api, "disableExecuteApiEndpoint", fix))


RULE = StackRule(
    id="api-default-endpoint",
    pack=Pack.SECURITY,
    description="An API that has a domain is reached through it only.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(REST_API, REST_MAPPING, HTTP_API, HTTP_MAPPING),
    frameworks=(),
    remediation="Set disableExecuteApiEndpoint of the API once its clients call the domain.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
    check=_check,
)
