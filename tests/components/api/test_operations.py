"""What API Gateway imports of operations and schemas, and what is left out or refused."""

from pathlib import Path
from typing import Any

import pytest
from components.api.building import INTEGRATION, MOCK, Args, body_of, build, document, operation, parameter

from pulumi_aws_mobile.api.settings import resolve
from pulumi_aws_mobile.errors import ArgsError

OPENAPI = Path(__file__).parents[3] / "app" / "openapi.yaml"


def imported(operation_: Args, **words: Any) -> Args:  # noqa: ANN401 - any words of OpenAPI
    """Return what is imported of one operation, without what the component adds to it."""
    item = {"post": {**operation_, INTEGRATION: MOCK}, **words.pop("item", {})}
    body = body_of(build({"contributions": {"core": {"document": document({"/notes/{id}": item}, **words)}}}))
    kept = body["paths"]["/notes/{id}"]["post"]
    return {word: value for word, value in kept.items() if not word.startswith("x-") and word != "security"}


def model(schema: Args) -> Any:  # noqa: ANN401 - a schema
    paths = {"/notes": {"get": {**operation(), INTEGRATION: MOCK}}}
    args: Any = {"contributions": {"core": {"document": document(paths, {"Note": schema})}}}
    return body_of(build(args))["components"]["schemas"]["Note"]


def refusals_of_request(schema: Args, **more: Args) -> list[str]:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}
    paths = {"/notes": {"post": operation(requestBody=body, **{INTEGRATION: MOCK})}}
    args: Any = {"contributions": {"core": {"document": document(paths, {"Note": schema, **more})}}}
    try:
        resolve("api", args)
    except ArgsError as error:
        return list(map(str, error.problems))
    return []


ID = [parameter("id")]


def test_a_parameter_is_its_name_its_place_and_its_type() -> None:
    given = {
        "name": "limit",
        "in": "query",
        "description": "How many",
        "schema": {"type": "integer", "minimum": 1, "default": 20},
        "example": 5,
    }
    assert imported(operation(parameters=[*ID, given]))["parameters"] == [
        parameter("id"),
        {"name": "limit", "in": "query", "required": False, "description": "How many", "schema": {"type": "integer"}},
    ]


def test_parameters_of_the_path_hold_for_its_operations() -> None:
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    own = {"name": "limit", "in": "query", "required": True, "schema": {"type": "string"}}
    taken = imported(operation(parameters=[own]), item={"parameters": [*ID, limit]})["parameters"]
    assert taken == [parameter("id"), own]


def test_references_to_parameters_bodies_and_responses_are_resolved() -> None:
    components = {
        "parameters": {"id": parameter("id")},
        "requestBodies": {"note": {"content": {"application/json": {"schema": {"type": "object"}}}}},
        "responses": {"gone": {"description": "It is gone"}},
    }
    given = {
        "parameters": [{"$ref": "#/components/parameters/id"}],
        "requestBody": {"$ref": "#/components/requestBodies/note"},
        "responses": {"410": {"$ref": "#/components/responses/gone"}},
    }
    assert imported(given, components=components) == {
        "parameters": [parameter("id")],
        "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}, "required": True},
        "responses": {"410": {"description": "It is gone"}},
    }


def test_only_json_bodies_have_models() -> None:
    content = {
        "application/json; charset=utf-8": {"schema": {"type": "object"}},
        "image/png": {"schema": {"type": "string", "format": "binary"}},
    }
    body = imported(operation(parameters=ID, requestBody={"content": content, "description": "A note"}))["requestBody"]
    assert body == {
        "content": {"application/json; charset=utf-8": {"schema": {"type": "object"}}},
        "required": True,
        "description": "A note",
    }


def test_responses_have_exact_statuses_and_models_of_objects() -> None:
    responses = {
        "200": {
            "description": "A list",
            "content": {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}},
            "headers": {"ETag": {"schema": {"type": "string", "maxLength": 10}}},
        },
        "404": {"description": "None", "content": {"application/problem+json": {"schema": {"type": "object"}}}},
        "5XX": {"description": "Failed"},
        "default": {"description": "Else"},
    }
    assert imported(operation(parameters=ID, responses=responses))["responses"] == {
        "200": {"description": "A list", "headers": {"ETag": {"schema": {"type": "string"}}}},
        "404": {"description": "None", "content": {"application/problem+json": {"schema": {"type": "object"}}}},
    }


