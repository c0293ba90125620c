"""Nobody calls an API without saying who they are."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import REST_API_BODIES, REST_METHOD
from aws_mobile_guard.openapi import body, is_authorized, named, operations
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_KINDS = ("AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM")


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    yield from _check_method(resource) if resource.type == REST_METHOD else _check_body(resource, options)


def _check_method(method: Resource) -> Iterator[Answer]:
    verb, kind = method.text("httpMethod"), method.text("authorization")
    if verb == "OPTIONS":
        return  # A browser asks what it may ask, without credentials.
    if kind is UNKNOWN or (kind not in _KINDS and verb is UNKNOWN):
        yield Undecided("authorization" if kind is UNKNOWN else "httpMethod")
    elif kind not in _KINDS:
        yield Problem("authorization", kind, " or ".join(_KINDS), "set it to AWS_IAM, or name an authorizer")
    elif kind != "AWS_IAM" and not method.has("authorizerId"):
        yield Problem("authorizerId", None, "an authorizer", f"name the one that {kind} stands for")


def _check_body(api: Resource, options: Options) -> Iterator[Answer]:
    document = body(api)
    if document is UNKNOWN:
        yield Undecided("body")
        return
    public = options.texts("publicRoutes")
    open_ = [
        one
        for one in (operations(document) if document else ())
        if not one.is_preflight and one.route not in public and document and not is_authorized(document, one)
    ]
    if document and open_:
        fix = "name a security scheme in the operation's security, or the route in the option publicRoutes"
        allowed = "awsSigv4 or an authorizer for each"
        yield Problem("body", named(document, open_, "without an authorizer"), allowed, fix)


RULE = Rule(
    id="api-method-auth",
    pack=Pack.SECURITY,
    description="Every method of a REST API asks callers who they are.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(REST_METHOD, *REST_API_BODIES),
    frameworks=("AwsSolutions-APIG4", "AwsSolutions-COG4", "CKV_AWS_59", "AWS-0004"),
    remediation=(
        "Give each operation of the document a security requirement whose scheme is awsSigv4 or has an authorizer, "
        "or each Method an authorization."
    ),
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
    options=(
        Option(
            "publicRoutes",
            ("GET /.well-known/jwks.json",),
            "The routes of OpenAPI documents that everyone may call, as method and path.",
        ),
    ),
    check=_check,
)
