"""Events that nobody waits for: what becomes of those that a function fails on."""

import json
import time
from typing import Any

import pytest
from sandbox.functions.conftest import REGION, Deploy, Deployed
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import functions

RULE = f"arn:aws:events:{REGION}:123456789012:rule/tick"
SOURCE = """
    def handle(event, context):
        if event.get("bad"):
            raise ValueError("cannot deal with " + event["bad"])
        return "done"
"""
INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"


def queue(world: World) -> dict[str, Any]:
    return world.make("aws:sqs/queue:Queue", {"name": "failed"})


def hand_over(function: Deployed, event: object) -> None:
    """Hand an event over as EventBridge does."""
    permission = {
        "action": "lambda:InvokeFunction",
        "function": function.name,
        "principal": "events.amazonaws.com",
        "sourceArn": RULE,
        "statementId": "tick",
    }
    function.world.make("aws:lambda/permission:Permission", permission)
    functions.hand_over(REGION, function.name, event, as_service="events.amazonaws.com", source_arn=RULE)


def messages(sandbox: Sandbox, url: str) -> list[dict[str, Any]]:
    sqs = sandbox.clients("sqs")
    return sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], MaxNumberOfMessages=10).get("Messages", [])


def test_an_event_that_failed_lies_in_the_dead_letter_queue_with_the_reason(sandbox: Sandbox, deploy: Deploy) -> None:
    letters = queue(World(sandbox))
    function = deploy(SOURCE, ("logs:*", "sqs:SendMessage"), deadLetterConfig={"targetArn": letters["arn"]})
    with pytest.raises(functions.FunctionFailedError, match="cannot deal with stones"):
        hand_over(function, {"bad": "stones"})
    (message,) = messages(sandbox, letters["url"])
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert json.loads(message["Body"]) == {"bad": "stones"}
    assert attributes.pop("RequestID")
    assert attributes == {"ErrorCode": "200", "ErrorMessage": "cannot deal with stones"}


def test_an_event_that_went_well_lies_nowhere(sandbox: Sandbox, deploy: Deploy) -> None:
    letters = queue(World(sandbox))
    function = deploy(SOURCE, ("logs:*", "sqs:SendMessage"), deadLetterConfig={"targetArn": letters["arn"]})
    hand_over(function, {"good": "bread"})
    assert messages(sandbox, letters["url"]) == []


def test_who_waits_for_the_answer_keeps_the_event(sandbox: Sandbox, deploy: Deploy) -> None:
    letters = queue(World(sandbox))
    function = deploy(SOURCE, ("logs:*", "sqs:SendMessage"), deadLetterConfig={"targetArn": letters["arn"]})
    assert function.failure({"bad": "stones"}).message == "cannot deal with stones"
    assert messages(sandbox, letters["url"]) == []


def test_an_invocation_of_type_event_is_put_aside_too(sandbox: Sandbox, deploy: Deploy) -> None:
    letters = queue(World(sandbox))
    function = deploy(SOURCE, ("logs:*", "sqs:SendMessage"), deadLetterConfig={"targetArn": letters["arn"]})
    sandbox.clients("lambda").invoke(FunctionName=function.name, InvocationType="Event", Payload=b'{"bad": "stones"}')
    for _ in range(200):
        found = messages(sandbox, letters["url"])
        if found:
            break
        time.sleep(0.05)
    assert [json.loads(each["Body"]) for each in found] == [{"bad": "stones"}]


def test_a_destination_gets_a_record_of_event_and_error(sandbox: Sandbox, deploy: Deploy) -> None:
    letters = queue(World(sandbox))
    function = deploy(SOURCE, ("logs:*", "sqs:SendMessage"))
    destination = {"onFailure": {"destination": letters["arn"]}}
    function.world.make(INVOKE_CONFIG, {"functionName": function.name, "destinationConfig": destination})
    with pytest.raises(functions.FunctionFailedError):
        hand_over(function, {"bad": "stones"})
    (message,) = messages(sandbox, letters["url"])
    record = json.loads(message["Body"])
    assert record["requestPayload"] == {"bad": "stones"}
    assert record["responsePayload"]["errorMessage"] == "cannot deal with stones"
    assert record["requestContext"]["condition"] == "RetriesExhausted"


def test_a_queue_that_the_role_may_not_fill_is_refused_at_once(sandbox: Sandbox, deploy: Deploy) -> None:
    letters = queue(World(sandbox))
    with pytest.raises(Exception, match="does not have permissions to call SendMessage on SQS"):
        deploy(SOURCE, ("logs:*",), deadLetterConfig={"targetArn": letters["arn"]})
