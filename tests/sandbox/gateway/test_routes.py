"""Which method answers a path, and what an unknown path is told."""

import pytest
from sandbox.access.world import Door
from sandbox.gateway.calling import IAM, deployed, saying

_TREE = {
    "/": {"get": saying('"root"')},
    "/notes": {"get": saying('"all"'), "post": saying('"new"')},
    "/notes/{id}": {"get": saying('"one"'), "x-amazon-apigateway-any-method": saying('"any"')},
    "/notes/mine": {"get": saying('"mine"')},
    "/notes/{id}/parts/{part}": {"get": saying('"part"')},
    "/files/{path+}": {"get": saying('"file"')},
    "/files/readme": {"get": saying('"readme"')},
}
_MISSING = (403, "MissingAuthenticationTokenException", {"message": "Missing Authentication Token"})


@pytest.mark.parametrize(
    ("method", "path", "answer"),
    [
        ("GET", "/", "root"),
        ("GET", "", "root"),
        ("GET", "/notes", "all"),
        ("GET", "/notes/", "all"),
        ("POST", "/notes", "new"),
        ("GET", "/notes/7", "one"),
        ("DELETE", "/notes/7", "any"),
        ("GET", "/notes/mine", "mine"),
        ("GET", "/notes/mine/parts/2", "part"),
        ("GET", "/notes/a%2Fb", "one"),
        ("GET", "/notes/../notes//mine", "mine"),
        ("GET", "/files/a/b/c", "file"),
        ("GET", "/files/readme", "readme"),
        ("GET", "/files/readme/more", "file"),
    ],
)
def test_a_path_is_answered_by_the_most_exact_resource(aws: Door, method: str, path: str, answer: str) -> None:
    found = deployed(aws, _TREE).call(method, path)
    assert (found.status, found.json) == (200, answer)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/Notes"),
        ("DELETE", "/notes"),
        ("POST", "/notes/mine"),
        ("GET", "/files"),
        ("GET", "/notes/7/parts"),
        ("HEAD", "/notes"),
        ("BREW", "/notes"),
    ],
)
def test_a_path_or_method_without_a_route_is_told_of_a_missing_token(aws: Door, method: str, path: str) -> None:
    found = deployed(aws, _TREE).call(method, path)
    assert (found.status, found.header("x-amzn-ErrorType")) == _MISSING[:2]
    assert found.body == (b"" if method == "HEAD" else b'{"message":"Missing Authentication Token"}')


def test_a_method_that_wants_a_signature_says_the_same_without_one(aws: Door) -> None:
    assert deployed(aws, {"/notes": {"get": saying("1", **IAM)}}).call(path="/notes").error == _MISSING


def test_an_unknown_stage_is_forbidden(aws: Door) -> None:
    api = deployed(aws, _TREE)
    api.stage = "other"
    assert api.call(path="/notes").error == (403, "ForbiddenException", {"message": "Forbidden"})


def test_an_unknown_api_is_forbidden(aws: Door) -> None:
    api = deployed(aws, _TREE)
    api.id = "abcdefghij"
    assert api.call(path="/notes").error == (403, "ForbiddenException", {"message": "Forbidden"})


def test_the_host_of_aws_leads_to_the_api_too(aws: Door) -> None:
    from sandbox.gateway.calling import send

    from pulumi_aws_sandbox.runtime import gateway

    api = deployed(aws, _TREE)
    host = f"{api.id}.execute-api.eu-west-1.amazonaws.com"
    found = send("GET", f"{gateway.base_url()}/live/notes", {"Host": host})
    assert (found.status, found.json) == (200, "all")


def test_every_answer_has_ids_to_look_for_in_logs(aws: Door) -> None:
    api = deployed(aws, _TREE)
    for found in (api.call(path="/notes"), api.call(path="/nothing")):
        assert all(found.header(name) for name in ("x-amzn-RequestId", "x-amz-apigw-id", "X-Amzn-Trace-Id"))


def test_a_disabled_endpoint_is_forbidden_from_the_next_deployment_on(aws: Door) -> None:
    api = deployed(aws, _TREE)
    operations = [{"op": "replace", "path": "/disableExecuteApiEndpoint", "value": "true"}]
    aws.operator("apigateway").update_rest_api(restApiId=api.id, patchOperations=operations)
    assert api.call(path="/notes").status == 200
    api.deploy_again()
    assert api.call(path="/notes").error == (403, "ForbiddenException", {"message": "Forbidden"})
