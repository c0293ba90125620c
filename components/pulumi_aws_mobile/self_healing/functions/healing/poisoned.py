"""Moves messages that nobody can process out of a queue's way."""

from collections.abc import Sequence
from typing import Any

from .clients import asking, changing

_MOST_BATCHES = 20
_BATCH = 10
_HELD_SECONDS = 60
"""Longer than looking at all of them takes, so that none is seen twice."""


def move_poisoned(url: str, dead_letter_url: str, max_receives: int) -> tuple[int, int]:
    """Move the messages that were received more than `max_receives` times; return how many, and how many were left.

    A message is deleted only after its copy is in the dead-letter queue: whatever fails between the two leaves it in
    both, never in neither. Looking at a message counts as receiving it; the own look does not count here.
    """
    moved, left = 0, []
    for _ in range(_MOST_BATCHES):
        messages = _receive(url)
        if not messages:
            break
        for message in messages:
            if int(message["Attributes"]["ApproximateReceiveCount"]) - 1 > max_receives:
                _move(url, dead_letter_url, message)
                moved += 1
            else:
                left.append(message)
    _give_back(url, left)
    return moved, len(left)


def _receive(url: str) -> list[dict[str, Any]]:
    answer = asking("sqs").receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=_BATCH,
        VisibilityTimeout=_HELD_SECONDS,
        WaitTimeSeconds=1,
        MessageSystemAttributeNames=["All"],
        MessageAttributeNames=["All"],
    )
    return answer.get("Messages", [])


def _move(url: str, dead_letter_url: str, message: dict[str, Any]) -> None:
    """Copy a message, with its place in a FIFO queue, then delete it."""
    place = {
        name: value
        for name, value in message["Attributes"].items()
        if name in {"MessageDeduplicationId", "MessageGroupId"}
    }
    attributes = {
        name: {key: value for key, value in each.items() if key in {"BinaryValue", "DataType", "StringValue"}}
        for name, each in message.get("MessageAttributes", {}).items()
    }
    changing("sqs").send_message(
        QueueUrl=dead_letter_url, MessageBody=message["Body"], MessageAttributes=attributes, **place
    )
    changing("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def _give_back(url: str, messages: Sequence[dict[str, Any]]) -> None:
    """Let others receive messages again at once."""
    for start in range(0, len(messages), _BATCH):
        entries = [
            {"Id": str(place), "ReceiptHandle": each["ReceiptHandle"], "VisibilityTimeout": 0}
            for place, each in enumerate(messages[start : start + _BATCH])
        ]
        asking("sqs").change_message_visibility_batch(QueueUrl=url, Entries=entries)
