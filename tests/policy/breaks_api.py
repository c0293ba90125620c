"""Every way to break a rule about who may call an API, and with what, with the whole message."""

from collections.abc import Callable
from typing import Any

from policy.breaks import Break
from policy.guard_stack import Change, JsonText, Ref, Specs, add, both, drop, put

ROUTE = "aws:apigatewayv2/route:Route"
Edit = Callable[[dict[str, Any]], object]
NOBODY_ASKED = (
    "without an authorizer; allowed: awsSigv4 or an authorizer for each; name a security scheme in the "
    "operation's security, or the route in the option publicRoutes"
)
METHOD = "allowed: AWS_IAM or COGNITO_USER_POOLS or CUSTOM; set it to AWS_IAM, or name an authorizer"
HTTP_ROUTE = "allowed: AWS_IAM or JWT or CUSTOM; set it to AWS_IAM, or name an authorizer"
UNCHECKED = (
    "without a request validator; allowed: a request validator; name one of "
    "x-amazon-apigateway-request-validators in x-amazon-apigateway-request-validator, of the document or of the "
    "operation"
)
VALIDATED = {
    "x-amazon-apigateway-request-validators": {"all": {}},
    "x-amazon-apigateway-request-validator": "all",
}


def document(*edits: Edit) -> Change:
    """Edit the document of the REST API."""

    def change(specs: Specs) -> None:
        for edit in edits:
            edit(specs["api"].properties["body"].data)

    return change


def operation(path: str, method: str, **properties: object) -> Edit:
    """Make an operation, in place of the one that is there."""
    return lambda body: body["paths"].setdefault(path, {}).update({method: {"responses": {}, **properties}})


def schemes(**properties: object) -> Edit:
    """Replace what API Gateway knows of the scheme for signed requests."""
    return lambda body: body["components"]["securitySchemes"].update(signed={"type": "apiKey", **properties})


def http_document(path: str, method: str, **properties: object) -> Change:
    """Give the HTTP API a document."""
    body = {"openapi": "3.0.1", "paths": {path: {method: properties}}}
    return put("http-api", body=JsonText(body))


