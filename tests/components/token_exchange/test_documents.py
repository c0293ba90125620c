"""What the exchange may do, and the routes that it adds to an API."""

import json

from components.token_exchange.building import POOL_ARN, key_arn, public_key
from openapi_spec_validator import validate

from pulumi_aws_mobile.token_exchange.documents import open_api, properties, statements
from pulumi_aws_mobile.token_exchange.jwks import key_set

JWKS = key_set([public_key("a")])


def test_the_function_signs_with_the_keys_and_looks_users_of_the_pool_up() -> None:
    arns = [key_arn("first"), key_arn("second")]
    assert statements(arns, POOL_ARN) == [
        {"actions": ["kms:Sign"], "resources": arns},
        {"actions": ["cognito-idp:AdminListGroupsForUser", "cognito-idp:ListUsers"], "resources": [POOL_ARN]},
    ]


def test_a_server_is_told_each_key_by_its_number_and_then_who_and_for_whom() -> None:
    assert properties(["first"]) == ("TOKEN_PUBLIC_KEY_1", "TOKEN_ISSUER", "TOKEN_AUDIENCE")
    assert properties(["a", "b", "c", "d"]) == (
        "TOKEN_PUBLIC_KEY_1",
        "TOKEN_PUBLIC_KEY_2",
        "TOKEN_PUBLIC_KEY_3",
        "TOKEN_PUBLIC_KEY_4",
        "TOKEN_ISSUER",
        "TOKEN_AUDIENCE",
    )


def test_the_document_is_valid_open_api() -> None:
    validate(open_api(JWKS))


def test_there_are_two_routes() -> None:
    routes = open_api(JWKS)["paths"]
    assert {path: list(methods) for path, methods in routes.items()} == {
        "/token": ["post"],
        "/.well-known/jwks.json": ["get"],
    }


def test_the_exchange_takes_no_body_and_may_be_called_by_whom_the_contribution_says() -> None:
    operation = open_api(JWKS)["paths"]["/token"]["post"]
    assert "requestBody" not in operation
    assert "parameters" not in operation
    assert "x-aws-mobile-callers" not in operation
    assert "x-amazon-apigateway-integration" not in operation
    assert list(operation["responses"]) == ["200", "403", "429", "500", "502"]


def test_anyone_may_fetch_the_keys_which_api_gateway_answers_itself() -> None:
    operation = open_api(JWKS)["paths"]["/.well-known/jwks.json"]["get"]
    assert operation["x-aws-mobile-callers"] == ["anyone"]
    assert operation["x-amazon-apigateway-integration"] == {
        "type": "mock",
        "passthroughBehavior": "never",
        "requestTemplates": {"application/json": '{"statusCode": 200}'},
        "responses": {
            "default": {
                "statusCode": "200",
                "responseParameters": {"method.response.header.Cache-Control": "'public, max-age=300'"},
                "responseTemplates": {"application/json": JWKS},
            }
        },
    }


def test_the_header_that_says_how_long_keys_are_good_is_declared() -> None:
    operation = open_api(JWKS)["paths"]["/.well-known/jwks.json"]["get"]
    assert list(operation["responses"]["200"]["headers"]) == ["Cache-Control"]


def test_the_document_is_the_same_for_the_same_keys() -> None:
    assert json.dumps(open_api(JWKS)) == json.dumps(open_api(JWKS))
