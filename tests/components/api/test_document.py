"""The document that API Gateway gets."""

import json
from typing import Any

import pulumi
import pytest
from components.api.building import (
    BALANCER,
    CORE,
    CORE_API,
    EVERYTHING,
    FUNCTION,
    INTEGRATION,
    MOCK,
    NOTE,
    TOKENS,
    Account,
    Args,
    body_of,
    build,
    document,
    mock_api,
    operation,
    parameter,
)
from openapi_spec_validator import OpenAPIV30SpecValidator

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.testing import UNKNOWN, record

CORE_ALONE: Args = {"contributions": {"core": CORE}, "core_api": CORE_API}


def operations(body: Args) -> dict[tuple[str, str], Args]:
    return {(method, path): each for path, item in body["paths"].items() for method, each in item.items()}


def test_it_is_openapi() -> None:
    assert not list(OpenAPIV30SpecValidator(body_of(build(EVERYTHING))).iter_errors())


def test_all_features_are_in_one_document() -> None:
    assert sorted(body_of(build(EVERYTHING))["paths"]) == [
        "/.well-known/jwks.json",
        "/about",
        "/events",
        "/notes",
        "/notes/{id}",
        "/reports",
        "/token",
    ]


def test_every_route_is_signed_unless_anyone_may_call() -> None:
    body = body_of(build({**EVERYTHING, "require_client_keys": False}))
    open_ = {(method, path) for (method, path), each in operations(body).items() if each["security"] == []}
    assert open_ == {("get", "/.well-known/jwks.json"), *(("options", path) for path in body["paths"])}
    for place, each in operations(body).items():
        signed = place not in open_
        assert each["security"] == ([{"sigv4": []}] if signed else [])
        assert each["x-amazon-apigateway-auth"] == {"type": "AWS_IAM" if signed else "NONE"}


def test_a_signature_is_awss_version_4() -> None:
    assert body_of(build(mock_api()))["components"]["securitySchemes"] == {
        "sigv4": {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "awsSigv4",
        }
    }


def test_keys_are_wanted_beside_the_signature_where_asked() -> None:
    body = body_of(build(EVERYTHING))
    assert body["paths"]["/notes"]["get"]["security"] == [{"sigv4": []}, {"api_key": []}]
    assert body["paths"]["/.well-known/jwks.json"]["get"]["security"] == []
    assert body["components"]["securitySchemes"]["api_key"] == {"type": "apiKey", "name": "x-api-key", "in": "header"}


def test_requests_are_validated_everywhere() -> None:
    body = body_of(build({**EVERYTHING, "cors": None}))
    assert body["x-amazon-apigateway-request-validators"] == {
        "everything": {"validateRequestBody": True, "validateRequestParameters": True}
    }
    validators = {each["x-amazon-apigateway-request-validator"] for each in operations(body).values()}
    assert validators | {body["x-amazon-apigateway-request-validator"]} == {"everything"}


def test_the_core_api_is_reached_through_the_private_link_as_it_was_asked() -> None:
    assert body_of(build(CORE_ALONE))["paths"]["/notes/{id}"]["put"][INTEGRATION] == {
        "type": "http_proxy",
        "httpMethod": "PUT",
        "connectionType": "VPC_LINK",
        "connectionId": "api-link-id",
        "integrationTarget": BALANCER,
        "uri": "http://core.example.com/notes/{id}",
        "requestParameters": {
            "integration.request.header.X-Caller-Arn": "context.identity.userArn",
            "integration.request.header.X-Caller-Identity-Id": "context.identity.cognitoIdentityId",
            "integration.request.header.X-Caller-Type": "context.identity.cognitoAuthenticationType",
            "integration.request.path.id": "method.request.path.id",
        },
        "responses": {"default": {"statusCode": "200"}},
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": 29000,
        "tlsConfig": {"insecureSkipVerification": False},
    }


