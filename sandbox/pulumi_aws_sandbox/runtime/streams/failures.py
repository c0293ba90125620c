"""Where the records go that a function could not handle: a document about them to a queue or a topic.

https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.access import roles
from pulumi_aws_sandbox.runtime.streams.sources import Record

Condition = Literal["RetryAttemptsExhausted", "RecordAgeExceeded"]
ACTIONS = {"sqs": "sqs:SendMessage", "sns": "sns:Publish"}
"""What a function's role needs for each kind of destination."""
_INFO = {"dynamodb": "DDBStreamBatchInfo", "kinesis": "KinesisBatchInfo"}
_KEY_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")


@dataclass(frozen=True, slots=True)
class End:
    """How records came to be given up."""

    function_arn: str
    source_arn: str
    shard_id: str
    condition: Condition
    attempts: int


def document(end: End, records: Sequence[Record]) -> dict[str, Any]:
    """Return what Lambda tells of records that it gives up."""
    about: dict[str, Any] = {
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": end.function_arn,
            "condition": end.condition,
            "approximateInvokeCount": end.attempts,
        },
    }
    if end.attempts:
        version = end.function_arn.split(":")[7:]
        about["responseContext"] = {
            "statusCode": 200,
            "executedVersion": version[0] if version else "$LATEST",
            "functionError": "Unhandled",
        }
    return about | {
        "version": "1.0",
        "timestamp": _moment(clock.now(), "milliseconds"),
        _INFO[end.source_arn.split(":")[2]]: {
            "shardId": end.shard_id,
            "startSequenceNumber": str(records[0].sequence),
            "endSequenceNumber": str(records[-1].sequence),
            "approximateArrivalOfFirstRecord": _moment(records[0].at, "seconds"),
            "approximateArrivalOfLastRecord": _moment(records[-1].at, "seconds"),
            "batchSize": len(records),
            "streamArn": end.source_arn,
        },
    }


def send(destination: str, role_arn: str, about: dict[str, Any]) -> str | None:
    """Send a document to a destination with the rights of a function's role; return why that failed."""
    service, region = destination.split(":")[2:4]
    if regions.is_cut(region):
        return f"the Region {region} is cut"
    text = json.dumps(about)
    return {"sns": _publish, "sqs": _put}[service](destination, region, role_arn, text)


def _put(arn: str, region: str, role_arn: str, text: str) -> str | None:
    from moto.sqs.models import sqs_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend, name = sqs_backends[ACCOUNT][region], arn.rsplit(":", 1)[-1]
    queue = backend.queues.get(name)
    if queue is None:
        return f"the queue {arn} does not exist"
    refusal = _refusal(role_arn, arn, getattr(queue, "kms_master_key_id", None), region)
    if refusal is None:
        backend.send_message(name, text)
    return refusal


def _publish(arn: str, region: str, role_arn: str, text: str) -> str | None:
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend = sns_backends[ACCOUNT][region]
    topic = backend.topics.get(arn)
    if topic is None:
        return f"the topic {arn} does not exist"
    refusal = _refusal(role_arn, arn, topic.kms_master_key_id, region)
    if refusal is None:
        backend.publish(text, arn=arn)
    return refusal


def _refusal(role_arn: str, arn: str, key: str | None, region: str) -> str | None:
    """Return why a role may not put something there: the destination's permission, and its key's."""
    action = ACTIONS[arn.split(":")[2]]
    if not roles.may(role_arn, action, arn):
        return f"{role_arn} is not authorized to perform: {action} on resource: {arn}"
    if key and not key.startswith("alias/aws/"):
        refused = next((each for each in _KEY_ACTIONS if not roles.may_use_key(role_arn, each, key, region)), None)
        if refused is not None:
            return f"{role_arn} is not authorized to perform: {refused} on the key {key} of {arn}"
    return None


def _moment(at: float, precision: str) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec=precision).replace("+00:00", "Z")