def test_an_operation_without_an_exact_status_gets_one() -> None:
    taken = imported(operation(parameters=ID, responses={"default": {"description": "Else"}}))
    assert taken["responses"] == {"200": {"description": "The answer of the integration"}}


def test_texts_and_names_of_operations_stay_and_notes_for_readers_go() -> None:
    given = operation(parameters=ID, operationId="a", summary="b", description="c", tags=["d"], deprecated=True)
    assert imported(given) == {
        "operationId": "a",
        "summary": "b",
        "description": "c",
        "parameters": ID,
        "responses": {"200": {"description": "It worked"}},
    }


def test_models_have_the_words_that_api_gateway_knows() -> None:
    schema = {
        "type": "object",
        "description": "A note",
        "additionalProperties": {"type": "string", "example": "x"},
        "required": ["title"],
        "example": {"title": "Milk"},
        "properties": {
            "title": {"type": "string", "pattern": "^[a-z]+$", "default": "a", "nullable": True},
            "count": {"type": "integer", "format": "int32", "minimum": 0, "exclusiveMinimum": True},
            "at": {"type": "string", "format": "date-time", "readOnly": True},
            "tags": {"type": "array", "minItems": 1, "maxItems": 9, "items": {"type": "string", "deprecated": True}},
            "kind": {"oneOf": [{"type": "string", "xml": {}}, {"$ref": "#/components/schemas/Note"}]},
            "x-other": {"type": "string", "x-note": 1},
        },
    }
    assert model(schema) == {
        "type": "object",
        "description": "A note",
        "additionalProperties": {"type": "string"},
        "required": ["title"],
        "properties": {
            "title": {"type": "string", "pattern": "^[a-z]+$"},
            "count": {"type": "integer", "minimum": 0},
            "at": {"type": "string", "format": "date-time"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "kind": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Note"}]},
            "x-other": {"type": "string"},
        },
    }


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (
            {"type": "object", "properties": {"a": {"type": "string", "nullable": True}}},
            (
                "properties.a.nullable: got true; allowed: schemas without null: API Gateway's models know no "
                "nullable, and would refuse it; let clients leave the property out instead"
            ),
        ),
        (
            {"type": "array", "items": {"type": "integer", "minimum": 0, "exclusiveMinimum": True}},
            (
                "items.exclusiveMinimum: got true; allowed: a minimum that is included: API Gateway does not know the "
                "other kind; set the lowest allowed value as minimum"
            ),
        ),
        (
            {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "readOnly": True}}},
            (
                "properties.id.readOnly: got true; allowed: no readOnly property that is required: API Gateway would "
                "require it of requests; describe requests by a schema of their own"
            ),
        ),
        (
            {"allOf": [{"type": "object", "properties": {"a": {"type": "string", "nullable": True}}}]},
            (
                "allOf[0].properties.a.nullable: got true; allowed: schemas without null: API Gateway's models know no "
                "nullable, and would refuse it; let clients leave the property out instead"
            ),
        ),
    ],
)
def test_a_request_schema_that_api_gateway_would_take_otherwise_is_refused(schema: Args, problem: str) -> None:
    assert refusals_of_request(schema) == [f"contributions.core.components.schemas.Note.{problem}"]


def test_schemas_behind_a_request_schema_are_looked_at_too() -> None:
    inner = {"type": "object", "properties": {"a": {"type": "string", "nullable": True}}}
    (problem,) = refusals_of_request(
        {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/Inner"}}}, Inner=inner
    )
    assert problem.startswith("contributions.core.components.schemas.Inner.properties.a.nullable: got true;")


def test_the_core_apis_own_document_is_taken_as_it_is() -> None:
    core = {"file": str(OPENAPI), "target": "core_api"}
    link = {
        "load_balancer_arn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/core/1",
        "url": "http://core.example.com",
        "subnet_ids": ["subnet-1", "subnet-2"],
        "security_group_ids": ["sg-1"],
    }
    settings = resolve("api", {"contributions": {"core": core}, "core_api": link})  # type: ignore[bad-argument-type] # plain dictionaries
    assert {(route.method, route.path): route.callers for route in settings.routes} == {
        ("GET", "/about"): ("guests", "signed_in"),
        ("GET", "/health"): ("anyone",),
        ("GET", "/me"): ("signed_in",),
        ("GET", "/notes"): ("signed_in",),
        ("POST", "/notes"): ("signed_in",),
        ("DELETE", "/notes/{id}"): ("signed_in",),
        ("GET", "/notes/{id}"): ("signed_in",),
        ("PUT", "/notes/{id}"): ("signed_in",),
    }
