"""What the two functions may do, what the topic and the queue take, and which changes are told. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.arns import region_of
from pulumi_aws_mobile.dr_pair.regions import service_principal
from pulumi_aws_mobile.statements import StatementArgs

INDEX = "by-count"
"""The index by which a pull finds what changed since a count."""
HEADS = json.dumps({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "i#"}]}, "sk": {"S": [{"prefix": "d#"}]}}}})
"""The items of which one tells that a dataset changed or was deleted; the records themselves tell nobody."""
_USE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"]

Text = pulumi.Input[str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A table and its key, as policies name them."""

    table_name: Text
    table_arn: Text
    stream_arn: Text
    kms_key_arn: Text


def api_statements(stored: Stored) -> list[StatementArgs]:
    """Return what the function behind the routes may do: read and write items of the one table, and never scan it."""
    index = pulumi.Output.from_input(stored.table_arn).apply(lambda arn: f"{arn}/index/{INDEX}")
    return [
        {
            "actions": [
                "dynamodb:BatchGetItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
            ],
            "resources": [stored.table_arn],
        },
        {"actions": ["dynamodb:Query"], "resources": [index]},
        _table_key(stored),
    ]


def stream_statements(stored: Stored, topic_arn: Text, queue_arn: Text) -> list[StatementArgs]:
    """Return what the function behind the stream may do: read it, remove what was deleted, and tell of changes.

    Lambda itself reads the stream and puts aside what failed with this role.
    """
    return [
        {
            "actions": [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            "resources": [stored.stream_arn],
        },
        {"actions": ["dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:Query"], "resources": [stored.table_arn]},
        _table_key(stored),
        {"actions": ["sns:Publish"], "resources": [topic_arn]},
        _use_key(stored, "sns", "aws:sns:topicArn", topic_arn),
        {"actions": ["sqs:SendMessage"], "resources": [queue_arn]},
    ]


def _table_key(stored: Stored) -> StatementArgs:
    return _use_key(stored, "dynamodb", "aws:dynamodb:tableName", stored.table_name)


def _use_key(stored: Stored, service: str, fact: str, value: Text) -> StatementArgs:
    """Return the use of the key through one service of its Region, for one thing that the service encrypts with it."""
    via = pulumi.Output.from_input(stored.table_arn).apply(lambda arn: service_principal(service, region_of(arn)))
    equals: dict[str, Sequence[Text]] = {"kms:ViaService": [via], f"kms:EncryptionContext:{fact}": [value]}
    return {
        "actions": _USE_KEY,
        "resources": [stored.kms_key_arn],
        "conditions": {"StringEquals": {key: list(values) for key, values in equals.items()}},
    }
