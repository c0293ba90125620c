"""What the tests of streams share: a table whose stream runs a function that says what it got."""

import json
from typing import Any

import pytest
from sandbox.functions.conftest import Deploy, Deployed, deploy

from pulumi_aws_sandbox.engine_api import Sandbox

__all__ = ["KEEPING", "World", "deploy", "world"]

KEEPING = """
    import json

    def handle(event, context):
        for record in event["Records"]:
            if "dynamodb" in record:
                print("got", record["eventName"], record["dynamodb"]["Keys"]["pk"]["S"])
            else:
                print("got", record["kinesis"]["partitionKey"], record["kinesis"]["sequenceNumber"])
"""
ACTIONS = ("logs:*", "dynamodb:*", "kinesis:*", "sqs:*", "sns:*")


class World:
    """A table with a stream, and functions that watch it."""

    def __init__(self, sandbox: Sandbox, deploy: Deploy) -> None:
        self.sandbox = sandbox
        self.deploy = deploy
        self.dynamodb = sandbox.clients("dynamodb")
        self.stream = self.dynamodb.create_table(
            TableName="notes",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )["TableDescription"]["LatestStreamArn"]

    def watch(self, source: str = KEEPING, stream: str | None = None, **settings: object) -> Deployed:
        """Deploy a function and map the stream to it."""
        function = self.deploy(source, ACTIONS)
        self.map(function, stream, **settings)
        return function

    def map(self, function: Deployed, stream: str | None = None, **settings: object) -> str:
        """Map the stream to a function; return the mapping's UUID."""
        about = {"StartingPosition": "TRIM_HORIZON", **settings}
        made = self.sandbox.clients("lambda").create_event_source_mapping(
            EventSourceArn=stream or self.stream, FunctionName=function.name, **about
        )
        return made["UUID"]

    def put(self, *keys: str, **attributes: dict[str, str]) -> None:
        """Write items, one after the other."""
        for key in keys:
            self.dynamodb.put_item(TableName="notes", Item={"pk": {"S": key}, **attributes})

    def queue(self) -> tuple[str, str]:
        """Make a queue; return its ARN and URL."""
        sqs = self.sandbox.clients("sqs")
        url = sqs.create_queue(QueueName="dead")["QueueUrl"]
        return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"], url

    def received(self, url: str) -> list[dict[str, Any]]:
        """Return the documents in a queue."""
        got = self.sandbox.clients("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        return [json.loads(each["Body"]) for each in got.get("Messages", [])]


def got(function: Deployed) -> list[str]:
    """Return what a function said that it got."""
    return [line.removeprefix("got ").strip() for line in function.log() if line.startswith("got ")]


@pytest.fixture
def world(sandbox: Sandbox, deploy: Deploy) -> World:
    """Give a table with a stream."""
    return World(sandbox, deploy)
