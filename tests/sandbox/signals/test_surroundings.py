"""What functions see of the sandbox: its time, its APIs, and only what their roles allow."""

import json
from typing import Any

import pytest
from sandbox.functions.conftest import Deploy
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, regions

ASK = """
    import urllib.error, urllib.request
    def handle(event, context):
        try:
            with urllib.request.urlopen(event["url"], timeout=5) as answer:
                return [answer.status, answer.read().decode()]
        except urllib.error.HTTPError as error:
            return [error.code, ""]
        except OSError as error:
            return [0, type(error).__name__]
"""
PUT = """
    import boto3
    def handle(event, context):
        try:
            boto3.client("cloudwatch").put_metric_data(Namespace=event, MetricData=[{"MetricName": "a", "Value": 1}])
        except Exception as error:
            return str(error).split(": ", 1)[1]
"""
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "notes", "version": "1"},
    "paths": {
        "/health": {
            "get": {
                "responses": {"200": {"description": "well"}},
                "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "requestTemplates": {"application/json": '{"statusCode": 200}'},
                    "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": "well"}}},
                },
            }
        }
    },
}


def _api(sandbox: Sandbox, region: str = "eu-west-1") -> str:
    apigateway = sandbox.clients("apigateway", region)
    api = apigateway.import_rest_api(body=json.dumps(DOCUMENT).encode())["id"]
    apigateway.create_deployment(restApiId=api, stageName="live")
    return f"https://{api}.execute-api.{region}.amazonaws.com/live/health"


def test_a_function_lives_in_the_time_of_the_sandbox(deploy: Deploy) -> None:
    function = deploy("import time\ndef handle(event, context):\n    return [time.time(), time.time_ns() / 1e9]\n")
    function()
    clock.move(7200)
    assert function() == pytest.approx([clock.now()] * 2, abs=60)


def test_a_function_has_as_much_time_left_as_ever(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return context.get_remaining_time_in_millis()\n")
    clock.move(7200)
    assert 0 < function() <= int(function.inputs.get("timeout", 3)) * 1000


def test_a_function_reaches_an_api_at_its_own_address(sandbox: Sandbox, deploy: Deploy) -> None:
    function, url = deploy(ASK), _api(sandbox)
    assert function({"url": url}) == [200, "well"]
    assert function({"url": url.replace("/health", "/other")}) == [403, ""]


def test_a_function_reaches_no_api_of_a_lost_region(sandbox: Sandbox, deploy: Deploy) -> None:
    function, url = deploy(ASK), _api(sandbox, "eu-central-1")
    assert function({"url": url}) == [200, "well"]
    with regions.lost("eu-central-1"):
        assert function({"url": url}) == [0, "RemoteDisconnected"]


def test_a_role_puts_metrics_of_its_namespace_only(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy(PUT)
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Action": "cloudwatch:PutMetricData",
        "Resource": "*",
        "Condition": {"StringEquals": {"cloudwatch:namespace": ["Mine"]}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    role = function.inputs["role"].rsplit("/", 1)[1]
    World(sandbox).make("aws:iam/rolePolicy:RolePolicy", {"role": role, "policy": policy, "name": "puts"})
    assert function("Mine") is None
    assert "is not authorized to perform: cloudwatch:PutMetricData" in function("Others")
