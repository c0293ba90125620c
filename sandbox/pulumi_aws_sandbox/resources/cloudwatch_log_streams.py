"""CloudWatch Logs: streams that exist before anything is written to them."""

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler

_GONE = "ResourceNotFoundException"
_TYPE = "aws:cloudwatch/logStream:LogStream"


def _make(clients: Clients, inputs: Properties) -> str:
    logs = client_of(clients, "logs", inputs)
    logs.create_log_stream(logGroupName=inputs["logGroupName"], logStreamName=inputs["name"])
    return inputs["name"]


def _describe(clients: Clients, name: str, known: Properties) -> Properties | None:
    logs, group = client_of(clients, "logs", known), known["logGroupName"]
    answer = found(lambda: logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=name), _GONE)
    streams = [] if answer is None else answer["logStreams"]
    stream = next((each for each in streams if each["logStreamName"] == name), None)
    return None if stream is None else {"arn": stream["arn"], "logGroupName": group, "name": name}


def _remove(clients: Clients, name: str, outputs: Properties) -> None:
    logs, group = client_of(clients, "logs", outputs), outputs["logGroupName"]
    found(lambda: logs.delete_log_stream(logGroupName=group, logStreamName=name), _GONE)


HANDLERS = {
    _TYPE: handler(
        _TYPE,
        make=_make,
        describe=_describe,
        remove=_remove,
        required=frozenset({"logGroupName"}),
        replace_on=frozenset({"logGroupName", "name"}),
        auto_name=AutoName("name", 512),
    )
}
