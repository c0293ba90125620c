"""What the functions find around them: a table as the component makes it, API Gateway's events, and what they call."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import boto3
from botocore.client import BaseClient
from moto import mock_aws

from pulumi_aws_mobile.data_sync.functions.sync import api, clients
from pulumi_aws_mobile.data_sync.functions.sync.limits import read_limits

HOME = "eu-west-1"
TABLE = "data-sync"
IDENTITY = f"{HOME}:11111111-2222-3333-4444-555555555555"
OTHER = f"{HOME}:99999999-2222-3333-4444-555555555555"
TOPIC = f"arn:aws:sns:{HOME}:123456789012:changes"


@dataclass(frozen=True)
class Reply:
    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]
    size: int

    @property
    def refusal(self) -> tuple[int, str, str | None]:
        return self.status, self.body["code"], self.body.get("field")


@dataclass
class Service:
    """The function behind the routes, called as API Gateway calls it."""

    environment: dict[str, str]
    dynamodb: Any
    calls: list[str] = field(default_factory=list)
    """The operations since this was last emptied."""
    between: Callable[[int, str], None] | None = None
    """Called before each call with its number and operation."""
    tokens: int = 0

    def call(
        self,
        method: str,
        dataset: str | None = None,
        body: object = None,
        *,
        identity: str | None = IDENTITY,
        **query: object,
    ) -> Reply:
        self.calls.clear()
        given = {key: str(value) for key, value in query.items()}
        event = {
            "resource": "/sync/datasets" if dataset is None else "/sync/datasets/{dataset}",
            "path": "/sync/datasets" if dataset is None else f"/sync/datasets/{dataset}",
            "httpMethod": method,
            "queryStringParameters": given or None,
            "multiValueQueryStringParameters": {key: [value] for key, value in given.items()} or None,
            "pathParameters": None if dataset is None else {"dataset": dataset},
            "requestContext": {"identity": {"cognitoIdentityId": identity}},
            "body": body if isinstance(body, str) or body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        return self.handle(event)

    def handle(self, event: dict[str, Any]) -> Reply:
        said = api.handle(event)
        return Reply(said["statusCode"], json.loads(said["body"]), said["headers"], len(said["body"].encode()))

    def push(self, dataset: str, changes: list[dict[str, Any]], *, identity: str = IDENTITY, **more: object) -> Reply:
        self.tokens += 1
        body = {"token": f"token-{self.tokens:04d}", "device": "phone", "changes": changes, **more}
        return self.call("POST", dataset, body, identity=identity)

    def put(self, dataset: str, key: str, value: str | None, base: int = 0, *, identity: str = IDENTITY) -> Reply:
        return self.push(dataset, [{"key": key, "value": value, "base": base}], identity=identity)

    def pull(self, dataset: str, since: int = 0, seen_at: int | None = None, *, identity: str = IDENTITY) -> Reply:
        return self.call(
            "GET", dataset, identity=identity, since=since, **({} if seen_at is None else {"seen_at": seen_at})
        )

    def items(self) -> list[dict[str, Any]]:
        """Everything that the table holds, which only a test looks at."""
        return self.dynamodb.scan(TableName=TABLE)["Items"]


@contextmanager
def service(**environment: object) -> Iterator[Service]:
    """Give the functions a table and an environment."""
    told = {"TABLE_NAME": TABLE, "AWS_REGION": HOME, "AWS_DEFAULT_REGION": HOME, "CHANGES_TOPIC_ARN": TOPIC}
    told |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    told |= {name.upper(): str(value) for name, value in environment.items()}
    with mock_aws(), patch.dict("os.environ", told):
        clients.client.cache_clear()
        dynamodb = boto3.client("dynamodb", region_name=HOME)
        make_table(dynamodb)
        running = Service(told, dynamodb)
        original = BaseClient._make_api_call
        inside = threading.local()

        def watched(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - AWS's answers
            if client is dynamodb or getattr(inside, "now", False):
                return original(client, operation, arguments)
            running.calls.append(operation)
            if running.between is not None:
                inside.now = True
                try:
                    running.between(len(running.calls), operation)
                finally:
                    inside.now = False
            return original(client, operation, arguments)

        # Once for all calls: threads that patch by turns would leave behind what another one put there.
        limits = patch.object(api, "_limits", lambda: read_limits(running.environment))
        with limits, patch.object(BaseClient, "_make_api_call", watched):
            yield running
        clients.client.cache_clear()


def make_table(dynamodb: Any) -> None:  # noqa: ANN401 - a boto3 client
    """Make the table as the component does."""
    dynamodb.create_table(
        TableName=TABLE,
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
            {"AttributeName": "count", "AttributeType": "N"},
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        LocalSecondaryIndexes=[
            {
                "IndexName": "by-count",
                "KeySchema": [
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "count", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
