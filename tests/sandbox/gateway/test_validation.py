"""Requests held to what their method declares."""

import pytest
from sandbox.access.world import Door, Json
from sandbox.gateway.calling import Api, deployed, saying

_VALIDATORS = {
    "all": {"validateRequestBody": True, "validateRequestParameters": True},
    "body": {"validateRequestBody": True, "validateRequestParameters": False},
}
_SCHEMAS = {
    "Note": {
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {"text": {"type": "string", "maxLength": 5}, "tags": {"$ref": "#/components/schemas/Tags"}},
    },
    "Tags": {"type": "array", "items": {"type": "string"}},
}
_NOTE = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}


def _api(aws: Door, validator: str | None = "all", **more: Json) -> Api:
    named = {"x-amazon-apigateway-request-validator": validator} if validator else {}
    return deployed(
        aws,
        {"/notes": {"post": saying("1", **more)}},
        **{"x-amazon-apigateway-request-validators": _VALIDATORS, "components": {"schemas": _SCHEMAS}, **named},
    )


@pytest.mark.parametrize("body", [b'{"text":"a"}', b'{"text":"abcde","tags":["x"]}'])
def test_a_body_that_fits_is_let_through(aws: Door, body: bytes) -> None:
    assert _api(aws, requestBody=_NOTE).call("POST", "/notes", body=body).status == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"text":1}', b'{"text":"abcdef"}', b'{"text":"a","b":1}', b'{"text":"a","tags":[1]}'],
)
def test_a_body_that_does_not_fit_is_refused(aws: Door, body: bytes) -> None:
    for headers in ({}, {"Content-Type": "application/json; charset=utf-8"}):
        found = _api(aws, requestBody=_NOTE).call("POST", "/notes", headers, body)
        assert found.error == (400, "BadRequestException", {"message": "Invalid request body"})


def test_a_body_of_another_media_type_is_not_looked_at(aws: Door) -> None:
    sent = {"Content-Type": "application/json+x"}
    integration = saying("1")["x-amazon-apigateway-integration"]
    integration["requestTemplates"]["application/json+x"] = '{"statusCode": 200}'
    api = _api(aws, requestBody=_NOTE, **{"x-amazon-apigateway-integration": integration})
    assert api.call("POST", "/notes", sent, b"[]").status == 200


def test_nothing_is_validated_without_a_validator(aws: Door) -> None:
    parameters = [{"in": "query", "name": "q", "required": True}]
    api = _api(aws, None, requestBody=_NOTE, parameters=parameters)
    assert api.call("POST", "/notes", body=b"[]").status == 200


def test_a_method_may_choose_another_validator(aws: Door) -> None:
    parameters = [{"in": "query", "name": "q", "required": True}]
    own = {"x-amazon-apigateway-request-validator": "body"}
    assert _api(aws, parameters=parameters, **own).call("POST", "/notes").status == 200


def test_missing_parameters_are_named(aws: Door) -> None:
    parameters = [
        {"in": "query", "name": "limit", "required": True},
        {"in": "query", "name": "offset", "required": False},
        {"in": "header", "name": "X-User-Token", "required": True},
    ]
    api = _api(aws, parameters=parameters)
    message = "Missing required request parameters: [limit, X-User-Token]"
    assert api.call("POST", "/notes").error == (400, "BadRequestException", {"message": message})
    message = "Missing required request parameters: [limit]"
    found = api.call("POST", "/notes?limit=", {"x-user-token": "t"})
    assert found.error == (400, "BadRequestException", {"message": message})
    assert api.call("POST", "/notes?limit=1", {"x-user-token": "t"}).status == 200
