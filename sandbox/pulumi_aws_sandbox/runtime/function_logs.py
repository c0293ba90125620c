"""What functions write goes to their log groups, with the permissions of their roles, as Lambda sends it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.resources._make import found, is_gone
from pulumi_aws_sandbox.runtime.plan import Answer, Plan

_TAIL_BYTES = 4096
# The levels at which Lambda says when an event began and what it took.
_TELLING = {"DEBUG", "INFO"}
# Of one call: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
_EVENTS = 10_000
_EVENT_BYTES = 26
_CALL_BYTES = 1_048_576


def lines(plan: Plan, request_id: str, answer: Answer) -> list[str]:
    """Return the log of one invocation: Lambda's own lines around those of the function."""
    written = answer.log.splitlines() if plan.log_format == "JSON" else _entries(answer.log)
    duration = round(answer.milliseconds, 2)
    if plan.log_format == "JSON":
        start = {"requestId": request_id, "version": plan.version}
        metrics = {"durationMs": duration, "billedDurationMs": int(duration) + 1, "memorySizeMB": plan.memory_mib}
        report = {"requestId": request_id, "metrics": metrics, "status": _status(answer)}
        if plan.system_log_level not in _TELLING:
            return written
        return [_platform("platform.start", start), *written, _platform("platform.report", report)]
    report = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {duration} ms",
        f"Billed Duration: {int(duration) + 1} ms",
        f"Memory Size: {plan.memory_mib} MB",
    ]
    return [
        f"START RequestId: {request_id} Version: {plan.version}",
        *written,
        *([] if answer.finished else [json.loads(answer.payload)["errorMessage"]]),
        f"END RequestId: {request_id}",
        "\t".join(report),
    ]


def tail(log: Iterable[str]) -> bytes:
    """Return the end of a log, as much as an invocation gives back."""
    return "".join(f"{line}\n" for line in log).encode()[-_TAIL_BYTES:]


class LogStream:
    """The log of one execution environment, written with the rights of its role."""

    def __init__(self, clients: Connection, group: str, name: str) -> None:
        """Write to the stream `name` of a log group; the stream is made with its first line."""
        self.name = name
        self._clients = clients
        self._group = group
        self._exists = False

    def write(self, log: list[str]) -> None:
        """Write lines; what the role may not write is lost, as on AWS."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - loads only when a function runs

        moment = int(datetime.now(UTC).timestamp() * 1000)
        where = {"logGroupName": self._group, "logStreamName": self.name}
        with suppress(ClientError):
            self._create()
            for batch in _batches(log):
                events = [{"timestamp": moment, "message": line} for line in batch]
                self._clients("logs").put_log_events(**where, logEvents=events)

    def _create(self) -> None:
        """Make the stream, and the group if there is none; another environment may make it at the same time."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - loads only when a function runs

        if self._exists:
            return
        logs = self._clients("logs")
        try:
            logs.create_log_stream(logGroupName=self._group, logStreamName=self.name)
        except ClientError as error:
            if not is_gone(error, "ResourceNotFoundException"):
                raise
            found(lambda: logs.create_log_group(logGroupName=self._group), "ResourceAlreadyExistsException")
            logs.create_log_stream(logGroupName=self._group, logStreamName=self.name)
        self._exists = True


def _batches(log: list[str]) -> Iterable[list[str]]:
    batch: list[str] = []
    size = 0
    for line in filter(None, log):
        text = line.encode()[: _CALL_BYTES - _EVENT_BYTES].decode(errors="ignore")
        cost = len(text.encode()) + _EVENT_BYTES
        if batch and (len(batch) == _EVENTS or size + cost > _CALL_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += cost
    if batch:
        yield batch


def _entries(text: str) -> list[str]:
    """Return the entries of a plain log; a traceback stays one entry with its first line."""
    entries: list[str] = []
    for line in text.splitlines():
        if entries and (line.startswith((" ", "Traceback (most recent call last)"))):
            entries[-1] += f"\n{line}"
        else:
            entries.append(line)
    return entries


def _platform(kind: str, record: dict[str, Any]) -> str:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return json.dumps({"time": moment, "type": kind, "record": record})


def _status(answer: Answer) -> str:
    if not answer.failed:
        return "success"
    return "timeout" if json.loads(answer.payload)["errorType"] == "Sandbox.Timedout" else "error"


def logging_config(function: Any) -> dict[str, str]:  # noqa: ANN401 - moto's own type
    """Return where and how a function writes its log."""
    given = function.kept_by_sandbox.get("LoggingConfig") or {}
    plain = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{function.function_name}"}
    levels = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"} if given.get("LogFormat") == "JSON" else {}
    return plain | levels | given
