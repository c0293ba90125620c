"""What a stage writes down of its requests."""

import json

import pytest
from botocore.exceptions import ClientError
from sandbox.access.world import Door, Json, trust
from sandbox.gateway.calling import Api, deployed, proxied, saying

_GROUP = "arn:aws:logs:eu-west-1:123456789012:log-group:api"


def _logging(aws: Door, form: str, paths: Json) -> Api:
    aws.operator("logs").create_log_group(logGroupName="api")
    role = aws.role("api-logs", trusts=trust({"Service": "apigateway.amazonaws.com"}))
    operations = [{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}]
    aws.operator("apigateway").update_account(patchOperations=operations)
    api = deployed(aws, paths)
    api.patch_stage(**{"/accessLogSettings/destinationArn": _GROUP, "/accessLogSettings/format": form})
    return api


def _lines(aws: Door, group: str = "api") -> list[str]:
    return [each["message"] for each in aws.operator("logs").filter_log_events(logGroupName=group)["events"]]


def test_each_request_is_a_line_in_the_format_that_is_asked_for(aws: Door) -> None:
    fields = ("requestId", "status", "httpMethod", "resourcePath", "path", "error.responseType", "identity.sourceIp")
    form = json.dumps({name: f"$context.{name}" for name in (*fields, "identity.cognitoIdentityId", "responseLength")})
    api = _logging(aws, form, {"/notes/{id}": {"get": saying('"x"')}})
    found, missing = api.call(path="/notes/1"), api.call("POST", "/notes/1")
    first, second = (json.loads(line) for line in _lines(aws))
    assert first == {
        "requestId": found.header("x-amzn-RequestId"),
        "status": "200",
        "httpMethod": "GET",
        "resourcePath": "/notes/{id}",
        "path": "/live/notes/1",
        "error.responseType": "-",
        "identity.sourceIp": "127.0.0.1",
        "identity.cognitoIdentityId": "-",
        "responseLength": "3",
    }
    assert second["requestId"] == missing.header("x-amzn-RequestId")
    assert (second["status"], second["error.responseType"]) == ("403", "MISSING_AUTHENTICATION_TOKEN")


def test_a_stage_that_logs_errors_says_why(aws: Door) -> None:
    api = _logging(aws, "$context.requestId $context.integrationErrorMessage", {"/a": {"get": proxied("http://a.b/c")}})
    api.patch_stage(**{"/*/*/logging/loglevel": "ERROR"})
    found = api.call(path="/a")
    why = "the sandbox has no network and reaches only this machine: http://a.b/c"
    request_id = found.header("x-amzn-RequestId")
    assert _lines(aws) == [f"{request_id} {why}"]
    assert _lines(aws, f"API-Gateway-Execution-Logs_{api.id}/live") == [f"({request_id}) Execution failed: {why}"]


def test_logs_need_a_role_that_api_gateway_may_take(aws: Door) -> None:
    api = deployed(aws, {"/a": {"get": saying("1")}})
    missing = "CloudWatch Logs role ARN must be set in account settings to enable logging"
    for change in ({"/accessLogSettings/format": "$context.requestId"}, {"/*/*/logging/loglevel": "INFO"}):
        with pytest.raises(ClientError, match=missing):
            api.patch_stage(**change)
    role = aws.role("api-logs", trusts=trust({"Service": "lambda.amazonaws.com"}))
    operations = [{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}]
    with pytest.raises(ClientError, match="The role ARN does not have required permissions configured"):
        aws.operator("apigateway").update_account(patchOperations=operations)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("$context.status", "must contain \\$context.requestId or \\$context.extendedRequestId"),
        ("$context.requestId\n$context.status", "must be single line"),
    ],
)
def test_a_format_that_cannot_be_looked_up_is_refused(aws: Door, form: str, message: str) -> None:
    with pytest.raises(ClientError, match=message):
        _logging(aws, form, {"/a": {"get": saying("1")}})
