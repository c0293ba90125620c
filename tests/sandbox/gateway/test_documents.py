"""Documents that API Gateway does not import, or the sandbox cannot serve, are refused with every reason."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.access.world import Door, Json
from sandbox.gateway.calling import deployed, proxied, saying
from sandbox.situations.apigateway import body
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox

_INTEGRATION = "x-amazon-apigateway-integration"


def _client(aws: Door) -> Json:
    return aws.operator("apigateway")


def _refusal(aws: Door, text: str, **more: Json) -> str:
    client = _client(aws)
    made = client.create_rest_api(name="refused")["id"]
    with pytest.raises(ClientError) as caught:
        client.put_rest_api(restApiId=made, body=text.encode(), **{"mode": "overwrite", **more})
    error = caught.value.response
    assert (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]) == ("BadRequestException", 400)
    return error["Error"]["Message"]


def _reasons(aws: Door, paths: Json, **more: Json) -> list[str]:
    head, *reasons = _refusal(aws, body(paths, **more)).split("\n\t")
    assert head == "Errors found during import:"
    return reasons


def _reason(aws: Door, operation: Json, path: str = "/a", **more: Json) -> str:
    (found,) = _reasons(aws, {path: {"get": operation}}, **more)
    return found


def _put(what: str, path: str = "/a") -> str:
    return f"Unable to put integration on 'GET' for resource at path '{path}': {what}"


def _mapping(expression: str) -> str:
    return (
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
        f"[Invalid mapping expression parameter specified: {expression}]"
    )


@pytest.mark.parametrize("text", ["[]", "a: [", "{}", '"x"'])
def test_what_is_no_document_is_refused(aws: Door, text: str) -> None:
    assert "Invalid OpenAPI input." in _refusal(aws, text)


@pytest.mark.parametrize(("version", "named"), [("3.1.0", "OpenAPI 3.1.0"), (None, "Swagger 2.0")])
def test_another_version_is_refused(aws: Door, version: str | None, named: str) -> None:
    given = {"openapi": version} if version else {"swagger": "2.0"}
    message = f"Errors found during import:\n\tThe sandbox imports OpenAPI 3.0.x only: got {named}"
    assert _refusal(aws, json.dumps({**given, "info": {}, "paths": {}})) == message


def test_two_names_for_one_part_of_a_path_are_refused(aws: Door) -> None:
    paths = {"/a/{x}": {"get": saying("1")}, "/a/{y}/b": {"get": saying("1")}}
    sibling = "A sibling ({x}) of this resource already has a variable path part -- only one is allowed"
    assert _reasons(aws, paths) == [
        f"Unable to create resource at path '/a/{{y}}': {sibling}",
        f"Unable to create resource at path '/a/{{y}}/b': {sibling}",
    ]


def test_a_schema_that_is_not_there_is_refused(aws: Door) -> None:
    content = {"application/json": {"schema": {"allOf": [{"$ref": "#/components/schemas/Nothing"}]}}}
    reason = _reason(aws, saying("1", requestBody={"content": content}))
    assert reason == "Unable to put method 'GET' on resource at path '/a': Invalid model identifier specified: Nothing"


def test_a_validator_that_is_not_there_is_refused(aws: Door) -> None:
    reason = _reason(aws, saying("1", **{"x-amazon-apigateway-request-validator": "all"}))
    found = "Invalid Request Validator identifier specified: all"
    assert reason == f"Unable to put method 'GET' on resource at path '/a': {found}"


def test_authorizers_are_refused(aws: Door) -> None:
    schemes = {"users": {"type": "apiKey", "in": "header", "name": "A", "x-amazon-apigateway-authorizer": {"a": 1}}}
    reason = _reason(aws, saying("1", security=[{"users": []}]), components={"securitySchemes": schemes})
    found = "the sandbox has no authorizers; callers are known by AWS_IAM or by an API key"
    assert reason == f"Unable to put method 'GET' on resource at path '/a': {found}"


@pytest.mark.parametrize(
    ("integration", "reason"),
    [
        ({"type": "http_proxy", "httpMethod": "GET"}, "Invalid HTTP endpoint specified for URI"),
        ({"type": "http_proxy", "uri": "http://a.b/c"}, "Enumeration value for HttpMethod must be non-empty"),
        ({"type": "aws_proxy", "httpMethod": "POST"}, "Invalid ARN specified"),
        (
            {"type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:sqs:path/1/q"},
            "the sandbox has no integrations of type AWS; it has AWS_PROXY, HTTP_PROXY, MOCK",
        ),
        ({"type": "mock", "timeoutInMillis": 30_000}, "Timeout should be between 50 ms and 29000 ms"),
        (
            {"type": "mock", "requestTemplates": {"application/json": "#set($a = 1)"}},
            "the sandbox's mapping templates have no directives: got #set",
        ),
        (
            {"type": "mock", "requestTemplates": {"application/json": "$util.escapeJavaScript('a')"}},
            "the sandbox's mapping templates do not know $util.escapeJavaScript",
        ),
        (
            {"type": "mock", "responses": {"default": {"statusCode": "404"}}},
            "Invalid Response status code specified: 404",
        ),
    ],
)
def test_an_integration_that_cannot_work_is_refused(aws: Door, integration: Json, reason: str) -> None:
    assert _reason(aws, {"responses": {"200": {}}, _INTEGRATION: integration}) == _put(reason)


def test_headers_of_an_answer_must_be_declared(aws: Door) -> None:
    operation: dict[str, Any] = saying("1")
    answer = operation[_INTEGRATION]["responses"]["default"]
    answer["responseParameters"] = {"method.response.header.X-One": "'1'"}
    assert _reason(aws, operation) == _put(_mapping("method.response.header.X-One"))


@pytest.mark.parametrize("source", ["method.request.header.X-In", "method.request.path.other", "nonsense"])
def test_parameters_must_come_from_something_declared(aws: Door, source: str) -> None:
    mapped = {"integration.request.header.X-Out": source}
    assert _reason(aws, proxied("http://127.0.0.1/", requestParameters=mapped)) == _put(_mapping(source))


def test_a_part_of_the_uri_must_come_from_somewhere(aws: Door) -> None:
    reason = "the URI has {id}, which no requestParameters entry integration.request.path.id fills"
    assert _reason(aws, proxied("http://127.0.0.1/{id}"), "/a/{id}") == _put(reason, "/a/{id}")


def _link(aws: Door) -> tuple[str, str]:
    world = World(Sandbox(aws.operator))
    subnets = world.subnets(2)
    link = world.make("aws:apigatewayv2/vpcLink:VpcLink", {"subnetIds": subnets, "securityGroupIds": []})["id"]
    made = aws.operator("elbv2").create_load_balancer(Name="web", Subnets=subnets, Type="application")
    return link, made["LoadBalancers"][0]["LoadBalancerArn"]


def test_a_private_integration_needs_a_link_and_a_load_balancer_that_exist(aws: Door) -> None:
    link, balancer = _link(aws)
    missing = balancer.replace("/web/", "/other/")
    refused = {
        "ConnectionId must be specified for the connection type VPC_LINK": {"integrationTarget": balancer},
        "Invalid VPC link identifier specified: gone": {"connectionId": "gone", "integrationTarget": balancer},
        "integrationTarget must be specified for a VPC link V2": {"connectionId": link},
        f"Invalid integration target specified: the load balancer {missing} does not exist": {
            "connectionId": link,
            "integrationTarget": missing,
        },
    }
    for reason, integration in refused.items():
        operation = proxied("http://a.b/c", connectionType="VPC_LINK", **integration)
        assert _reason(aws, operation) == _put(reason)


def test_a_link_stays_while_a_document_names_it(aws: Door) -> None:
    link, balancer = _link(aws)
    integration = {"connectionType": "VPC_LINK", "connectionId": link, "integrationTarget": balancer}
    api = deployed(aws, {"/a": {"get": proxied("http://a.b/c", **integration)}})
    with pytest.raises(ClientError, match=f"it is referenced in the API {api.id}"):
        aws.operator("apigatewayv2").delete_vpc_link(VpcLinkId=link)
    _client(aws).delete_rest_api(restApiId=api.id)
    aws.operator("apigatewayv2").delete_vpc_link(VpcLinkId=link)


def test_all_reasons_are_given_at_once(aws: Door) -> None:
    paths = {"/a": {"get": {"responses": {}, _INTEGRATION: {}}, "put": saying("1", security=[{"who": []}])}}
    responses = {"x-amazon-apigateway-gateway-responses": {"TEAPOT": {}}}
    assert _reasons(aws, paths, **responses) == [
        _put("Enumeration value for IntegrationType must be non-empty"),
        "Unable to put method 'PUT' on resource at path '/a': Invalid security scheme specified: who",
        "Unable to put gateway response 'TEAPOT': Invalid response type specified: TEAPOT",
    ]


def test_a_policy_without_principals_is_refused(aws: Door) -> None:
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    message = "Invalid policy document. Please check the policy syntax and ensure that Principals are valid."
    assert _refusal(aws, body(**{"x-amazon-apigateway-policy": policy})) == message


def test_warnings_count_where_they_are_asked_to(aws: Door) -> None:
    text = json.dumps({"openapi": "3.0.3", "info": {"title": "a"}, "paths": {}})
    message = _refusal(aws, text, failOnWarnings=True)
    assert message == "Failed to parse the uploaded OpenAPI document due to: 'version' is a required property"


def test_a_refused_document_changes_nothing(aws: Door) -> None:
    client = _client(aws)
    api = deployed(aws, {"/a": {"get": saying("1")}})
    before = client.get_rest_api(restApiId=api.id)
    with pytest.raises(ClientError):
        client.put_rest_api(restApiId=api.id, mode="overwrite", body=b"{}")
    after = client.get_rest_api(restApiId=api.id)
    assert [after[name] for name in ("name", "version")] == [before[name] for name in ("name", "version")]
    api.deploy_again()
    assert api.call(path="/a").status == 200


def test_documents_may_be_merged(aws: Door) -> None:
    api = deployed(aws, {"/a": {"get": saying("1")}, "/b": {"get": saying("2")}})
    more = body({"/b": {"get": saying("3")}, "/c": {"get": saying("4")}})
    _client(aws).put_rest_api(restApiId=api.id, mode="merge", body=more.encode())
    api.deploy_again()
    assert [api.call(path=path).body for path in ("/a", "/b", "/c")] == [b"1", b"3", b"4"]


def test_yaml_is_a_document_too(aws: Door) -> None:
    import yaml

    api = deployed(aws, {"/a": {"get": saying("1")}})
    text = yaml.safe_dump(json.loads(body({"/b": {"get": saying("2")}})))
    _client(aws).put_rest_api(restApiId=api.id, mode="overwrite", body=text.encode())
    api.deploy_again()
    assert (api.call(path="/a").status, api.call(path="/b").status) == (403, 200)
