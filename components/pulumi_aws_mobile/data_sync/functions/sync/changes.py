"""The function behind the table's stream: tells which datasets changed, and removes the records of deleted ones."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from . import items
from .clients import client
from .failures import Failure
from .purge import Purge, UnfinishedError
from .table import Table

_OWN = "i#"


@dataclass
class _News:
    """What is to be told of one dataset, and the records of the stream that say so."""

    sync_count: int = 0
    devices: set[str] = field(default_factory=set)
    sequence_number: str = ""
    """The first of them: the stream goes on from there if it cannot be told."""


def handle(event: Mapping[str, Any], context: Any = None) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Tell of changes, and purge; return from where the stream is to be read again, if anything failed."""
    region = os.environ["AWS_REGION"]
    news: dict[tuple[str, str], _News] = {}
    failed: list[str] = []
    for record in event["Records"]:
        change = record["dynamodb"]
        partition, sort = change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"]
        if not partition.startswith(_OWN) or not sort.startswith(items.HEAD_PREFIX):
            continue
        about = partition.removeprefix(_OWN), sort.removeprefix(items.HEAD_PREFIX)
        if record["eventName"] == "REMOVE":
            if not _purged(about, change["OldImage"], context):
                failed.append(change["SequenceNumber"])
                break  # what comes behind is read again in any case
        # A replica's stream has the changes of the other Region too: who took the push tells of it.
        elif change["NewImage"]["region"]["S"] == region:
            found = news.setdefault(about, _News(sequence_number=change["SequenceNumber"]))
            found.sync_count = max(found.sync_count, int(change["NewImage"]["sync_count"]["N"]))
            found.devices.add(change["NewImage"]["device"]["S"])
    failed += [found.sequence_number for about, found in news.items() if not _told(about, found)]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}


def _purged(about: tuple[str, str], image: Mapping[str, Any], context: Any) -> bool:  # noqa: ANN401 - Lambda's own
    """Remove the records of a dataset that was deleted; `False` if some are left."""
    life, dynamodb, table = int(image["life"]["N"]), client("dynamodb"), os.environ["TABLE_NAME"]
    try:
        head = Table(dynamodb, table).head(*about)
        if head is not None and head.life == life:
            return True  # a push that another Region took later brought it back, with its records
        Purge(dynamodb, table, context).remove(items.records_key(*about, life))
    except (BotoCoreError, ClientError, Failure, UnfinishedError):
        return False
    return True


def _told(about: tuple[str, str], news: _News) -> bool:
    """Publish that a dataset changed; several changes of it are one message, of the newest count."""
    identity, dataset = about
    message: dict[str, Any] = {"identity_id": identity, "dataset": dataset, "sync_count": news.sync_count}
    if len(news.devices) == 1:
        message["device"] = next(iter(news.devices))
    try:
        client("sns").publish(
            TopicArn=os.environ["CHANGES_TOPIC_ARN"],
            Message=json.dumps(message),
            MessageAttributes={"kind": {"DataType": "String", "StringValue": "data_sync"}},
        )
    except (BotoCoreError, ClientError):
        return False
    return True