def test_an_origin_on_the_internet_is_called_as_it_was_asked_and_told_nothing_of_callers() -> None:
    recording = build({**CORE_ALONE, "core_api": {"url": "https://core.example.com", "timeout_seconds": 10}})
    assert body_of(recording)["paths"]["/notes/{id}"]["put"][INTEGRATION] == {
        "type": "http_proxy",
        "httpMethod": "PUT",
        "connectionType": "INTERNET",
        "uri": "https://core.example.com/notes/{id}",
        "requestParameters": {
            "integration.request.header.X-Caller-Arn": "'none'",
            "integration.request.header.X-Caller-Identity-Id": "'none'",
            "integration.request.header.X-Caller-Type": "'none'",
            "integration.request.path.id": "method.request.path.id",
        },
        "responses": {"default": {"statusCode": "200"}},
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": 10000,
        "tlsConfig": {"insecureSkipVerification": False},
    }
    assert not recording.of_type("aws:apigatewayv2/vpcLink:VpcLink")


def test_on_open_routes_nobody_is_the_caller_whatever_the_client_says() -> None:
    paths = {"/about": {"get": operation(callers=["anyone"])}}
    args = {"contributions": {"core": {"document": document(paths), "target": "core_api"}}, "core_api": CORE_API}
    assert body_of(build(args))["paths"]["/about"]["get"][INTEGRATION]["requestParameters"] == {
        "integration.request.header.X-Caller-Arn": "'none'",
        "integration.request.header.X-Caller-Identity-Id": "'none'",
        "integration.request.header.X-Caller-Type": "'none'",
    }


def test_the_core_api_has_as_long_as_it_is_given() -> None:
    body = body_of(build({**CORE_ALONE, "core_api": {**CORE_API, "timeout_seconds": 5}}))
    assert body["paths"]["/notes"]["get"][INTEGRATION]["timeoutInMillis"] == 5000


def test_the_rest_of_a_path_is_passed_on() -> None:
    paths = {"/files/{rest+}": {"get": operation(parameters=[parameter("rest")])}}
    args = {"contributions": {"core": {"document": document(paths), "target": "core_api"}}, "core_api": CORE_API}
    integration = body_of(build(args))["paths"]["/files/{rest+}"]["get"][INTEGRATION]
    assert integration["uri"] == "http://core.example.com/files/{rest}"
    assert integration["requestParameters"]["integration.request.path.rest"] == "method.request.path.rest"


def test_a_function_gets_the_request_as_an_event() -> None:
    assert body_of(build({"contributions": {"tokens": TOKENS}}))["paths"]["/token"]["post"][INTEGRATION] == {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations",
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": 29000,
    }


def test_an_operations_own_integration_wins_over_the_target() -> None:
    body = body_of(build({"contributions": {"tokens": TOKENS}}))
    assert body["paths"]["/.well-known/jwks.json"]["get"][INTEGRATION] == MOCK


def test_an_aws_integration_acts_as_the_role_of_its_contribution() -> None:
    assert body_of(build(EVERYTHING))["paths"]["/events"]["post"][INTEGRATION] == {
        "type": "aws",
        "httpMethod": "POST",
        "uri": "arn:aws:x",
        "credentials": "arn:aws:iam:eu-west-1:123456789012:api-queue-integrations",
    }


def test_models_of_all_features_stand_together_once() -> None:
    again = {"document": document({"/drafts": {"get": {**operation(), INTEGRATION: MOCK}}}, {"Note": NOTE})}
    body = body_of(build({**CORE_ALONE, "contributions": {"core": CORE, "drafts": again}}))
    assert body["components"]["schemas"] == {"Note": NOTE}


def test_own_extensions_of_the_library_are_taken_out() -> None:
    text = json.dumps(body_of(build(EVERYTHING)))
    assert "x-aws-mobile" not in text


def test_web_pages_get_an_answer_to_their_preflights() -> None:
    options = body_of(build({**CORE_ALONE, "cors": {"origins": ["https://app.example.org"], "headers": ["X-Lang"]}}))
    preflight = options["paths"]["/notes/{id}"]["options"]
    assert preflight[INTEGRATION] == {
        "type": "mock",
        "passthroughBehavior": "when_no_match",
        "requestTemplates": {"application/json": '{"statusCode": 204}'},
        "responses": {
            "default": {
                "statusCode": "204",
                "responseParameters": {
                    "method.response.header.Access-Control-Allow-Headers": (
                        "'Authorization,Content-Type,X-Amz-Content-Sha256,X-Amz-Date,X-Amz-Security-Token,"
                        "X-Amz-User-Agent,X-Api-Key,X-Lang,X-User-Token'"
                    ),
                    "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS,PUT'",
                    "method.response.header.Access-Control-Allow-Origin": "'https://app.example.org'",
                    "method.response.header.Access-Control-Max-Age": "'7200'",
                },
            }
        },
    }
    assert (preflight["security"], preflight["parameters"]) == ([], [parameter("id")])
    assert sorted(preflight["responses"]["204"]["headers"]) == [
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Access-Control-Max-Age",
    ]


