"""What the two functions may do, and what the topic and the queue take."""

import json
from typing import Any

import pytest
from components.data_sync.building import AWAY, EVERYTHING, HOME, KEY, REPLICA, TABLE, THERE, build, statements

from pulumi_aws_mobile.data_sync.documents import HEADS

USE = ["kms:Decrypt", "kms:GenerateDataKey"]


def key_statement(key: str, service: str, fact: str, value: str) -> dict[str, Any]:
    equals = {"kms:ViaService": [service], f"kms:EncryptionContext:{fact}": [value]}
    return {"Effect": "Allow", "Action": USE, "Resource": [key], "Condition": {"StringEquals": equals}}


@pytest.mark.parametrize(
    ("args", "region", "key"), [(EVERYTHING, HOME, KEY), (THERE, AWAY, REPLICA["kms_key_arn"])], ids=["own", "replica"]
)
def test_the_function_of_the_routes_reads_and_writes_items_of_its_table_and_never_scans(
    args: dict[str, Any], region: str, key: str
) -> None:
    table = f"arn:aws:dynamodb:{region}:123456789012:table/{TABLE}"
    assert statements(build(args)) == [
        {
            "Effect": "Allow",
            "Action": [
                "dynamodb:BatchGetItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
            ],
            "Resource": [table],
        },
        {"Effect": "Allow", "Action": ["dynamodb:Query"], "Resource": [f"{table}/index/by-count"]},
        key_statement(key, f"dynamodb.{region}.amazonaws.com", "aws:dynamodb:tableName", TABLE),
    ]


@pytest.mark.parametrize(
    ("args", "region", "key"), [(EVERYTHING, HOME, KEY), (THERE, AWAY, REPLICA["kms_key_arn"])], ids=["own", "replica"]
)
def test_the_function_of_the_stream_reads_it_purges_tells_and_puts_aside(
    args: dict[str, Any], region: str, key: str
) -> None:
    table = f"arn:aws:dynamodb:{region}:123456789012:table/{TABLE}"
    topic = f"arn:aws:sns:{region}:123456789012:sync-changes"
    assert statements(build(args), "stream") == [
        {
            "Effect": "Allow",
            "Action": [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            "Resource": [f"{table}/stream/2027-01-01T00:00:00.000"],
        },
        {
            "Effect": "Allow",
            "Action": ["dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:Query"],
            "Resource": [table],
        },
        key_statement(key, f"dynamodb.{region}.amazonaws.com", "aws:dynamodb:tableName", TABLE),
        {"Effect": "Allow", "Action": ["sns:Publish"], "Resource": [topic]},
        key_statement(key, f"sns.{region}.amazonaws.com", "aws:sns:topicArn", topic),
        {
            "Effect": "Allow",
            "Action": ["sqs:SendMessage"],
            "Resource": [f"arn:aws:sqs:{region}:123456789012:sync-dead-letters"],
        },
    ]


def test_only_heads_of_datasets_wake_the_function() -> None:
    keys = json.loads(HEADS)["dynamodb"]["Keys"]
    assert keys == {"pk": {"S": [{"prefix": "i#"}]}, "sk": {"S": [{"prefix": "d#"}]}}
