"""What of an API's document clients see."""

import json

from aws_mobile_cli.sdk.client_document import client_document

from .documents import TEXT, deployed, operation


def test_nothing_of_aws_is_left() -> None:
    assert "x-amazon" not in json.dumps(client_document(deployed(), None))


def test_an_operation_keeps_what_clients_need_and_gets_the_clients_tag() -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}
    assert client_document(deployed(), None)["paths"] == {
        "/note": {
            "get": {
                "operationId": "getNote",
                "responses": {"200": {"description": "", "content": content}},
                "security": [{"sigv4": []}],
                "tags": ["Backend"],
            }
        }
    }


def test_a_preflight_is_nothing_that_a_client_calls() -> None:
    paths = {"/note": {"get": operation(), "options": operation("preflight")}}
    assert list(client_document(deployed(paths), None)["paths"]["/note"]) == ["get"]


def test_the_server_is_the_given_url() -> None:
    assert client_document(deployed(), "https://a.example.com/live/")["servers"] == [
        {"url": "https://a.example.com/live"}
    ]


def test_without_a_url_no_client_calls_anything_by_mistake() -> None:
    assert client_document(deployed(), None)["servers"] == [
        {"url": "https://api.invalid", "description": "An app gives the URL of its deployment"}
    ]


def test_signatures_are_the_only_security() -> None:
    schemes = client_document(deployed(), None)["components"]["securitySchemes"]
    assert schemes == {
        "sigv4": {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "AWS Signature Version 4, service execute-api, with an identity pool's credentials",
        }
    }


def test_an_api_that_wants_keys_says_so() -> None:
    document = deployed()
    document["components"]["securitySchemes"]["api_key"] = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    schemes = client_document(document, None)["components"]["securitySchemes"]
    assert schemes["api_key"] == {"type": "apiKey", "name": "x-api-key", "in": "header"}


def test_routes_with_a_client_of_their_own_are_left_to_it() -> None:
    paths = {
        "/note": {"get": operation()},
        "/sync/datasets/{dataset}": {"post": operation("pushDataset", "SyncPush")},
        "/devices/{device}": {"put": operation("registerDevice", "PushDevice")},
    }
    assert list(client_document(deployed(paths), None)["paths"]) == ["/note"]


def test_a_route_of_the_same_path_that_is_somebody_elses_stays() -> None:
    paths = {"/devices": {"get": operation("listMachines")}}
    assert list(client_document(deployed(paths), None)["paths"]) == ["/devices"]


def test_schemas_that_no_operation_reaches_are_left_out() -> None:
    schemas = {
        "Note": {"type": "object", "properties": {"page": {"$ref": "#/components/schemas/Page"}}},
        "Page": {"type": "object", "properties": {"next": TEXT}},
        "Secret": {"type": "object"},
    }
    assert list(client_document(deployed(None, schemas), None)["components"]["schemas"]) == ["Note", "Page"]


def test_whole_numbers_have_64_bits_unless_the_document_says_otherwise() -> None:
    fields = {"at": {"type": "integer"}, "age": {"type": "integer", "format": "int32"}, "type": TEXT}
    schemas = {"Note": {"type": "object", "properties": fields}}
    assert client_document(deployed(None, schemas), None)["components"]["schemas"]["Note"]["properties"] == {
        "at": {"type": "integer", "format": "int64"},
        "age": {"type": "integer", "format": "int32"},
        "type": TEXT,
    }
