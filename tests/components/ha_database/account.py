"""An account that answers as AWS does where a database reads the answer, and short ways to build and look."""

import functools
import json
from typing import Any

import pulumi
import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.ha_database.settings import resolve
from pulumi_aws_mobile.testing import PlainMocks, Recorded, Recording, record

HOME, AWAY = "eu-west-1", "eu-central-1"
PASSWORD = "canary-of-the-password"
DATABASE = "urn:pulumi:stack::project::aws-mobile:index:HAdatabase::db"
ROOM: dict[str, Any] = {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2", "subnet-3"]}
"""A network that exists, so that a test has no children it does not look at."""
THERE: dict[str, Any] = {"vpc_id": "vpc-9", "subnet_ids": ["subnet-8", "subnet-9"]}

INSTANCE = "aws:rds/instance:Instance"
CLUSTER = "aws:rds/cluster:Cluster"
KEY = "aws:kms/key:Key"
SECRET = "aws:secretsmanager/secret:Secret"
SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "aws:sns/topic:Topic"
EVENTS = "aws:rds/eventSubscription:EventSubscription"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
COPIES = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
NETWORK = "aws-mobile:index:Network"

_CALLS = {
    "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": "123456789012"},
    "aws:index/getPartition:getPartition": {"partition": "aws"},
    "aws:index/getRegion:getRegion": {"region": HOME},
    "aws:index/getAvailabilityZones:getAvailabilityZones": {"names": [f"{HOME}{letter}" for letter in "abc"]},
}


class Account(PlainMocks):
    """Gives random values that are always the same, and databases with addresses, secrets and names."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        if args.token.endswith("getAvailabilityZones") and (region := args.args.get("region")):
            return {"names": [f"{region}{letter}" for letter in "abc"]}
        return _CALLS[args.token]

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": f"{args.name}-name", **_ANSWERS.get(args.typ, lambda _: {})(args), **outputs}


def _database(args: pulumi.runtime.MockResourceArgs) -> dict[str, Any]:
    return {
        "address": f"{args.name}.rds",
        "endpoint": f"{args.name}.rds",
        "readerEndpoint": f"{args.name}.ro.rds",
        "allocatedStorage": 50,
        "dbName": "restored",
        "databaseName": "restored",
        "username": "restored_owner",
        "masterUsername": "restoredowner",
        "masterUserSecrets": [{"secretArn": f"arn:aws:secretsmanager:{HOME}:123456789012:secret:managed"}],
    }


_ANSWERS = {
    "random:index/randomId:RandomId": lambda _: {"hex": "0a1b2c3d"},
    "random:index/randomPassword:RandomPassword": lambda _: {"result": PASSWORD},
    INSTANCE: _database,
    CLUSTER: _database,
}


def build(args: dict[str, Any], *, preview: bool = False, name: str = "db") -> Recording:
    """Record a database with these options, in the Region HOME and the network ROOM unless they say otherwise."""
    return _build(json.dumps({"region": HOME, "network": ROOM, **args}), preview=preview, name=name)


@functools.cache
def _build(text: str, *, preview: bool, name: str) -> Recording:
    """Record once what several tests look at."""
    args: Any = json.loads(text)
    return record(lambda: HAdatabase(name, args), mocks=Account(), preview=preview)


def problems_of(args: Any) -> list[str]:  # noqa: ANN401 - wrong options of any type
    """Return the lines with which a database refuses these options; they must be wrong."""
    with pytest.raises(ArgsError) as refused:
        resolve("db", args)
    return [str(problem) for problem in refused.value.problems]


def untagged(resource: Recorded) -> dict[str, Any]:
    """Return the inputs without the tags."""
    return {key: value for key, value in resource.inputs.items() if key != "tags"}


def outputs(recording: Recording, name: str = "db") -> dict[str, Any]:
    """Return the registered outputs of the database."""
    return recording.component_outputs[recording.named(name).urn]


def names(recording: Recording, type_: str) -> set[str]:
    """Return the names of the children of a type."""
    return {resource.name for resource in recording.of_type(type_)}
