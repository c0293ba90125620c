"""The program of a small app's backend, which clients are generated for; a project's `__main__.py` is a copy of it."""

from typing import Any

import pulumi

from pulumi_aws_mobile import MobileBackend

_OPEN: Any = {"protect": False, "deletion_protection": False}
_JSON = "application/json"
_OBJECT = {"type": "object", "additionalProperties": False}


def _answer(template: str) -> dict[str, Any]:
    """Return an integration that answers by itself, with what API Gateway knows of the caller."""
    return {
        "type": "mock",
        "requestTemplates": {_JSON: '{"statusCode": 200}'},
        "responses": {"default": {"statusCode": "200", "responseTemplates": {_JSON: template}}},
    }


def _operation(name: str, answer: str, template: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - words of OpenAPI
    content = {_JSON: {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    return {
        "operationId": name,
        "responses": {"200": {"description": "The answer", "content": content}},
        "x-amazon-apigateway-integration": _answer(template),
        **more,
    }


_TITLE = {"name": "title", "in": "query", "required": True, "schema": {"type": "string"}}
_ID = {"name": "note_id", "in": "path", "required": True, "schema": {"type": "string"}}
_DOCUMENT: Any = {
    "openapi": "3.0.3",
    "info": {"title": "Notes", "version": "1"},
    "paths": {
        "/me": {"get": _operation("getMe", "Me", '{"identity_id": "$context.identity.cognitoIdentityId"}')},
        "/notes/{note_id}": {
            "get": _operation(
                "getNote",
                "Note",
                '{"title": "$input.params(\'title\')", "written_at": 1790000000000, "tags": []}',
                parameters=[_ID, _TITLE],
            ),
            "put": _operation(
                "replaceNote",
                "Note",
                '{"title": "replaced", "written_at": 1790000000000, "tags": ["a", "b"]}',
                parameters=[_ID],
                requestBody={
                    "required": True,
                    "content": {_JSON: {"schema": {"$ref": "#/components/schemas/NoteInput"}}},
                },
            ),
        },
    },
    "components": {
        "schemas": {
            "Me": {**_OBJECT, "required": ["identity_id"], "properties": {"identity_id": {"type": "string"}}},
            "NoteInput": {
                **_OBJECT,
                "required": ["title"],
                "properties": {"title": {"type": "string", "minLength": 1, "maxLength": 20}},
            },
            "Note": {
                **_OBJECT,
                "required": ["title", "written_at", "tags"],
                "properties": {
                    "title": {"type": "string"},
                    "written_at": {"type": "integer"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    },
}
_backend = MobileBackend(
    "app",
    {
        "features": ["sign_in", "core_api", "user_data", "push", "analytics"],
        "identity": {"clients": {"app": {}}, **_OPEN},
        "api": {"contributions": {"notes": {"document": _DOCUMENT, "callers": ["signed_in"]}}},
        "data_sync": {**_OPEN},
        "push": {
            "platforms": {"adm": {"client_id": "amzn1.application-oa2-client.0123456789abcdef", "client_secret": "t"}},
            "topics": {"news": {}},
            **_OPEN,
        },
        "analytics": {"events": {"purchase": {"metrics": ["price"]}}, "protect": False},
    },
)
pulumi.export("api", {"url": _backend.api_url})
pulumi.export(
    "sign_in",
    {
        "user_pool_id": _backend.user_pool_id,
        "client_ids": _backend.client_ids,
        "identity_pool_id": _backend.identity_pool_id,
    },
)
pulumi.export("analytics", {"client": _backend.analytics_client_config})
