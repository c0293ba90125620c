"""The deployed function's own code on moto's DynamoDB, with the model beside it to compare each answer with."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import boto3
from botocore.client import BaseClient
from components.data_sync.functions.surroundings import TABLE, make_table
from moto import mock_aws

from aws_mobile_clients.data_sync import Answer, Request

from .model_server import ModelServer

_REGION = "eu-west-1"
_OK, _STATUS_OF_A_DEAD_FUNCTION = 200, 502
_SAME = ("dataset", "since", "sync_count", "records", "bytes", "datasets"), ("code", "field", "conflicts")
"""What two services that are alike say alike; the words of a message and the time are their own."""


class ServerCrashError(BaseException):
    """The function's process dies."""


@dataclass
class _Running:
    """A request that the function is answering."""

    identity: str
    request: Request
    calls: int = 0
    taken: Answer | None = None
    """What the model said when the function wrote; nothing if it has not."""
    disturbed: bool = False
    """Whether others were answered meanwhile."""


@dataclass
class FunctionServer:
    """Answers requests by the function's handler, as API Gateway would have it called."""

    handler: Callable[[dict[str, Any], Any], dict[str, Any]]
    model: ModelServer
    run: int = 0
    """Each example has identities of its own in the one table."""
    plan: dict[int, str | Callable[[], None]] = field(default_factory=dict)
    """What happens at which call to DynamoDB of the next request: `dies before`, `dies after`, or something to do."""
    running: list[_Running] = field(default_factory=list)
    _now: dict[int, str | Callable[[], None]] = field(default_factory=dict)

    def handle(self, identity: str, request: Request) -> Answer:
        """Answer a request, and see that the model would have answered the same."""
        if self.running:
            self.running[-1].disturbed = True
        plan, self.plan = self.plan, {}
        running = _Running(identity, request)
        self.running.append(running)
        before, self._now = self._now, plan
        try:
            answer = self._invoke(identity, request)
        except ServerCrashError:
            return Answer(_STATUS_OF_A_DEAD_FUNCTION, {"message": "Internal server error"})
        finally:
            self.running.pop()
            self._now = before
        self._compare(running, answer)
        return answer

    def _invoke(self, identity: str, request: Request) -> Answer:
        query = dict(request.query)
        if "identity" in query:
            query["identity"] = self._own(query["identity"])
        name = request.path.removeprefix("/sync/datasets").lstrip("/")
        event = {
            "resource": "/sync/datasets/{dataset}" if name else "/sync/datasets",
            "path": quote(request.path),
            "httpMethod": request.method,
            "headers": {"Content-Type": "application/json"},
            "queryStringParameters": query or None,
            "multiValueQueryStringParameters": {key: [value] for key, value in query.items()} or None,
            "pathParameters": {"dataset": name} if name else None,
            "requestContext": {"identity": {"cognitoIdentityId": self._own(identity)}, "stage": "live"},
            "body": None if request.body is None else json.dumps(request.body),
            "isBase64Encoded": False,
        }
        said = self.handler(event, None)
        headers = {key.lower(): value for key, value in (said.get("headers") or {}).items()}
        wait = headers.get("retry-after")
        return Answer(said["statusCode"], json.loads(said["body"]), None if wait is None else int(wait))

    def _own(self, identity: str) -> str:
        return f"{_REGION}:{identity}-{self.run}"

    def _compare(self, running: _Running, answer: Answer) -> None:
        if running.taken is not None:
            expected = running.taken
        elif running.disturbed:
            return
        else:
            expected = self.model.handle(running.identity, running.request)
        assert _said(answer) == _said(expected), f"{running.request}"

    def call(self, operation: str, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - AWS's answers
        """Call DynamoDB, and let happen what is planned around it."""
        running = self.running[-1]
        what = self._now.get(running.calls)
        running.calls += 1
        if callable(what):
            what()
        if what == "dies before":
            raise ServerCrashError
        answer = act()
        if operation == "TransactWriteItems":
            running.taken = self.model.handle(running.identity, running.request)
            assert running.taken.status == _OK, f"taken, where the model says {running.taken}"
        if what == "dies after":
            raise ServerCrashError
        return answer


def _said(answer: Answer) -> dict[str, Any]:
    body: Mapping[str, Any] = answer.body
    names = _SAME[answer.status != _OK]
    found = {"status": answer.status, **{name: body[name] for name in names if name in body}}
    if "datasets" in found:
        found["datasets"] = [{**each, "changed_at": 0} for each in found["datasets"]]
    return found


@contextmanager
def function_server(handler: Callable[..., Any], model: ModelServer) -> Iterator[FunctionServer]:
    """Give the function a table, as the component makes it, and watch its calls."""
    server = FunctionServer(handler, model)
    original = BaseClient._make_api_call

    def watched(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - AWS's answers
        if not server.running:
            return original(client, operation, arguments)
        return server.call(operation, lambda: original(client, operation, arguments))

    with mock_aws():
        make_table(boto3.client("dynamodb", region_name=_REGION))
        with patch.object(BaseClient, "_make_api_call", watched):
            yield server


def purge(now: int) -> None:
    """Do what DynamoDB does with items whose time to live is over."""
    client = boto3.client("dynamodb", region_name=_REGION)
    for page in client.get_paginator("scan").paginate(TableName=TABLE):
        for item in page["Items"]:
            if int(item.get("expires_at", {"N": str(now)})["N"]) < now:
                client.delete_item(TableName=TABLE, Key={"pk": item["pk"], "sk": item["sk"]})
