"""Integrations with functions: the event they get, and what becomes of their answers."""

import base64
import json
from textwrap import dedent

import pytest
from pulumi.asset import AssetArchive, StringAsset
from sandbox.access.world import REGION, Door, Json
from sandbox.gateway.calling import IAM, Api, deployed
from sandbox.situations.lambda_ import function
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox

_ECHO = "def handle(event, context):\n    return {'statusCode': 200, 'body': __import__('json').dumps(event)}\n"
_ERROR = {"message": "Internal server error"}
_SERVICE = "apigateway.amazonaws.com"


def _api(aws: Door, code: str, *, permitted: str | None = "*/*", method: str = "post", **more: Json) -> Api:
    """Deploy a function and an API that asks it."""
    world = World(Sandbox(aws.operator))
    archive = AssetArchive({"index.py": StringAsset(dedent(code))})
    made = world.make("aws:lambda/function:Function", function(world, code=archive, timeout=10))
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{made['arn']}/invocations"
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": uri, **more.pop("integration", {})}
    operation = {"responses": {}, "x-amazon-apigateway-integration": integration, **more.pop("operation", {})}
    api = deployed(aws, {"/notes/{id}": {method: operation}}, **more)
    if permitted is not None:
        aws.operator("lambda").add_permission(
            FunctionName=made["name"],
            StatementId="api",
            Action="lambda:InvokeFunction",
            Principal=_SERVICE,
            SourceArn=f"arn:aws:execute-api:{REGION}:123456789012:{api.id}/{permitted}",
        )
    return api


def _answering(aws: Door, result: str, **more: Json) -> Api:
    return _api(aws, f"def handle(event, context):\n    return {result}\n", **more)


def test_a_function_gets_the_whole_request(aws: Door) -> None:
    api = _api(aws, _ECHO, operation={"operationId": "change", **IAM})
    api.patch_stage(**{"/variables/a": "1"})
    headers = {"X-Two": "2", "Content-Type": "application/json", "User-Agent": "tests"}
    event = api.signed("POST", "/notes/a%20b?q=1&q=2&e=", headers, b'{"a":1}').json
    context = event.pop("requestContext")
    sent, several = event.pop("headers"), event.pop("multiValueHeaders")
    assert event == {
        "resource": "/notes/{id}",
        "path": "/notes/a%20b",
        "httpMethod": "POST",
        "queryStringParameters": {"q": "2", "e": ""},
        "multiValueQueryStringParameters": {"q": ["1", "2"], "e": [""]},
        "pathParameters": {"id": "a b"},
        "stageVariables": {"a": "1"},
        "body": '{"a":1}',
        "isBase64Encoded": False,
    }
    assert (sent["X-Two"], several["X-Two"]) == ("2", ["2"])
    identity = context.pop("identity")
    assert identity == {
        "accessKey": "sandbox",
        "accountId": "123456789012",
        "caller": "123456789012",
        "cognitoAuthenticationProvider": None,
        "cognitoAuthenticationType": None,
        "cognitoIdentityId": None,
        "cognitoIdentityPoolId": None,
        "principalOrgId": None,
        "sourceIp": "127.0.0.1",
        "user": "123456789012",
        "userAgent": "tests",
        "userArn": "arn:aws:iam::123456789012:root",
    }
    assert isinstance(context.pop("requestTimeEpoch"), int)
    made_up = {name: context.pop(name) for name in ("extendedRequestId", "requestId", "requestTime", "resourceId")}
    assert all(made_up.values())
    assert context == {
        "accountId": "123456789012",
        "apiId": api.id,
        "domainName": f"{api.id}.execute-api.eu-west-1.amazonaws.com",
        "domainPrefix": api.id,
        "httpMethod": "POST",
        "operationName": "change",
        "path": "/live/notes/a%20b",
        "protocol": "HTTP/1.1",
        "resourcePath": "/notes/{id}",
        "stage": "live",
    }


def test_what_a_request_lacks_is_null(aws: Door) -> None:
    event = _api(aws, _ECHO, method="get").call(path="/notes/1").json
    empty = ("queryStringParameters", "multiValueQueryStringParameters", "stageVariables", "body")
    assert {name: event[name] for name in empty} == dict.fromkeys(empty)
    assert event["isBase64Encoded"] is False


