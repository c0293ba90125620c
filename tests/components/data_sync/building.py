"""Data sync under mocks, alone and in two Regions."""

import json
from typing import Any

import pulumi
from pulumi.runtime import Mocks

from pulumi_aws_mobile.data_sync import DataSync
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]

HOME, AWAY = "eu-west-1", "eu-central-1"
ACCOUNT = "123456789012"
SYNC = "urn:pulumi:stack::project::aws-mobile:index:DataSync::sync"
TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:alarms"
TABLE = "sync-table-1a2b3c4"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:sync-key"
REPLICA: Args = {
    "table_name": TABLE,
    "table_arn": f"arn:aws:dynamodb:{AWAY}:{ACCOUNT}:table/{TABLE}",
    "stream_arn": f"arn:aws:dynamodb:{AWAY}:{ACCOUNT}:table/{TABLE}/stream/2027-01-01T00:00:00.000",
    "kms_key_arn": f"arn:aws:kms:{AWAY}:{ACCOUNT}:key/there",
}
EVERYTHING: Args = {
    "limits": {
        "max_datasets": 5,
        "max_dataset_bytes": 65_536,
        "max_records": 100,
        "max_key_bytes": 64,
        "max_value_bytes": 1024,
        "max_changes": 95,
    },
    "tombstone_days": 90,
    "token_days": 3,
    "guests": True,
    "recovery": {"region": AWAY},
    "alarm_topic_arn": TOPIC,
    "log_retention_days": 365,
    "region": HOME,
    "tags": {"team": "core"},
}
THERE: Args = {"replica_of": REPLICA, "region": AWAY, "alarm_topic_arn": TOPIC.replace(HOME, AWAY)}


def table_arn(region: str = HOME) -> str:
    """Return the ARN that the mocks give the table in a Region."""
    return f"arn:aws:dynamodb:{region}:{ACCOUNT}:table/{TABLE}"


def stream_arn(region: str = HOME) -> str:
    """Return the ARN that the mocks give the table's stream in a Region."""
    return f"{table_arn(region)}/stream/2027-01-01T00:00:00.000"


class Account(PlainMocks):
    """Gives tables, queues and functions what AWS gives them."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Args]:
        id_, outputs = super().new_resource(args)
        told: Args = {"name": args.name}
        region = args.inputs.get("region") or HOME
        if args.typ == "aws:dynamodb/table:Table":
            told = {"name": TABLE, "arn": table_arn(region), "streamArn": stream_arn(region)}
            outputs["replicas"] = [
                {**each, "arn": table_arn(each["regionName"]), "streamArn": stream_arn(each["regionName"])}
                for each in args.inputs.get("replicas", [])
            ]
        elif args.typ == "aws:sqs/queue:Queue":
            told = {"name": args.name, "url": f"https://sqs.{region}.amazonaws.com/{ACCOUNT}/{args.name}"}
        return id_, {**outputs, **told}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: DataSync("sync", args), preview=preview, mocks=mocks or Account())


def variables(recording: Recording, role: str = "api") -> Args:
    """Return the environment of one of the functions."""
    return recording.named(f"sync-{role}-function").inputs["environment"]["variables"]


def statements(recording: Recording, role: str = "api") -> list[Args]:
    """Return what one of the functions may do besides writing its log."""
    return json.loads(recording.named(f"sync-{role}-permissions").inputs["policy"])["Statement"][1:]
