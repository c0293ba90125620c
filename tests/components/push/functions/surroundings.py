"""What the functions find around them: a table and platforms as the component makes them, and what they call."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3
from botocore.client import BaseClient
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns import sns_backends

from pulumi_aws_mobile.push.functions.push import clients, registry, sender, table

HOME = "eu-west-1"
TABLE = "devices"
ANNA = f"{HOME}:11111111-2222-3333-4444-555555555555"
BERT = f"{HOME}:99999999-2222-3333-4444-555555555555"
PLATFORMS = {"apns": "APNS", "apns_sandbox": "APNS_SANDBOX", "fcm": "GCM", "adm": "ADM"}
TOPICS = ("news", "offers")
START = 1_800_000_000


class CrashError(BaseException):
    """The function ends here, as one does that Lambda stops: nothing of it runs any more."""


def apple(number: int = 1) -> str:
    """Return a push token of Apple's."""
    return f"{number:064x}"


def google(number: int = 1) -> str:
    """Return a push token of Google's."""
    return f"fcm-token-{number:020d}"


@dataclass(frozen=True)
class Reply:
    status: int
    body: dict[str, Any]

    @property
    def refusal(self) -> tuple[int, str, str | None]:
        return self.status, self.body["code"], self.body.get("field")


@dataclass
class Service:
    """Both functions, called as API Gateway and servers call them."""

    dynamodb: Any
    sns: Any
    topics: dict[str, str]
    applications: dict[str, str]
    calls: list[str] = field(default_factory=list)
    """The operations since the last event."""
    arguments: list[dict[str, Any]] = field(default_factory=list)
    between: Callable[[int, str], None] | None = None
    """Called before each call with its number and operation."""
    now: int = START
    sent: list[dict[str, Any]] = field(default_factory=list)
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What AWS answers to operations in place of what it would."""

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        identity: str | None = ANNA,
        handler: ModuleType = registry,
    ) -> Reply:
        """Call a route."""
        parts = path.strip("/").split("/")
        names = dict(zip(("device", "topic"), parts[1::2], strict=False))
        resource = "/" + "/".join("{topic}" if i == 3 else "{device}" if i == 1 else p for i, p in enumerate(parts))
        event = {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "queryStringParameters": None,
            "pathParameters": names or None,
            "requestContext": {"identity": {"cognitoIdentityId": identity}},
            "body": body if isinstance(body, str) or body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        said = self.run(handler, event)
        return Reply(said["statusCode"], json.loads(said["body"]))

    def run(self, handler: ModuleType, event: dict[str, Any]) -> Any:  # noqa: ANN401 - what a function answers
        self.calls.clear()
        self.arguments.clear()
        return handler.handle(event)

    def register(
        self, device: str, token: str, *, identity: str = ANNA, platform: str = "apns", topics: list[str] | None = None
    ) -> Reply:
        body: dict[str, Any] = {"platform": platform, "token": token}
        if topics is not None:
            body["topics"] = topics
        return self.call("PUT", f"/devices/{device}", body, identity=identity)

    def devices(self, identity: str = ANNA) -> dict[str, list[str]]:
        """Return the topics of an identity's devices, by name."""
        listed = self.call("GET", "/devices", identity=identity).body["devices"]
        return {each["device"]: each["topics"] for each in listed}

    def send(self, to: dict[str, Any], message: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
        """Send as a server does."""
        return self.run(sender, {"to": to, "message": message or {"title": "Hello", "body": "World"}, **more})

    @property
    def backend(self) -> Any:  # noqa: ANN401 - moto's own
        return sns_backends[DEFAULT_ACCOUNT_ID][HOME]

    def endpoint(self, token: str) -> Any:  # noqa: ANN401 - moto's own
        """Return SNS's endpoint of a token; `None` if there is none."""
        found = [each for each in self.backend.platform_endpoints.values() if each.attributes["Token"] == token]
        assert len(found) <= 1
        return found[0] if found else None

    def heard(self, token: str) -> list[dict[str, Any]]:
        """Return what was published to the endpoint of a token itself, as the platform gets it."""
        return [payload for found, payload in self.taken if found == token]

    def published(self, kind: str) -> list[dict[str, Any]]:
        """Return what SNS took for topics or numbers: `TopicArn` or `PhoneNumber`."""
        return [each for each in self.sent if kind in each]

    def keep(self, arguments: dict[str, Any]) -> None:
        """Keep what SNS took, as it stands at this moment."""
        self.sent.append(arguments)
        if "TargetArn" in arguments:
            endpoint = self.backend.platform_endpoints[arguments["TargetArn"]]
            payload = json.loads(arguments["Message"])[endpoint.application.platform]
            self.taken.append((endpoint.attributes["Token"], json.loads(payload)))

    def subscribed(self, topic: str) -> set[str]:
        """Return the tokens whose endpoints a topic reaches."""
        endpoints = self.backend.platform_endpoints
        arn = self.topics[topic]
        listed = [each for each in self.backend.subscriptions.values() if each.topic.arn == arn]
        return {endpoints[each.endpoint].attributes["Token"] for each in listed if each.endpoint in endpoints}

    def subscriptions(self) -> int:
        """Return how many subscriptions SNS keeps, those of endpoints that are gone too."""
        return len(self.backend.subscriptions)

    def disable(self, token: str) -> None:
        """Have SNS find that nobody hears on a token any more."""
        self.sns.set_endpoint_attributes(EndpointArn=self.endpoint(token).arn, Attributes={"Enabled": "false"})

    def enabled(self, token: str) -> bool:
        """Tell whether the endpoint of a token takes messages."""
        attributes = self.sns.get_endpoint_attributes(EndpointArn=self.endpoint(token).arn)["Attributes"]
        return attributes["Enabled"].lower() == "true"

    def items(self, prefix: str = "") -> list[dict[str, Any]]:
        """Everything that the table holds, which only a test looks at."""
        found = self.dynamodb.scan(TableName=TABLE)["Items"]
        return [item for item in found if item["pk"]["S"].startswith(prefix)]


@contextmanager
def service(*, sms: bool = True, platforms: tuple[str, ...] = tuple(PLATFORMS)) -> Iterator[Service]:
    """Give the functions a table, topics and platforms."""
    told = {"AWS_REGION": HOME, "AWS_DEFAULT_REGION": HOME}
    told |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    with mock_aws(), patch.dict("os.environ", told):
        clients.client.cache_clear()
        dynamodb, sns = boto3.client("dynamodb", region_name=HOME), boto3.client("sns", region_name=HOME)
        make_table(dynamodb)
        topics = {key: sns.create_topic(Name=f"push-topic-{key}")["TopicArn"] for key in TOPICS}
        applications = {
            key: sns.create_platform_application(Name="push", Platform=PLATFORMS[key], Attributes=credentials(key))[
                "PlatformApplicationArn"
            ]
            for key in platforms
        }
        around = {
            "TABLE_NAME": TABLE,
            "TOPIC_BASE": topics["news"].removesuffix("push-topic-news"),
            "TOPICS": json.dumps({key: f"push-topic-{key}" for key in TOPICS}),
            "APPLICATIONS": json.dumps(applications),
            "SMS": "true" if sms else "",
        }
        running = Service(dynamodb, sns, topics, applications)
        watched = _watch(running, (dynamodb, sns))
        clock = SimpleNamespace(time=lambda: running.now)
        with (
            patch.dict("os.environ", around),
            patch.object(BaseClient, "_make_api_call", watched),
            patch.object(table, "time", clock),
            patch.object(registry, "time", clock),
            patch.object(sender, "time", clock),
        ):
            yield running
        clients.client.cache_clear()


def _watch(running: Service, own: tuple[Any, ...]) -> Callable[..., Any]:
    original = BaseClient._make_api_call
    inside: list[bool] = []

    def watched(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - AWS's answers
        if any(client is each for each in own):
            return original(client, operation, arguments)
        if not inside:
            running.calls.append(operation)
            running.arguments.append(arguments)
            if running.between is not None:
                inside.append(True)
                try:
                    running.between(len(running.calls), operation)
                finally:
                    inside.pop()
        if operation in running.answers:
            return running.answers[operation]
        answer = original(client, operation, arguments)
        if operation == "Publish":
            running.keep(arguments)
        return answer

    return watched


@cache
def _pem(kind: str) -> str:
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "apple" else rsa.generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def credentials(platform: str) -> dict[str, str]:
    """Return credentials that look as SNS wants them."""
    if platform == "fcm":
        account = {
            "type": "service_account",
            "project_id": "shop",
            "private_key_id": "1",
            "private_key": _pem("google"),
            "client_email": "push@shop.iam.gserviceaccount.com",
            "client_id": "1",
            "token_uri": "https://oauth2.googleapis.com/token",
        }
        return {"PlatformCredential": json.dumps(account)}
    if platform == "adm":
        client = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
        return {"PlatformPrincipal": client, "PlatformCredential": "only-a-test"}
    return {
        "PlatformPrincipal": "F6G7H8I9J0",
        "PlatformCredential": _pem("apple"),
        "ApplePlatformTeamID": "A1B2C3D4E5",
        "ApplePlatformBundleID": "com.example.shop",
    }


def make_table(dynamodb: Any) -> None:  # noqa: ANN401 - a boto3 client
    """Make the table as the component does."""
    dynamodb.create_table(
        TableName=TABLE,
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        BillingMode="PAY_PER_REQUEST",
    )
