"""Lambda: streams whose records run a function."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, from_aws, handler, tag_changes, tags_from, to_aws
from pulumi_aws_sandbox.resources._shapes import from_shape, to_shape

_GONE = "ResourceNotFoundException"
_CHANGED = {
    "batchSize": "BatchSize",
    "bisectBatchOnFunctionError": "BisectBatchOnFunctionError",
    "enabled": "Enabled",
    "functionName": "FunctionName",
    "functionResponseTypes": "FunctionResponseTypes",
    "maximumBatchingWindowInSeconds": "MaximumBatchingWindowInSeconds",
    "maximumRecordAgeInSeconds": "MaximumRecordAgeInSeconds",
    "maximumRetryAttempts": "MaximumRetryAttempts",
    "parallelizationFactor": "ParallelizationFactor",
    "tumblingWindowInSeconds": "TumblingWindowInSeconds",
}
_FIXED = {
    "eventSourceArn": "EventSourceArn",
    "startingPosition": "StartingPosition",
    "startingPositionTimestamp": "StartingPositionTimestamp",
}
# What an input that was taken away goes back to.
_ABSENT: Properties = {
    "batchSize": 100,
    "bisectBatchOnFunctionError": False,
    "enabled": True,
    "functionResponseTypes": [],
    "maximumBatchingWindowInSeconds": 0,
    "maximumRecordAgeInSeconds": -1,
    "maximumRetryAttempts": -1,
    "parallelizationFactor": 1,
    "tumblingWindowInSeconds": 0,
}
_UNSUPPORTED = (
    "amazonManagedKafkaEventSourceConfig",
    "documentDbEventSourceConfig",
    "kmsKeyArn",
    "metricsConfig",
    "provisionedPollerConfig",
    "queues",
    "scalingConfig",
    "selfManagedEventSource",
    "selfManagedKafkaEventSourceConfig",
    "sourceAccessConfigurations",
    "topics",
)
_STREAMS = ("dynamodb", "kinesis")


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    wrong = [(name, f"the sandbox maps streams only, without {name}") for name in _UNSUPPORTED if inputs.get(name)]
    arn = inputs.get("eventSourceArn")
    if arn is None:
        wrong.append(("eventSourceArn", "eventSourceArn must be given: the sandbox maps streams only"))
    elif arn.count(":") < 5 or arn.split(":")[2] not in _STREAMS:  # noqa: PLR2004 - an ARN has six parts
        reason = f'the sandbox maps streams of DynamoDB and Kinesis only: got "{arn}"'
        wrong.append(("eventSourceArn", reason))
    if inputs.get("tumblingWindowInSeconds"):
        wrong.append(("tumblingWindowInSeconds", "the sandbox has no tumbling windows; leave it out"))
    return wrong


def _lambda(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "lambda", properties)


def _nested(inputs: Properties) -> dict[str, Any]:
    nested = {"filterCriteria": "FilterCriteria", "destinationConfig": "DestinationConfig"}
    names = {"destinationArn": "Destination"}
    return {aws: to_shape(inputs[name], names) for name, aws in nested.items() if inputs.get(name)}


def _make(clients: Clients, inputs: Properties) -> str:
    request = to_aws(inputs, _CHANGED | _FIXED | {"tags": "Tags"}) | _nested(inputs)
    return _lambda(clients, inputs).create_event_source_mapping(**request)["UUID"]


def _describe(clients: Clients, uuid: str, known: Properties) -> Properties | None:
    client = _lambda(clients, known)
    now = found(lambda: client.get_event_source_mapping(UUID=uuid), _GONE)
    if now is None:
        return None
    plain = {name: aws for name, aws in _CHANGED.items() if name not in {"enabled", "functionName"}}
    arn = now["EventSourceMappingArn"]
    changed = now["LastModified"]
    function = now["FunctionArn"]
    given = known.get("functionName", "")
    answer = {
        **from_aws(now, plain),
        **from_aws(now, {"eventSourceArn": "EventSourceArn", "startingPosition": "StartingPosition"}),
        "arn": arn,
        "uuid": uuid,
        "enabled": now["State"] == "Enabled",
        "functionArn": function,
        # A name stands for the ARN that Lambda tells.
        "functionName": given if given and _names(given, function) else function,
        "lastModified": changed.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lastProcessingResult": now["LastProcessingResult"],
        "state": now["State"],
        "stateTransitionReason": now["StateTransitionReason"],
        **tags_from(client.list_tags(Resource=arn)["Tags"], known),
    }
    filters = from_shape(now.get("FilterCriteria") or {}, {})
    destination = now["DestinationConfig"].get("OnFailure") or {}
    for name, value in (
        ("filterCriteria", filters),
        ("destinationConfig", {"onFailure": {"destinationArn": destination["Destination"]}} if destination else {}),
    ):
        if value or name in known:
            answer[name] = value or None
    return answer


def _names(given: str, arn: str) -> bool:
    return arn == given or arn.endswith(f":function:{given}")


def _change(clients: Clients, uuid: str, outputs: Properties, old: Properties, new: Properties) -> None:
    client = _lambda(clients, new)
    request = to_aws(_ABSENT | new, _CHANGED) | _nested(new)
    if "filterCriteria" in old and "FilterCriteria" not in request:
        request["FilterCriteria"] = {"Filters": []}
    if "destinationConfig" in old and "DestinationConfig" not in request:
        request["DestinationConfig"] = {"OnFailure": {}}
    client.update_event_source_mapping(UUID=uuid, **request)
    gone, put = tag_changes(old, new)
    if gone:
        client.untag_resource(Resource=outputs["arn"], TagKeys=gone)
    if put:
        client.tag_resource(Resource=outputs["arn"], Tags=put)


def _remove(clients: Clients, uuid: str, outputs: Properties) -> None:
    client = _lambda(clients, outputs)
    if found(lambda: client.get_event_source_mapping(UUID=uuid), _GONE) is not None:
        client.delete_event_source_mapping(UUID=uuid)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:lambda/eventSourceMapping:EventSourceMapping",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"functionName"}),
            replace_on=frozenset({"eventSourceArn", "startingPosition", "startingPositionTimestamp"}),
            validate=_problems,
        ),
    )
}
