"""The numbers of now: the function that counts events in the stream."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.dead_letters import create_dead_letters
from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.observability.names import physical_name
from pulumi_aws_mobile.scope import Scope

from .documents import NAMESPACE, publish_numbers, put_aside, read_stream
from .event_schema import schema_document
from .lake import Store
from .settings import AnalyticsSettings

_SOURCE = str(Path(__file__).parent / "functions")
_BATCH = 1000
_WINDOW_SECONDS = 10
_MEASURE_SECONDS = 60
_MEASURE_MIB = 512
_RETRIES = 100
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Measure:
    """What counts events, and where batches go that could not be counted."""

    function: Function
    dead_letters: "aws.sqs.Queue"


def function_args(settings: AnalyticsSettings) -> Any:  # noqa: ANN401 - some of a function's arguments
    """Return what both functions are told."""
    return {
        "source": _SOURCE,
        "log_retention_days": settings.log_retention_days,
        "tags": dict(settings.tags),
        **({} if settings.region is None else {"region": settings.region}),
        **({} if settings.alarm_topic_arn is None else {"alarm_topic_arn": settings.alarm_topic_arn}),
    }


def schema_environment(settings: AnalyticsSettings) -> dict[str, pulumi.Input[str]]:
    """Return the schema as both functions are told it."""
    return {"SCHEMA": schema_document(settings.schema_version, settings.events)}


def counting_environment(name: str) -> dict[str, pulumi.Input[str]]:
    """Return where a function publishes numbers, and what they are about."""
    return {"METRICS_NAMESPACE": NAMESPACE, "ANALYTICS": physical_name(name)}


def create_measure(scope: Scope, settings: AnalyticsSettings, store: Store, stream: "aws.kinesis.Stream") -> Measure:
    """Create the function that counts what comes into the stream, and have Lambda call it.

    The function fails at no event, but a batch whose numbers are not taken comes again for a day; after that a queue is
    told where it is in the stream. The lake has its events in any case.
    """
    dead_letters = create_dead_letters(scope)
    function = Function(
        scope.child("measure"),
        {
            "handler": "events.measure.handle",
            "description": "Counts events as they come",
            "environment": {**schema_environment(settings), **counting_environment(scope.name)},
            "statements": [
                publish_numbers(),
                put_aside(dead_letters.arn),
                *read_stream(stream.arn, store.kms_key_arn, store.region),
            ],
            "timeout_seconds": _MEASURE_SECONDS,
            "memory_mib": _MEASURE_MIB,
            **function_args(settings),
        },
        scope.options(),
    )
    aws.lambda_.EventSourceMapping(
        scope.child("measure-source"),
        event_source_arn=stream.arn,
        function_name=function.arn,
        starting_position="TRIM_HORIZON",
        batch_size=_BATCH,
        maximum_batching_window_in_seconds=_WINDOW_SECONDS,
        function_response_types=["ReportBatchItemFailures"],
        maximum_retry_attempts=_RETRIES,
        maximum_record_age_in_seconds=_DAY_SECONDS,
        destination_config={"on_failure": {"destination_arn": dead_letters.arn}},
        region=scope.region,
        tags=scope.tags("measure-source"),
        opts=scope.options(),
    )
    return Measure(function, dead_letters)
