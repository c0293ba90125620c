"""Functions that call functions, services that call functions, and functions behind a server."""

import json
from collections.abc import Iterator

import pytest
from sandbox.functions.conftest import REGION, Deploy
from sandbox.situations.lambda_ import archive, function
from sandbox.situations.world import World, document

from pulumi_aws_sandbox import aws
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import functions
from pulumi_aws_sandbox.serve import serving

COUNT_DOWN = """
import boto3, json, os
def handle(event, context):
    if event == 0:
        return [context.function_name]
    answer = boto3.client("lambda").invoke(FunctionName=context.function_name, Payload=json.dumps(event - 1))
    return [event, *json.load(answer["Payload"])]
"""
COGNITO = "cognito-idp.amazonaws.com"
POOL = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc"


def test_a_function_can_call_itself_and_others(deploy: Deploy) -> None:
    function = deploy(COUNT_DOWN, actions=("logs:*", "lambda:InvokeFunction"), timeout=60)
    assert function(3) == [3, 2, 1, function.name]


def test_a_topic_calls_a_function(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    print(event['Records'][0]['Sns']['Message'])\n")
    topic = function.world.topic()
    subscription = {"topic": topic, "protocol": "lambda", "endpoint": function.outputs["arn"]}
    function.world.make("aws:sns/topicSubscription:TopicSubscription", subscription)
    granted = {"action": "lambda:InvokeFunction", "principal": "sns.amazonaws.com", "sourceArn": topic}
    function.world.make("aws:lambda/permission:Permission", {**granted, "function": function.name})
    function.world.sandbox.clients("sns").publish(TopicArn=topic, Message="good news")
    assert function.log()[1] == "good news"


def test_an_alias_leads_to_its_version(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return context.function_version\n", publish=True)
    live = {"functionName": function.name, "functionVersion": "1", "name": "live"}
    arn = function.world.make("aws:lambda/alias:Alias", live)["arn"]
    assert functions.invoke(REGION, arn, None) == "1"
    assert function() == "$LATEST"


@pytest.fixture
def served() -> Iterator[World]:
    with serving() as url:
        yield World(Sandbox(aws.server(url, REGION)))


def test_functions_run_behind_a_server(served: World) -> None:
    inputs = function(served, code=archive(COUNT_DOWN), timeout=60)
    role = inputs["role"].rsplit("/", 1)[1]
    for action in ("logs:*", "lambda:InvokeFunction"):
        policy = {"role": role, "policy": document(action), "name": action.split(":")[0]}
        served.make("aws:iam/rolePolicy:RolePolicy", policy)
    name = served.make("aws:lambda/function:Function", inputs)["name"]
    clients = served.sandbox.clients
    answer = clients("lambda").invoke(FunctionName=name, Payload=b"2")
    assert json.load(answer["Payload"]) == [2, 1, name]
    streams = clients("logs").describe_log_streams(logGroupName=f"/aws/lambda/{name}")["logStreams"]
    assert len(streams) == 3


def test_a_server_shows_its_outbox(served: World) -> None:
    import urllib.request

    url = served.sandbox.clients("sns").meta.endpoint_url
    with urllib.request.urlopen(f"{url}/sandbox/outbox") as answer:  # noqa: S310 - the server of this test
        assert json.load(answer) == []


def test_a_service_may_call_what_it_was_let_in_to(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return event\n")
    grant = {"function": function.name, "action": "lambda:InvokeFunction", "principal": COGNITO, "sourceArn": POOL}
    function.world.make("aws:lambda/permission:Permission", grant)
    assert function("hello", as_service=COGNITO, source_arn=POOL) == "hello"


def test_a_service_that_was_not_let_in_is_refused(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return event\n")
    arn = function.outputs["arn"]
    message = (
        f"User: {COGNITO} is not authorized to perform: lambda:InvokeFunction on resource: {arn} because no "
        "resource-based policy allows the lambda:InvokeFunction action"
    )
    error = function.failure("hello", as_service=COGNITO, source_arn=POOL)
    assert (error.error_type, error.message) == ("AccessDeniedException", message)


@pytest.mark.parametrize(
    ("service", "source"),
    [(COGNITO, POOL.replace("_abc", "_other")), ("s3.amazonaws.com", POOL)],
)
def test_a_permission_is_for_one_service_and_one_source(deploy: Deploy, service: str, source: str) -> None:
    function = deploy("def handle(event, context):\n    return event\n")
    grant = {"function": function.name, "action": "lambda:InvokeFunction", "principal": COGNITO, "sourceArn": POOL}
    function.world.make("aws:lambda/permission:Permission", grant)
    assert function.failure("hello", as_service=service, source_arn=source).error_type == "AccessDeniedException"


def test_a_permission_that_was_taken_away_holds_no_longer(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return event\n")
    grant = {"function": function.name, "action": "lambda:InvokeFunction", "principal": COGNITO, "sourceArn": POOL}
    made = function.world.make("aws:lambda/permission:Permission", grant)
    function.world.sandbox.delete("aws:lambda/permission:Permission", made["id"], made)
    assert function.failure("hello", as_service=COGNITO, source_arn=POOL).error_type == "AccessDeniedException"
