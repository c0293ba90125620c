"""Event source mappings of streams: checked as Lambda does, and read by `runtime.streams` instead of on each write.

https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_aws_sandbox.gaps.lambda_refusals import refuse
from pulumi_aws_sandbox.gaps.patching import replace

_INVALID = "InvalidParameterValueException"
_NUMBERS = {
    "BatchSize": (1, 10000),
    "MaximumBatchingWindowInSeconds": (0, 300),
    "MaximumRecordAgeInSeconds": (60, 604800),
    "MaximumRetryAttempts": (0, 10000),
    "ParallelizationFactor": (1, 10),
}
_UNLIMITED = {"MaximumRecordAgeInSeconds", "MaximumRetryAttempts"}
_POSITIONS = {"dynamodb": ("LATEST", "TRIM_HORIZON"), "kinesis": ("LATEST", "TRIM_HORIZON", "AT_TIMESTAMP")}
_NAMES = {"dynamodb": "DynamoDB", "kinesis": "Kinesis"}
_UNSUPPORTED = ("KMSKeyArn", "MetricsConfig", "ProvisionedPollerConfig", "ScalingConfig", "SourceAccessConfigurations")


def fill() -> None:
    """Teach moto's mappings."""
    from moto.awslambda.models import EventSourceMapping, LambdaBackend  # noqa: PLC0415 - loads only when deploying

    replace(LambdaBackend, "create_event_source_mapping", _creating)
    replace(LambdaBackend, "update_event_source_mapping", _updating)
    replace(EventSourceMapping, "get_configuration", _telling)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, spec: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        from moto.awslambda.models import EventSourceMapping  # noqa: PLC0415 - loaded by now

        from pulumi_aws_sandbox.runtime.streams import mappings, sources  # noqa: PLC0415 - needs what this package offers

        arn = spec.get("EventSourceArn") or ""
        if arn.count(":") < 5 or arn.split(":")[2] not in _POSITIONS:  # noqa: PLR2004 - an ARN has six parts
            return original(self, spec)
        name = spec.get("FunctionName") or ""
        function = self.get_function(name)
        function_arn = _qualified(function, name)
        if not sources.exists(arn):
            refuse("ResourceNotFoundException", f"Stream not found: {arn}", 404)
        _check_position(spec, arn)
        _check(spec, function.role)
        _check_reading(function.role, arn)
        for other in self._event_source_mappings.values():
            if (other.event_source_arn, other.function_arn) == (arn, function_arn):
                refuse(
                    "ResourceConflictException",
                    f'The event source arn (" {arn} ") and function (" {name} ") provided mapping already exists. '
                    f"Please update or delete the existing mapping with UUID {other.uuid}",
                    409,
                )
        about = {"RegionName": self.region_name, "AccountId": self.account_id, "FunctionArn": function_arn}
        made: Any = EventSourceMapping({**spec, **about})
        mappings.begin(made, function.role)
        self._event_source_mappings[made.uuid] = made
        return made

    return create