BREAKS = [
    Break(
        "api-method-auth",
        "no security",
        document(operation("/notes", "post")),
        "api",
        f"body: got POST /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "an empty list",
        document(operation("/notes", "post", security=[])),
        "api",
        f"body: got POST /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "optional",
        document(operation("/notes", "get", security=[{"signed": []}, {}])),
        "api",
        f"body: got GET /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "a key of a client, which is no caller's",
        document(operation("/notes", "get", security=[{"client": []}])),
        "api",
        f"body: got GET /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "a scheme that is defined nowhere",
        document(operation("/notes", "get", security=[{"sigend": []}])),
        "api",
        f"body: got GET /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "a scheme with no authorizer",
        document(schemes(**{"x-amazon-apigateway-authtype": "custom"})),
        "api",
        f"body: got GET /notes, POST /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "security at the root only",
        document(lambda body: body.update(security=[{"signed": []}]), operation("/about", "get")),
        "api",
        f"body: got GET /about {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "declared open",
        document(
            operation(
                "/notes",
                "get",
                security=[{"signed": []}, {"signed": []}],
                **{"x-amazon-apigateway-auth": {"type": "NONE"}},
            )
        ),
        "api",
        f"body: got GET /notes {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "a public path by another method",
        document(operation("/.well-known/jwks.json", "put")),
        "api",
        f"body: got PUT /.well-known/jwks.json {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "any method",
        document(operation("/orders", "x-amazon-apigateway-any-method")),
        "api",
        f"body: got ANY /orders {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "many",
        document(*(operation(f"/open/{number}", "get") for number in range(7))),
        "api",
        f"body: got GET /open/0, GET /open/1, GET /open/2, GET /open/3, GET /open/4 and 2 more {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "in the older form",
        put(
            "plain-api",
            body={
                "swagger": "2.0",
                **VALIDATED,
                "paths": {"/": {"get": {"security": [{"k": []}]}}},
                "securityDefinitions": {"k": {"type": "apiKey"}},
            },
        ),
        "plain-api",
        f"body: got GET / {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "put into an API afterwards",
        add(
            "put",
            "aws:apigateway/restApiPut:RestApiPut",
            restApiId="a",
            body={**VALIDATED, "paths": {"/": {"get": {}}}},
        ),
        "put",
        f"body: got GET / {NOBODY_ASKED}",
    ),
    Break(
        "api-method-auth",
        "a method of its own",
        put("method", authorization="NONE"),
        "method",
        f'authorization: got "NONE"; {METHOD}',
    ),
    Break(
        "api-method-auth",
        "nothing said",
        drop("method", "authorization"),
        "method",
        f"authorization: got nothing; {METHOD}",
    ),
    Break(
        "api-method-auth",
        "an authorizer without a name",
        put("method", authorization="CUSTOM"),
        "method",
        "authorizerId: got nothing; allowed: an authorizer; name the one that CUSTOM stands for",
    ),
    Break(
        "api-method-auth",
        "no document",
        put("api", body="openapi: 3.0.3"),
        "api",
        "body: got text; allowed: an OpenAPI document in JSON; correct the value",
        also=("api-validator",),
    ),
    Break(
        "api-method-auth",
        "paths that are a list",
        document(lambda body: body.update(paths=[])),
        "api",
        "body.paths: got a list; allowed: an object; correct the value",
        also=("api-validator",),
    ),
    Break(
        "api-route-auth",
        "open",
        put("http-route", authorizationType="NONE"),
        "http-route",
        f'authorizationType: got "NONE"; {HTTP_ROUTE}',
    ),
    Break(
        "api-route-auth",
        "nothing said",
        drop("http-route", "authorizationType"),
        "http-route",
        f"authorizationType: got nothing; {HTTP_ROUTE}",
    ),
    Break(
        "api-route-auth",
        "every route",
        put("http-route", routeKey="$default", authorizationType="NONE"),
        "http-route",
        f'authorizationType: got "NONE"; {HTTP_ROUTE}',
    ),
    Break(
        "api-route-auth",
        "an authorizer without a name",
        put("http-route", authorizationType="JWT"),
        "http-route",
        "authorizerId: got nothing; allowed: an authorizer; name the one that JWT stands for",
    ),
    Break(
        "api-route-auth",
        "a socket that anyone opens",
        drop("socket-route", "authorizationType"),
        "socket-route",
        f"authorizationType: got nothing; {HTTP_ROUTE}",
    ),
    Break(
        "api-route-auth",
        "all passed on",
        put("http-api", target="arn:aws:lambda:eu-west-1:123456789012:function:a"),
        "http-api",
        (
            "target: got a route for everything without an authorizer; allowed: routes of their own; leave it "
            "out, and add an Integration and Routes that name an authorizer"
        ),
    ),
    Break(
        "api-route-auth",
        "by a document",
        http_document("/prices", "get"),
        "http-api",
        (
            "body: got GET /prices without an authorizer; allowed: an authorizer for each; name a security scheme"
            " in the operation's security, or the route in the option publicRoutes"
        ),
    ),
    Break(
        "api-validator",
        "none named",
        document(lambda body: body.pop("x-amazon-apigateway-request-validator")),
        "api",
        f"body: got GET /notes, POST /notes, ANY /orders, GET /.well-known/jwks.json {UNCHECKED}",
    ),
    Break(
        "api-validator",
        "one that is not defined",
        document(
            operation("/notes", "get", security=[{"signed": []}], **{"x-amazon-apigateway-request-validator": "full"})
        ),
        "api",
        f"body: got GET /notes {UNCHECKED}",
    ),
    Break(
        "api-validator",
        "none defined",
        document(lambda body: body.pop("x-amazon-apigateway-request-validators")),
        "api",
        f"body: got GET /notes, POST /notes, ANY /orders, GET /.well-known/jwks.json {UNCHECKED}",
    ),
    Break(
        "api-validator",
        "a method of its own",
        drop("method", "requestValidatorId"),
        "method",
        "requestValidatorId: got nothing; allowed: a request validator; name one",
    ),
]

KEEPS = {
    "a browser's first question": both(
        put("method", httpMethod="OPTIONS", authorization="NONE"), drop("method", "requestValidatorId")
    ),
    "a method with an authorizer": put("method", authorization="CUSTOM", authorizerId=Ref("function", "arn")),
    "a declared kind of caller": document(
        operation("/about", "get", **{"x-amazon-apigateway-auth": {"type": "AWS_IAM"}})
    ),
    "either of two": document(operation("/about", "get", security=[{"users": []}, {"signed": []}])),
    "a signature and a client's key": document(operation("/about", "get", security=[{"signed": [], "client": []}])),
    "a signature, and a client's key beside it": document(
        operation("/about", "get", security=[{"signed": []}, {"client": []}])
    ),
    "a validator of its own": document(
        lambda body: body["x-amazon-apigateway-request-validators"].update(body_only={}),
        operation("/about", "get", security=[{"signed": []}], **{"x-amazon-apigateway-request-validator": "body_only"}),
    ),
    "a document of the older form": put(
        "plain-api",
        body={
            "swagger": "2.0",
            **VALIDATED,
            "paths": {"/": {"get": {"security": [{"signed": []}]}}},
            "securityDefinitions": {"signed": {"type": "apiKey", "x-amazon-apigateway-authtype": "awsSigv4"}},
        },
    ),
    "a path that is not there": document(lambda body: body.update(paths={})),
    "an HTTP API by a document": http_document("/prices", "get", **{"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}),
    "a browser's first question to an HTTP API": add("cors", ROUTE, routeKey="OPTIONS /prices"),
    "what comes through an open socket": add("send", ROUTE, routeKey="sendMessage"),
}
