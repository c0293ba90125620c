"""Data sync deployed behind an API to the sandbox's AWS, and devices that sign what they send."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pulumi
from botocore.credentials import Credentials
from components.data_sync.building import HOME, Args
from sandbox.gateway.calling import Answered, credentials, send, sign

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.data_sync import DataSync
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import gateway

SYNC = "urn:pulumi:stack::project::aws-mobile:index:DataSync::sync"
API = "urn:pulumi:stack::project::aws-mobile:index:Api::api"
IDENTITY = "urn:pulumi:stack::project::aws-mobile:index:Identity::users"
OPEN: Args = {"protect": False, "deletion_protection": False}


@dataclass(frozen=True)
class Device:
    """A device of one identity."""

    url: str
    identity: str
    keys: Credentials
    name: str = "phone"

    def ask(self, method: str, path: str, body: object = None, **query: object) -> Answered:
        """Send a signed request to the routes of data sync."""
        url = f"{self.url}/sync/datasets{path}" + (f"?{urlencode(query)}" if query else "")
        data = b"" if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if data else {}
        return send(method, url, sign(method, url, headers, data, self.keys), data)

    def push(self, dataset: str, token: str, changes: list[tuple[str, str | None, int]]) -> Answered:
        """Push changes, each a key, a value and its base."""
        listed = [{"key": key, "value": value, "base": base} for key, value, base in changes]
        return self.ask("POST", f"/{dataset}", {"token": token, "device": self.name, "changes": listed})

    def pull(self, dataset: str) -> dict[str, Any]:
        """Return the records of a dataset by key."""
        return {each["key"]: each["value"] for each in self.ask("GET", f"/{dataset}", since=0).json["records"]}


class Deployed:
    """Data sync for guests behind an API, and what its operator sees."""

    def __init__(self, aws: Connection) -> None:
        """Deploy it."""
        self.aws = aws
        outputs = record(_program, mocks=DeployMocks(Sandbox(aws))).component_outputs
        self.sync, self.api, self.identity = outputs[SYNC], outputs[API], outputs[IDENTITY]

    def guest(self) -> Device:
        """Return the device of a new guest."""
        identities = self.aws("cognito-identity")
        identity = identities.get_id(IdentityPoolId=self.identity["identity_pool_id"])["IdentityId"]
        keys = credentials(identities.get_credentials_for_identity(IdentityId=identity)["Credentials"])
        return Device(gateway.local_url(self.api["url"]), identity, keys)

    def listen(self) -> str:
        """Return the URL of a queue that hears of changes."""
        sqs, sns = self.aws("sqs"), self.aws("sns")
        url = sqs.create_queue(QueueName="listener")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        topic = self.sync["changes_topic_arn"]
        allowed = {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
        }
        document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
        return url

    def heard(self, queue: str) -> list[Args]:
        """Return what a queue heard, and empty it."""
        sqs = self.aws("sqs")
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]

    def items(self, region: str = HOME) -> list[Args]:
        """Return all items of the table."""
        return self.aws("dynamodb", region).scan(TableName=self.sync["table_name"])["Items"]


def _program() -> None:
    identity = Identity("users", {"federation": {"guests": True}, **OPEN})
    args: Any = {"guests": True, "tombstone_days": 30, **OPEN}
    sync = DataSync("sync", args)
    api = Api("api", {"contributions": {"data_sync": sync.contribution}})
    api.grant(identity)
    pulumi.export("url", api.url)
