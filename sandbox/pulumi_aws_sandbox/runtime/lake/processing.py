"""The function that a delivery stream gives its records to before it writes them.

https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
"""

import base64
import binascii
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.lake.records import Failure, Record

KIND = "processing-failed"
_DEFAULT_RETRIES = 3
_DEFAULT_MIB = 1.0
_MIB = 1024 * 1024
_DENIED = {"AccessDeniedException", "AccessDenied"}
_MESSAGES = {
    "Lambda.DuplicatedRecordId": "Multiple records were returned with the same record ID. Ensure that the Lambda "
    "function returns unique record IDs for each record.",
    "Lambda.FunctionError": "The Lambda function was successfully invoked but it returned an error result.",
    "Lambda.InvokeAccessDenied": "Access was denied. Ensure that the access policy for the IAM role associated with "
    "your delivery stream allows the Lambda function to be invoked.",
    "Lambda.JsonProcessingException": "There was an error parsing returned records from the Lambda function. Ensure "
    "that the returned records follow the status model required by Amazon Data Firehose.",
    "Lambda.MissingRecordId": "One or more record Ids were not returned. Ensure that the Lambda function returns all "
    "received record Ids.",
    "Lambda.ProcessingFailedStatus": "ProcessingFailed status set for record",
    "Lambda.ResourceNotFound": "Cannot find the specified Lambda function.",
}


class Processing:
    """One delivery stream's function."""

    def __init__(self, stream_arn: str, source_arn: str | None, processor: Mapping[str, Any]) -> None:
        """Read its settings."""
        told = {each["ParameterName"]: each["ParameterValue"] for each in processor.get("Parameters", [])}
        self.function = told["LambdaArn"]
        self._retries = int(told.get("NumberOfRetries", _DEFAULT_RETRIES))
        self._most = int(float(told.get("BufferSizeInMBs", _DEFAULT_MIB)) * _MIB)
        self._stream, self._source = stream_arn, source_arn

    def run(self, arrived: list[Record], clients: Connection) -> Iterator[Record | Failure]:
        """Return what becomes of the records, in their order; those that are dropped are not there."""
        for batch in _batches(arrived, self._most):
            yield from self._processed(batch, clients)

    def _processed(self, batch: list[Record], clients: Connection) -> Iterator[Record | Failure]:
        answer, code, attempts = self._asked(batch, clients)
        if code is not None:
            yield from (self._failure(each, code, attempts) for each in batch)
            return
        by_id: dict[str, list[Mapping[str, Any]]] = {}
        for each in answer:
            by_id.setdefault(str(each.get("recordId")), []).append(each)
        for record in batch:
            made = self._made(record, by_id.get(record.record_id, []), attempts)
            if made is not None:
                yield made

    def _made(self, record: Record, answers: list[Mapping[str, Any]], attempts: int) -> Record | Failure | None:
        if len(answers) != 1:
            code = "Lambda.DuplicatedRecordId" if answers else "Lambda.MissingRecordId"
            return self._failure(record, code, attempts)
        (answer,) = answers
        result = answer.get("result")
        if result == "Dropped":
            return None
        if result == "ProcessingFailed":
            return self._failure(record, "Lambda.ProcessingFailedStatus", attempts)
        data = b""
        try:
            data = base64.b64decode(answer["data"], validate=True)
        except (KeyError, TypeError, binascii.Error):
            result = None
        keys = (answer.get("metadata") or {}).get("partitionKeys") or {}
        if result != "Ok" or not isinstance(keys, Mapping):
            return self._failure(record, "Lambda.JsonProcessingException", attempts)
        partition = tuple((str(name), str(value)) for name, value in keys.items())
        return Record(record.record_id, data, record.arrived_at, record.kinesis, partition, record.data)

    def _asked(self, batch: list[Record], clients: Connection) -> tuple[list[Mapping[str, Any]], str | None, int]:
        """Return the function's answers, or the code of what went wrong, and how often it was tried."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - a preview must not pay for it

        event = json.dumps(self._event(batch))
        region, code = self.function.split(":")[3], "Lambda.FunctionError"
        for attempt in range(1, self._retries + 2):
            try:
                answer = clients("lambda", region).invoke(FunctionName=self.function, Payload=event)
            except ClientError as error:
                name = error.response["Error"]["Code"]
                if name in _DENIED:
                    code = "Lambda.InvokeAccessDenied"
                else:
                    code = "Lambda.ResourceNotFound" if name == "ResourceNotFoundException" else code
                continue
            payload = answer["Payload"].read()
            if "FunctionError" in answer:
                continue
            found = _answers(payload)
            return found or [], None if found is not None else "Lambda.JsonProcessingException", attempt
        return [], code, self._retries + 1

    def _event(self, batch: list[Record]) -> dict[str, Any]:
        told = [
            {
                "recordId": each.record_id,
                "approximateArrivalTimestamp": int(each.arrived_at * 1000),
                "data": base64.b64encode(each.data).decode(),
                **({"kinesisRecordMetadata": each.kinesis} if each.kinesis else {}),
            }
            for each in batch
        ]
        source = {"sourceKinesisStreamArn": self._source} if self._source else {}
        return {
            "invocationId": str(uuid.uuid4()),
            "deliveryStreamArn": self._stream,
            **source,
            "region": self._stream.split(":")[3],
            "records": told,
        }

    def _failure(self, record: Record, code: str, attempts: int) -> Failure:
        return failed(record, code, _MESSAGES[code], attempts, self.function)


def failed(record: Record, code: str, message: str, attempts: int = 1, function: str | None = None) -> Failure:
    """Return a record that could not be processed, with the line that Firehose writes of it."""
    line: dict[str, Any] = {
        "attemptsMade": attempts,
        "arrivalTimestamp": int(record.arrived_at * 1000),
        "errorCode": code,
        "errorMessage": message,
        "attemptEndingTimestamp": int(clock.now() * 1000),
        "rawData": base64.b64encode(record.raw or record.data).decode(),
    }
    return Failure(record, KIND, line | ({"lambdaArn": function} if function else {}))


def _answers(payload: bytes) -> list[Mapping[str, Any]] | None:
    try:
        told = json.loads(payload)["records"]
    except (ValueError, KeyError, TypeError):
        return None
    return told if isinstance(told, list) and all(isinstance(each, dict) for each in told) else None


def _batches(arrived: list[Record], most: int) -> Iterator[list[Record]]:
    batch: list[Record] = []
    size = 0
    for each in arrived:
        if batch and size + len(each.data) > most:
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += len(each.data)
    if batch:
        yield batch