def test_refusals_of_api_gateway_can_be_read_by_pages() -> None:
    body = body_of(build({**CORE_ALONE, "cors": {"origins": ["https://a.example.org", "https://b.example.org"]}}))
    responses = body["x-amazon-apigateway-gateway-responses"]
    assert sorted(responses) == ["DEFAULT_4XX", "DEFAULT_5XX"]
    for response in responses.values():
        assert response["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"


def test_an_options_operation_of_ones_own_stays() -> None:
    own = {"/about": {"get": operation(), "options": operation(callers=["anyone"])}}
    body = body_of(build(mock_api(own, cors={"origins": ["*"]})))
    assert body["paths"]["/about"]["options"]["responses"] == {"200": {"description": "It worked"}}


def test_without_web_pages_there_are_no_preflights() -> None:
    body = body_of(build(CORE_ALONE))
    assert {method for method, _ in operations(body)} == {"get", "post", "put"}
    assert "x-amazon-apigateway-gateway-responses" not in body


def test_bytes_are_passed_on_for_the_media_types_that_are_named() -> None:
    body = body_of(build(mock_api(binary_media_types=["image/png", "image/jpeg"])))
    assert body["x-amazon-apigateway-binary-media-types"] == ["image/jpeg", "image/png"]


def test_values_of_a_document_may_be_outputs() -> None:
    def program() -> None:
        keys = pulumi.Output.from_input('{"keys":["a"]}')
        mock = {"type": "mock", "responses": {"default": {"responseTemplates": {"application/json": keys}}}}
        paths = {"/keys": {"get": operation(callers=["anyone"], **{INTEGRATION: mock})}}
        Api("api", {"contributions": {"keys": {"document": document(paths)}}})

    body = body_of(record(program, mocks=Account()))
    answer = body["paths"]["/keys"]["get"][INTEGRATION]["responses"]["default"]
    assert answer["responseTemplates"] == {"application/json": '{"keys":["a"]}'}


def reversed_(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return a copy with the keys of every mapping in the opposite order."""
    if isinstance(value, dict):
        return {key: reversed_(value[key]) for key in reversed(value)}
    return [reversed_(each) for each in value] if isinstance(value, list) else value


def digest(args: Args) -> str:
    return build(args).only("aws:apigateway/deployment:Deployment").inputs["triggers"]["document"]


def test_the_order_of_keys_makes_no_new_deployment() -> None:
    assert digest(reversed_(EVERYTHING)) == digest(EVERYTHING)


@pytest.mark.parametrize(
    "change",
    [
        {"execution_logs": "off"},
        {"tags": {}},
        {"throttle": {"burst": 10}},
        {"log_retention_days": 30},
        {"firewall": {"count_only": True}},
        {"clients": {"ios": {}}},
    ],
)
def test_what_is_not_in_the_document_makes_no_new_deployment(change: Args) -> None:
    assert digest({**EVERYTHING, **change}) == digest(EVERYTHING)


def test_the_description_of_a_schema_makes_a_new_deployment() -> None:
    described = document(CORE["document"]["paths"], {"Note": {**NOTE, "description": "A note"}})
    changed = {"core": {**CORE, "document": described}}
    assert digest({**CORE_ALONE, "contributions": changed}) != digest(CORE_ALONE)


def test_what_api_gateway_does_not_take_makes_no_new_deployment() -> None:
    described = document(CORE["document"]["paths"], {"Note": {**NOTE, "example": {"title": "Milk"}}})
    same = {"core": {**CORE, "document": described}}
    assert digest({**CORE_ALONE, "contributions": same}) == digest(CORE_ALONE)


def test_in_a_preview_of_a_new_link_the_document_is_unknown_and_that_of_mocks_known() -> None:
    assert build(CORE_ALONE, preview=True).named("api-rest").inputs["body"] == UNKNOWN
    assert body_of(build(mock_api(), preview=True)) == body_of(build(mock_api()))
