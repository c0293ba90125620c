"""What the tests of the lake share: a delivery stream into a bucket, a table over what it writes, and queries."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sandbox.functions.conftest import deploy
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import lake
from pulumi_aws_sandbox.runtime.lake import Delivery

__all__ = ["Lake", "deploy", "lake_of"]

_TRUST = {"Effect": "Allow", "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}
_SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
COLUMNS = {"name": "string", "count": "bigint", "tags": "map<string,string>"}


@dataclass
class Lake:
    """A bucket with a delivery stream into it."""

    clients: Any
    world: World
    bucket: str
    role: str
    role_arn: str
    stream: str = ""

    def put(self, *rows: object) -> None:
        records = [{"Data": each if isinstance(each, bytes) else json.dumps(each).encode()} for each in rows]
        self.clients("firehose").put_record_batch(DeliveryStreamName=self.stream, Records=records)

    def deliver(self, *, flush: bool = True) -> list[Delivery]:
        return lake.deliver(flush=flush)

    def read(self, key: str) -> bytes:
        return self.clients("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def lines(self, key: str) -> list[dict[str, Any]]:
        return [json.loads(each) for each in self.read(key).splitlines()]

    def raw(self, key: str) -> list[bytes]:
        return [base64.b64decode(each["rawData"]) for each in self.lines(key)]

    def may(self, action: str, effect: str = "Allow", name: str = "may") -> None:
        policy = {"Version": "2012-10-17", "Statement": {"Effect": effect, "Action": action, "Resource": "*"}}
        document = json.dumps(policy)
        self.clients("iam").put_role_policy(RoleName=self.role, PolicyName=name, PolicyDocument=document)

    def table(self, **parameters: str) -> None:
        """Make the table `app.events`, partitioned by day."""
        self.world.make("aws:glue/catalogDatabase:CatalogDatabase", {"name": "app"})
        table = {
            "name": "events",
            "databaseName": "app",
            "parameters": parameters,
            "partitionKeys": [{"name": "day", "type": "string"}],
            "storageDescriptor": {
                "location": f"s3://{self.bucket}/events/",
                "inputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                "serDeInfo": {"serializationLibrary": _SERDE},
                "columns": [{"name": name, "type": kind} for name, kind in COLUMNS.items()],
            },
        }
        self.world.make("aws:glue/catalogTable:CatalogTable", table)

    def workgroup(self, **more: object) -> str:
        results = {"outputLocation": f"s3://{self.bucket}/results/"}
        configuration = {"resultConfiguration": results, **more}
        return self.world.make("aws:athena/workgroup:Workgroup", {"configuration": configuration})["name"]


Make = Callable[..., Lake]


@pytest.fixture
def lake_of(sandbox: Sandbox) -> Make:
    """Make a bucket and a delivery stream into it with further settings of the destination."""

    taken = 0

    def make(**destination: object) -> Lake:
        nonlocal taken
        # Names of what a world makes are counted, and there are other worlds in the same AWS.
        taken += 100
        world, clients = World(sandbox, [("", "", {})] * taken), sandbox.clients
        trust = json.dumps({"Version": "2012-10-17", "Statement": _TRUST})
        role = world.make("aws:iam/role:Role", {"assumeRolePolicy": trust})
        made = Lake(clients, world, world.bucket(), role["name"], role["arn"])
        for number, action in enumerate(("s3:*", "glue:*", "lambda:*", "kinesis:*", "logs:*")):
            made.may(action, name=f"may-{number}")
        settings = {"bucketArn": f"arn:aws:s3:::{made.bucket}", "roleArn": made.role_arn, **destination}
        wanted = {"destination": "extended_s3", "extendedS3Configuration": settings}
        made.stream = world.make("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", wanted)["name"]
        return made

    return make


def processor(function_arn: str) -> dict[str, Any]:
    """Return the setting that gives records to a function."""
    parameter = {"parameterName": "LambdaArn", "parameterValue": function_arn}
    return {"enabled": True, "processors": [{"type": "Lambda", "parameters": [parameter]}]}


def to_parquet(role_arn: str) -> dict[str, Any]:
    """Return the setting that writes `app.events` as Parquet."""
    return {
        "enabled": True,
        "inputFormatConfiguration": {"deserializer": {"openXJsonSerDe": {}}},
        "outputFormatConfiguration": {"serializer": {"parquetSerDe": {}}},
        "schemaConfiguration": {"databaseName": "app", "tableName": "events", "roleArn": role_arn},
    }
