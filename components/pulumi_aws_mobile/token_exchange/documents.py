"""What the exchange may do, and what it adds to the API's OpenAPI document. Pure: plain values in, documents out."""

from collections.abc import Sequence
from typing import Any

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

JWKS_SECONDS = 300
"""How long whoever fetches the keys may keep them."""
_TEXT = {"type": "string"}
_NO_STORE = {"Cache-Control": {"description": "no-store: the token is for this caller alone.", "schema": _TEXT}}
_KEEP = {"Cache-Control": {"description": f"Good for {JWKS_SECONDS} seconds.", "schema": _TEXT}}


def statements(key_arns: Sequence[pulumi.Input[str]], user_pool_arn: pulumi.Input[str]) -> list[StatementArgs]:
    """Return what the function may do: sign with the published keys, and look users of one pool up.

    All of the published keys, not only the one that signs: IAM takes a while to hear of a change, and a function that
    turns to another key must not wait for it. Whoever has one of them can make every token that is accepted anyway.
    """
    return [
        {"actions": ["kms:Sign"], "resources": list(key_arns)},
        {"actions": ["cognito-idp:AdminListGroupsForUser", "cognito-idp:ListUsers"], "resources": [user_pool_arn]},
    ]


def properties(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the environment properties that tell a server how to verify tokens, whatever their values."""
    return (*(f"TOKEN_PUBLIC_KEY_{number}" for number in range(1, len(keys) + 1)), "TOKEN_ISSUER", "TOKEN_AUDIENCE")


def open_api(jwks: pulumi.Input[str]) -> dict[str, Any]:
    """Return the routes of the exchange, an OpenAPI 3.0 document; the keys are answered by API Gateway itself."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Token exchange", "version": "1"},
        "paths": {"/token": {"post": _exchange()}, "/.well-known/jwks.json": {"get": _keys(jwks)}},
        "components": {"schemas": _SCHEMAS},
    }


def _exchange() -> dict[str, Any]:
    return {
        "operationId": "exchangeToken",
        "summary": "A short-lived token for the user whose credentials signed this request.",
        "description": "Takes no body. Send the token in the header X-User-Token.",
        "responses": {
            "200": {
                "description": "The token, and the seconds for which it is good.",
                "headers": _NO_STORE,
                "content": _json("ExchangedToken"),
            },
            "403": _failure("The caller is a guest, disabled, gone, or not a user of this app."),
            "429": _failure("Too many requests: ask again after a while."),
            "500": _failure("The request could not be answered: ask again after a while."),
            "502": _failure("The exchange failed, and its operators know: ask again after a while."),
        },
    }


def _keys(jwks: pulumi.Input[str]) -> dict[str, Any]:
    """Return the operation that publishes the keys: nothing runs behind it.

    The keys become a mapping template; base64url and JSON hold neither of the signs that mean something there, $ and #.
    """
    return {
        "operationId": "listTokenKeys",
        "summary": "The public keys by which tokens are verified.",
        "x-aws-mobile-callers": ["anyone"],
        "responses": {
            "200": {"description": "A JSON Web Key Set.", "headers": _KEEP, "content": _json("TokenKeys")},
        },
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "passthroughBehavior": "never",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {
                "default": {
                    "statusCode": "200",
                    "responseParameters": {"method.response.header.Cache-Control": f"'public, max-age={JWKS_SECONDS}'"},
                    "responseTemplates": {"application/json": jwks},
                }
            },
        },
    }


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _failure(description: str) -> dict[str, Any]:
    return {"description": description, "content": _json("TokenFailure")}


_SCHEMAS: dict[str, Any] = {
    "ExchangedToken": {
        "type": "object",
        "required": ["token", "token_type", "expires_in"],
        "properties": {
            "token": _TEXT,
            "token_type": {"type": "string", "enum": ["JWT"]},
            "expires_in": {"type": "integer", "minimum": 60, "maximum": 3600},
        },
    },
    "TokenFailure": {"type": "object", "required": ["message"], "properties": {"message": _TEXT}},
    "TokenKeys": {
        "type": "object",
        "required": ["keys"],
        "properties": {
            "keys": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["alg", "crv", "kid", "kty", "use", "x", "y"],
                    "properties": dict.fromkeys(("alg", "crv", "kid", "kty", "use", "x", "y"), _TEXT),
                },
            }
        },
    },
}
