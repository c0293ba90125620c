"""Nobody calls an HTTP API, or opens a WebSocket, without saying who they are."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HTTP_API, HTTP_ROUTE
from aws_mobile_guard.openapi import body, is_authorized, named, operations
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

_KINDS = ("AWS_IAM", "JWT", "CUSTOM")


def _check(stack: Stack, options: Options) -> Iterator[Answer]:
    for route in stack.of((HTTP_ROUTE,)):
        if not _is_default_of_web_socket(stack, route):
            yield from expect.about(route, _check_route(route, options))
    for api in stack.of((HTTP_API,)):
        yield from expect.about(api, _check_api(api, options))


def _is_default_of_web_socket(stack: Stack, route: Resource) -> bool:
    """Tell whether a route takes the messages of a WebSocket that no other does; an HTTP API has one of that name."""
    if route.text("routeKey") != "$default":
        return False
    apis = stack.links(route, "apiId", (HTTP_API,)).resources
    return any(api.text("protocolType") == "WEBSOCKET" for api in apis)


def _check_route(route: Resource, options: Options) -> Iterator[Answer]:
    key, kind = route.text("routeKey"), route.text("authorizationType")
    if key is not None and key is not UNKNOWN and _needs_none(key, options):
        return
    if kind is UNKNOWN or (kind not in _KINDS and key is UNKNOWN):
        yield Undecided("authorizationType" if kind is UNKNOWN else "routeKey")
    elif kind not in _KINDS:
        yield Problem("authorizationType", kind, " or ".join(_KINDS), "set it to AWS_IAM, or name an authorizer")
    elif kind != "AWS_IAM" and not route.has("authorizerId"):
        yield Problem("authorizerId", None, "an authorizer", f"name the one that {kind} stands for")


def _needs_none(key: str, options: Options) -> bool:
    """Tell whether a route takes no authorizer: a browser's first question, and all of a WebSocket but its opening."""
    of_web_socket = " " not in key and key not in {"$default", "$connect"}
    return of_web_socket or key.startswith("OPTIONS ") or key in options.texts("publicRoutes")


def _check_api(api: Resource, options: Options) -> Iterator[Answer]:
    if api.has("target"):
        fix = "leave it out, and add an Integration and Routes that name an authorizer"
        yield Problem("target", Words("a route for everything without an authorizer"), "routes of their own", fix)
    document = body(api)
    if document is UNKNOWN:
        yield Undecided("body")
        return
    open_ = [
        one
        for one in (operations(document) if document else ())
        if document and not _needs_none(one.route, options) and not is_authorized(document, one)
    ]
    if document and open_:
        fix = "name a security scheme in the operation's security, or the route in the option publicRoutes"
        yield Problem("body", named(document, open_, "without an authorizer"), "an authorizer for each", fix)


RULE = StackRule(
    id="api-route-auth",
    pack=Pack.SECURITY,
    description="Every route of an HTTP API, and the opening of a WebSocket, asks callers who they are.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(HTTP_ROUTE, HTTP_API),
    frameworks=("FSBP APIGateway.8", "AwsSolutions-APIG4", "CKV_AWS_309"),
    remediation="Set authorizationType to AWS_IAM, or to JWT or CUSTOM with an authorizerId.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
    options=(Option("publicRoutes", (), "The routes that everyone may call, as method and path. Defaults to none."),),
    check=_check,
)
