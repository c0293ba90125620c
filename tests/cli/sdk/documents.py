"""Documents as an API is deployed with, and problems in them."""

from typing import Any

import pytest

from aws_mobile_cli.sdk.client_document import client_document
from aws_mobile_cli.sdk.expressible import check_expressible
from pulumi_aws_mobile.errors import ArgsError

Args = dict[str, Any]
TEXT: Args = {"type": "string"}


def operation(name: str | None = "getNote", answer: str = "Note", **words: Any) -> Args:  # noqa: ANN401 - words of OpenAPI
    """Return an operation as API Gateway is given it."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    named = {} if name is None else {"operationId": name}
    return {
        **named,
        "responses": {"200": {"description": "", "content": content}},
        "security": [{"sigv4": []}],
        "x-amazon-apigateway-auth": {"type": "AWS_IAM"},
        "x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": "arn:aws:lambda:a"},
        **words,
    }


def deployed(paths: Args | None = None, schemas: Args | None = None) -> Args:
    """Return a whole document."""
    return {
        "openapi": "3.0.1",
        "info": {"title": "app-api", "version": "1"},
        "paths": {"/note": {"get": operation()}} if paths is None else paths,
        "components": {
            "schemas": {"Note": {"type": "object", "properties": {"title": TEXT}}, **(schemas or {})},
            "securitySchemes": {
                "sigv4": {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "awsSigv4",
                }
            },
        },
        "x-amazon-apigateway-request-validator": "everything",
    }


def refusal(document: Args) -> list[str]:
    """Return the problems that the document is refused for."""
    with pytest.raises(ArgsError) as raised:
        check_expressible(client_document(document, None))
    return [str(problem) for problem in raised.value.problems]
