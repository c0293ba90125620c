"""An AWS with roles, buckets and users to be let in or kept out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import boto3
import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from pulumi_aws_sandbox import aws, connection

REGION = "eu-west-1"
ACCOUNT = "123456789012"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
PASSWORD = "Correct-horse-7"
Json = Any
"""Any JSON, as a test writes it or as boto3 answers it."""
Client = Any
"""A client of boto3, which is made at run time."""


def document(*statements: Mapping[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: str | Sequence[str], resources: str | Sequence[str], **condition: object) -> dict[str, object]:
    given: dict[str, object] = {"Effect": "Allow", "Action": actions, "Resource": resources}
    return given | ({"Condition": condition} if condition else {})


def trust(principal: object, *actions: str, **condition: object) -> str:
    given = {"Effect": "Allow", "Principal": principal, "Action": list(actions or ("sts:AssumeRole",))}
    return document(given | ({"Condition": condition} if condition else {}))


def role_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def session_arn(role: str, session: str = "test") -> str:
    return f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}"


class Door:
    """One AWS, as the operator, as nobody, and as whoever holds credentials."""

    def __init__(self, operator: aws.Connection, url: str | None) -> None:
        self.operator = operator
        self.url = url
        core = botocore.session.Session()
        # Reading the service models is most of what a client costs: every session shares them.
        core.register_component("data_loader", connection._models())
        self._session: Client = boto3.Session(botocore_session=core)

    def anonymous(self, service: str) -> Client:
        return self._session.client(service, REGION, endpoint_url=self.url, config=Config(signature_version=UNSIGNED))

    def holder(self, credentials: Mapping[str, str], service: str, **options: Json) -> Client:
        return self._session.client(
            service,
            REGION,
            endpoint_url=self.url,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials.get("SecretAccessKey") or credentials["SecretKey"],
            aws_session_token=credentials.get("SessionToken"),
            **options,
        )

    def role(self, name: str, *statements: Mapping[str, object], trusts: str | None = None, **options: Json) -> str:
        """Make a role with one inline policy and return its ARN."""
        iam = self.operator("iam")
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusts or trust({"AWS": ROOT}), **options)
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
        return role_arn(name)

    def assume(self, name: str, **options: Json) -> dict[str, str]:
        """Return credentials of a role."""
        sts = self.operator("sts")
        return sts.assume_role(RoleArn=role_arn(name), RoleSessionName="test", **options)["Credentials"]

    def bucket(self, name: str = "app-files", **objects: bytes) -> str:
        s3 = self.operator("s3")
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        for key, body in objects.items():
            s3.put_object(Bucket=name, Key=key, Body=body)
        return name

    def table(self, name: str = "scores") -> str:
        self.operator("dynamodb").create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
            AttributeDefinitions=[
                {"AttributeName": "owner", "AttributeType": "S"},
                {"AttributeName": "at", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        return name


def refusal(call: Client, **arguments: Json) -> tuple[str, str, int]:
    """Make a call that AWS refuses; return the code, the message and the status."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["Error"]["Code"], error["Error"]["Message"], error["ResponseMetadata"]["HTTPStatusCode"]


def not_allowed(who: str, action: str, resource: str | None) -> str:
    where = f" on resource: {resource}" if resource else ""
    return (
        f"User: {who} is not authorized to perform: {action}{where} because no identity-based policy allows the "
        f"{action} action"
    )
