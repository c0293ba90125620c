"""Answers that the document itself has: of type MOCK, and of the gateway where it refuses."""

import pytest
from sandbox.access.world import Door, Json
from sandbox.gateway.calling import IAM, deployed, saying


def _mock(requests: Json, responses: Json, statuses: Json, **more: Json) -> Json:
    integration = {"type": "mock", "requestTemplates": requests, "responses": responses, **more}
    return {"responses": statuses, "x-amazon-apigateway-integration": integration}


_OK = {"application/json": '{"statusCode": 200}'}


def test_a_text_is_answered_with_its_headers(aws: Door) -> None:
    headers = {"Cache-Control": {}, "X-Who": {}}
    answer = {
        "statusCode": "200",
        "responseParameters": {
            "method.response.header.Cache-Control": "'max-age=300'",
            "method.response.header.X-Who": "context.apiId",
        },
        "responseTemplates": {"application/json": '{"keys":[{"$ref":"#/a","price":"$5"}]}'},
    }
    api = deployed(aws, {"/keys": {"get": _mock(_OK, {"default": answer}, {"200": {"headers": headers}})}})
    found = api.call(path="/keys")
    assert (found.status, found.body) == (200, b'{"keys":[{"$ref":"#/a","price":"$5"}]}')
    assert (found.header("Cache-Control"), found.header("X-Who")) == ("max-age=300", api.id)
    assert found.header("Content-Type") == "application/json"


def test_the_request_chooses_among_answers(aws: Door) -> None:
    requests = {"application/json": "{\"statusCode\": $input.params('status')}"}
    responses = {
        "4\\d{2}": {"statusCode": "400", "responseTemplates": {"application/json": "bad $context.stage"}},
        "default": {"statusCode": "200", "responseTemplates": {"application/json": "$input.json('$.a.b') $input.body"}},
    }
    statuses = {"200": {}, "400": {}}
    api = deployed(aws, {"/a": {"post": _mock(requests, responses, statuses)}})
    assert api.call("POST", "/a?status=404").body == b"bad live"
    found = api.call("POST", "/a?status=200", body=b'{"a":{"b":[1]}}')
    assert (found.status, found.body) == (200, b'[1] {"a":{"b":[1]}}')


def test_an_answer_is_in_the_media_type_that_is_accepted(aws: Door) -> None:
    texts = {"application/json": "{}", "text/plain": "plain"}
    answer = {"default": {"statusCode": "200", "responseTemplates": texts}}
    api = deployed(aws, {"/a": {"get": _mock(_OK, answer, {"200": {}})}})
    plain = api.call(path="/a", headers={"Accept": "text/plain;q=1, */*"})
    assert (plain.body, plain.header("Content-Type")) == (b"plain", "text/plain")
    assert api.call(path="/a", headers={"Accept": "image/png"}).body == b"{}"


def test_no_answer_for_a_status_is_an_error(aws: Door) -> None:
    answer = {"404": {"statusCode": "200"}}
    api = deployed(aws, {"/a": {"get": _mock(_OK, answer, {"200": {}})}})
    message = {"message": "Internal server error"}
    assert api.call(path="/a").error == (500, "InternalServerErrorException", message)


@pytest.mark.parametrize(
    ("behavior", "status", "error"),
    [
        ("never", 415, "UnsupportedMediaTypeException"),
        ("when_no_templates", 415, "UnsupportedMediaTypeException"),
        ("when_no_match", 500, "InternalServerErrorException"),
    ],
)
def test_a_media_type_without_a_template_may_pass_or_not(aws: Door, behavior: str, status: int, error: str) -> None:
    operation = _mock(_OK, {"default": {"statusCode": "200"}}, {"200": {}}, passthroughBehavior=behavior)
    found = deployed(aws, {"/a": {"post": operation}}).call("POST", "/a", {"Content-Type": "text/plain"}, b"x")
    assert found.error[:2] == (status, error)


def test_refusals_carry_the_headers_that_the_document_wants(aws: Door) -> None:
    responses = {
        "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.b'"}},
        "MISSING_AUTHENTICATION_TOKEN": {
            "statusCode": "404",
            "responseParameters": {"gatewayresponse.header.X-Path": "context.path"},
            "responseTemplates": {
                "application/json": '{"error":$context.error.messageString,"type":"$context.error.responseType"}'
            },
        },
    }
    api = deployed(aws, {"/a": {"get": saying("1", **IAM)}}, **{"x-amazon-apigateway-gateway-responses": responses})
    missing = api.call(path="/b")
    told = {"error": "Missing Authentication Token", "type": "MISSING_AUTHENTICATION_TOKEN"}
    assert (missing.status, missing.json) == (404, told)
    assert missing.header("X-Path") == "/live/b"
    assert missing.header("Access-Control-Allow-Origin") == "https://a.b"
    unsigned = api.call(path="/a", headers={"Authorization": "x"})
    assert (unsigned.status, unsigned.header("Access-Control-Allow-Origin")) == (403, "https://a.b")


def test_gateway_responses_besides_the_document_count_from_the_next_deployment_on(aws: Door) -> None:
    api = deployed(aws, {"/a": {"get": saying("1")}})
    aws.operator("apigateway").put_gateway_response(
        restApiId=api.id, responseType="MISSING_AUTHENTICATION_TOKEN", statusCode="404"
    )
    assert api.call(path="/b").status == 403
    api.deploy_again()
    assert api.call(path="/b").status == 404