_BINARY = {"x-amazon-apigateway-binary-media-types": ["image/png"]}


def test_bytes_reach_a_function_in_base_64(aws: Door) -> None:
    event = _api(aws, _ECHO, **_BINARY).call("POST", "/notes/1", {"Content-Type": "image/png"}, b"\xff\x00").json
    assert (event["isBase64Encoded"], base64.b64decode(event["body"])) == (True, b"\xff\x00")


def test_bytes_come_back_to_who_accepts_them(aws: Door) -> None:
    body = base64.b64encode(b"\xff\x00").decode()
    api = _answering(aws, f"{{'statusCode': 200, 'body': '{body}', 'isBase64Encoded': True}}", **_BINARY)
    assert api.call("POST", "/notes/1", {"Accept": "image/png"}).body == b"\xff\x00"
    assert api.call("POST", "/notes/1", {"Accept": "text/html"}).body == body.encode()


def test_an_answer_has_status_and_headers(aws: Door) -> None:
    api = _answering(
        aws,
        "{'statusCode': '201', 'headers': {'X-One': 1, 'Set-Cookie': 'x'}, "
        "'multiValueHeaders': {'Set-Cookie': ['a=1', 'b=2']}, 'body': 'done'}",
    )
    found = api.call("POST", "/notes/1")
    assert (found.status, found.body) == (201, b"done")
    assert [value for name, value in found.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert (found.header("X-One"), found.header("Content-Type")) == ("1", "application/json")


@pytest.mark.parametrize(
    "result",
    [
        "'text'",
        "None",
        "{'statusCode': 'many'}",
        "{'statusCode': 42}",
        "{'statusCode': 200, 'body': {'a': 1}}",
        "{'statusCode': 200, 'message': 'hello'}",
        "{'statusCode': 200, 'headers': ['a']}",
        "1 / 0",
    ],
)
def test_a_malformed_answer_is_a_bad_gateway(aws: Door, result: str) -> None:
    found = _answering(aws, result).call("POST", "/notes/1")
    assert found.error == (502, "InternalServerErrorException", _ERROR)


@pytest.mark.parametrize("permitted", [None, "other/*", "*/GET/notes/*"])
def test_a_function_that_does_not_admit_the_method_is_not_asked(aws: Door, permitted: str | None) -> None:
    api = _answering(aws, "{'statusCode': 200}", permitted=permitted)
    assert api.call("POST", "/notes/1").error == (500, "InternalServerErrorException", _ERROR)


@pytest.mark.parametrize("permitted", ["*/*", "live/POST/notes/*", "*/POST/notes/{id}"])
def test_a_function_that_admits_the_method_is_asked(aws: Door, permitted: str) -> None:
    assert _answering(aws, "{'statusCode': 204}", permitted=permitted).call("POST", "/notes/1").status == 204


def test_a_function_that_takes_too_long_is_given_up(aws: Door) -> None:
    code = "import time\ndef handle(event, context):\n    time.sleep(5)\n"
    found = _api(aws, code, integration={"timeoutInMillis": 100}).call("POST", "/notes/1")
    assert found.error == (504, "InternalServerErrorException", {"message": "Endpoint request timed out"})


def test_a_function_learns_who_signed_in(aws: Door) -> None:
    from sandbox.access.pools import Pools
    from sandbox.access.world import allow, document
    from sandbox.gateway.calling import credentials

    people = Pools.made(aws, AllowUnauthenticatedIdentities=True)
    policy = document(allow("execute-api:Invoke", "*"))
    aws.operator("iam").put_role_policy(RoleName="member", PolicyName="calls", PolicyDocument=policy)
    people.user("ann")
    login = people.login("ann")
    identity = people.identity(**login)
    api = _api(aws, _ECHO, operation=IAM)
    found = api.signed("POST", "/notes/1", by=credentials(people.credentials(identity, login)))
    told = found.json["requestContext"]["identity"]
    claims = json.loads(base64.urlsafe_b64decode(login[people.provider].split(".")[1] + "=="))
    assert told["cognitoIdentityId"] == identity
    assert told["cognitoAuthenticationType"] == "authenticated"
    assert told["cognitoIdentityPoolId"] == people.identity_pool
    provider = f"{people.provider},{people.provider}:CognitoSignIn:{claims['sub']}"
    assert told["cognitoAuthenticationProvider"] == provider
