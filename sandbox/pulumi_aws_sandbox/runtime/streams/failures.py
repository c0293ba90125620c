"""What Lambda tells of the records that a function could not handle.

https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.streams.sources import Record

Condition = Literal["RetryAttemptsExhausted", "RecordAgeExceeded"]
_INFO = {"dynamodb": "DDBStreamBatchInfo", "kinesis": "KinesisBatchInfo"}


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


def _moment(at: float, precision: str) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec=precision).replace("+00:00", "Z")