def _updating(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(self: Any, uuid: str, spec: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        made = self.get_event_source_mapping(uuid)
        if made is None:
            refuse("ResourceNotFoundException", "The resource you requested does not exist.", 404)
        if made.event_source_arn.split(":")[2] not in _POSITIONS:
            return original(self, uuid, spec)
        function = self.get_function(spec.get("FunctionName") or made.function_arn)
        _check(spec, function.role)
        original(self, uuid, {name: value for name, value in spec.items() if name != "FunctionName"})
        if spec.get("FunctionName"):
            made.function_arn = _qualified(function, spec["FunctionName"])
        for name in ("filter_criteria", "destination_config"):
            # An empty one takes away what was there.
            if not any((getattr(made, name) or {}).values()):
                setattr(made, name, None)
        return made

    return update


def _telling(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def tell(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        described = original(self)
        if self.event_source_arn.split(":")[2] not in _POSITIONS:
            return described
        usual = {
            "BisectBatchOnFunctionError": False,
            "DestinationConfig": {"OnFailure": {}},
            "FunctionResponseTypes": [],
            "MaximumBatchingWindowInSeconds": 0,
            "MaximumRecordAgeInSeconds": -1,
            "MaximumRetryAttempts": -1,
            "ParallelizationFactor": 1,
            "TumblingWindowInSeconds": 0,
        }
        last = vars(self).get("sandbox_result", "No records processed")
        return {**usual, **described, "LastProcessingResult": last}

    return tell


def _qualified(function: Any, name: str) -> str:  # noqa: ANN401 - moto's own types
    """Return the function's ARN as it was asked for: with the alias or the version."""
    plain = ":".join(function.function_arn.split(":")[:7])
    parts = name.split(":")
    qualifier = parts[7:8] if name.startswith("arn:") else parts[1:2] if len(parts) == 2 else []  # noqa: PLR2004 - NAME:QUALIFIER
    return ":".join([plain, *qualifier])


def _check_position(spec: Mapping[str, Any], arn: str) -> None:
    service, position = arn.split(":")[2], spec.get("StartingPosition")
    if position is None:
        refuse(_INVALID, "Starting position must be specified for a stream.")
    if position not in _POSITIONS[service]:
        allowed = " or ".join(_POSITIONS[service])
        refuse(_INVALID, f"Unsupported starting position for source type. Please select {allowed}.")
    if (position == "AT_TIMESTAMP") != (spec.get("StartingPositionTimestamp") is not None):
        refuse(_INVALID, "StartingPositionTimestamp goes with the starting position AT_TIMESTAMP, and only with that.")


def _check(spec: Mapping[str, Any], role_arn: str) -> None:
    """Refuse settings that Lambda refuses, and those that the sandbox cannot follow."""
    from pulumi_aws_sandbox.runtime.streams import filters, mappings  # noqa: PLC0415 - needs what this package offers

    for name, (least, most) in _NUMBERS.items():
        value = spec.get(name)
        if value is None or (value == -1 and name in _UNLIMITED):
            continue
        if not least <= int(value) <= most:
            refuse(_INVALID, f"{name} {value} is out of range: allowed are {least} to {most}")
    if spec.get("TumblingWindowInSeconds"):
        refuse(_INVALID, "TumblingWindowInSeconds: the sandbox has no tumbling windows; leave it out")
    for name in _UNSUPPORTED:
        if spec.get(name):
            refuse(_INVALID, f"{name}: the sandbox has none for streams; leave it out")
    for kind in spec.get("FunctionResponseTypes") or []:
        if kind != mappings.PARTIAL:
            refuse(_INVALID, f"FunctionResponseTypes: got {kind}; allowed is {mappings.PARTIAL}")
    reason = filters.problem(spec.get("FilterCriteria"))
    if reason is not None:
        refuse(_INVALID, reason)
    _check_destination(spec, role_arn)


def _check_destination(spec: Mapping[str, Any], role_arn: str) -> None:
    from pulumi_aws_sandbox.runtime import destinations  # noqa: PLC0415 - as above
    from pulumi_aws_sandbox.runtime.access import roles  # noqa: PLC0415 - needs what this package offers

    destination = ((spec.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if not destination:
        return
    service = destination.split(":")[2] if destination.startswith("arn:") else ""
    if service not in destinations.ACTIONS:
        refuse(_INVALID, f"DestinationConfig: got {destination}; the sandbox sends to queues and topics")
    action = destinations.ACTIONS[service]
    if not roles.may(role_arn, action, destination):
        refuse(
            _INVALID,
            "The provided destination config DestinationConfig(onSuccess=null, "
            f"onFailure=OnFailure(destination={destination})) is invalid. The function's execution role does not have "
            f"permissions to call {action.split(':')[1]} on {destination}",
        )


def _check_reading(role_arn: str, arn: str) -> None:
    from pulumi_aws_sandbox.runtime.access import roles  # noqa: PLC0415 - needs what this package offers
    from pulumi_aws_sandbox.runtime.streams import mappings  # noqa: PLC0415 - as above

    service = arn.split(":")[2]
    if not all(roles.may(role_arn, f"{service}:{each}", arn) for each in mappings.READING[service]):
        refuse(
            _INVALID,
            f"Cannot access stream {arn}. Please ensure the role can perform the GetRecords, GetShardIterator, "
            f"DescribeStream, and ListStreams Actions on your stream in {_NAMES[service]}.",
        )
