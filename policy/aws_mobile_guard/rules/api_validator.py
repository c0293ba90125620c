"""A request that does not fit never reaches what is behind the API."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import REST_API_BODIES, REST_METHOD
from aws_mobile_guard.openapi import body, is_validated, named, operations
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type == REST_METHOD:
        if resource.text("httpMethod") != "OPTIONS":
            yield from expect.given(resource, "requestValidatorId", "a request validator", "name one")
        return
    document = body(resource)
    if document is UNKNOWN:
        yield Undecided("body")
        return
    loose = [
        one
        for one in (operations(document) if document else ())
        if document and not one.is_preflight and not is_validated(document, one)
    ]
    if document and loose:
        fix = (
            "name one of x-amazon-apigateway-request-validators in x-amazon-apigateway-request-validator, of the "
            "document or of the operation"
        )
        yield Problem("body", named(document, loose, "without a request validator"), "a request validator", fix)


RULE = Rule(
    id="api-validator",
    pack=Pack.SECURITY,
    description="A REST API validates requests before it passes them on.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(REST_METHOD, *REST_API_BODIES),
    frameworks=("AwsSolutions-APIG2", "CKV2_AWS_53"),
    remediation="Define request validators in the document and name one, or set requestValidatorId of each Method.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
    check=_check,
)
