"""What rules say of an API's document that came marked as secret: how much is wrong, and nothing of what it says."""

import json

import pytest

from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.run import evaluate

CANARY = "canary-in-a-path"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
OPEN = "without an authorizer; allowed: awsSigv4 or an authorizer for each; "


def messages(*paths: str) -> list[str]:
    body = json.dumps({"openapi": "3.0.3", "paths": {path: {"get": {}} for path in paths}})
    api = ResourceInput(
        urn="urn:api",
        type="aws:apigateway/restApi:RestApi",
        name="api",
        properties={"body": {**SECRET, "value": body}},
    )
    return [one.message for one in evaluate([api], {"all": "mandatory"})]


@pytest.mark.parametrize(
    ("paths", "counted"), [((f"/{CANARY}",), "1 operation"), ((f"/{CANARY}", f"/{CANARY}/{{id}}"), "2 operations")]
)
def test_a_secret_documents_routes_are_counted_and_not_named(paths: tuple[str, ...], counted: str) -> None:
    found = messages(*paths)
    assert [one.partition("name a security")[0] for one in found if OPEN in one] == [f"body: got {counted} {OPEN}"]
    assert [one for one in found if CANARY in one] == []


def test_a_route_with_dots_in_it_is_read_as_one() -> None:
    assert [one for one in messages("/.well-known/jwks.json") if OPEN in one] == []


def unauthorized(paths: object) -> list[str]:
    properties = {"body": json.dumps({"paths": paths})}
    api = ResourceInput(urn="urn:api", type="aws:apigateway/restApi:RestApi", name="api", properties=properties)
    found = [one.message for one in evaluate([api]) if one.rule == "api-method-auth"]
    return [one.partition(" without")[0] for one in found]


def test_five_routes_are_named_and_the_sixth_is_counted() -> None:
    assert unauthorized({f"/{name}": {"get": {}} for name in "abcde"}) == [
        "body: got GET /a, GET /b, GET /c, GET /d, GET /e"
    ]
    assert unauthorized({f"/{name}": {"get": {}} for name in "abcdef"}) == [
        "body: got GET /a, GET /b, GET /c, GET /d, GET /e and 1 more"
    ]


@pytest.mark.parametrize("method", ["get", "put", "post", "delete", "head", "patch"])
def test_every_method_of_a_path_is_an_operation(method: str) -> None:
    assert unauthorized({"/a": {method: {}, "parameters": [], "summary": "s"}}) == [f"body: got {method.upper()} /a"]


def test_any_method_is_an_operation_and_a_browsers_question_is_let_through() -> None:
    assert unauthorized({"/a": {"x-amazon-apigateway-any-method": {}, "options": {}}}) == ["body: got ANY /a"]


@pytest.mark.parametrize("security", [[], None])
def test_an_operation_whose_security_is_empty_asks_nobody(security: object) -> None:
    assert unauthorized({"/a": {"get": {"security": security}}}) == ["body: got GET /a"]


@pytest.mark.parametrize("paths", [None, {}, {"/a": None}, {"/a": {}}])
def test_a_document_without_operations_has_none_to_object_to(paths: object) -> None:
    assert unauthorized(paths) == []
