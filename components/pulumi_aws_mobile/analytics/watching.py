"""The dashboard of the main numbers, and the alarms."""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.observability.names import physical_name
from pulumi_aws_mobile.observability.widgets import Line, Widget, body, graph, heading, number
from pulumi_aws_mobile.scope import Scope

from .counting import Measure
from .documents import NAMESPACE
from .event_schema import BUILT_IN
from .settings import AnalyticsSettings

_PERIOD_SECONDS = 300
_BROKEN_PERIOD_SECONDS = 900
_LATE_SECONDS = 900
"""How much longer than it gathers Firehose may take; it tries again for as long as a day."""
_BEHIND_MILLISECONDS = 600_000
_THROTTLED_PERIODS = 2
"""A stream on demand refuses for a moment while it grows, and apps send again."""

Source = tuple[str, str, dict[str, pulumi.Input[str]]]
"""Namespace, metric and dimensions."""


def throttled(stream: "aws.kinesis.Stream | None", delivery: "aws.kinesis.FirehoseDeliveryStream") -> Source:
    """Return the metric of events that were refused since too many came."""
    if stream is None:
        return "AWS/Firehose", "ThrottledRecords", {"DeliveryStreamName": delivery.name}
    return "AWS/Kinesis", "WriteProvisionedThroughputExceeded", {"StreamName": stream.name}


def create_dashboard(
    scope: Scope,
    settings: AnalyticsSettings,
    region: pulumi.Output[str],
    delivery: "aws.kinesis.FirehoseDeliveryStream",
    refused: Source,
) -> "aws.cloudwatch.Dashboard":
    """Create the dashboard."""
    return aws.cloudwatch.Dashboard(
        scope.child("dashboard"),
        dashboard_name=physical_name(scope.child("numbers")),
        dashboard_body=pulumi.Output.json_dumps(body(_widgets(scope.name, settings, region, delivery, refused))),
        region=scope.region,
        opts=scope.options(),
    )


def _widgets(
    name: str,
    settings: AnalyticsSettings,
    region: Any,  # noqa: ANN401 - an output, which a dashboard takes where it takes a text
    delivery: "aws.kinesis.FirehoseDeliveryStream",
    refused: Source,
) -> list[Widget]:
    about = {"Analytics": physical_name(name)}
    today = ("Devices, each when first seen that day", "DevicesFirstSeenToday")
    month = ("Devices, each when first seen that month", "DevicesFirstSeenThisMonth")
    delivered = {"DeliveryStreamName": delivery.name}
    fresh = Line("AWS/Firehose", "DeliveryToS3.DataFreshness", delivered, "Maximum", "oldest event, in seconds")

    def line(metric: str, label: str = "") -> Line:
        return Line(NAMESPACE, metric, about, "Sum", label)

    return [
        heading(f"What users of {name} do"),
        number("Active devices, 1 day", region, [line(today[1], today[0])], 1),
        number("Active devices, 30 days", region, [line(month[1], month[0])], 30),
        number("Sessions, 1 day", region, [line("Sessions", "sessions")], 1),
        number("Events, 1 day", region, [line("Events", "events"), line("BrokenEvents", "broken")], 1),
        graph("Sessions", region, [line("Sessions", "sessions"), line(today[1], "devices first seen today")]),
        graph(
            "Events by type",
            region,
            [
                Line(NAMESPACE, "EventsByType", {**about, "EventType": each}, "Sum", each)
                for each in [*BUILT_IN, *settings.events]
            ],
        ),
        graph("Broken events", region, [line("BrokenEvents", "broken")]),
        heading("How events arrive"),
        graph("On the way into the lake", region, [fresh]),
        graph("Refused", region, [Line(*refused, "Sum", "refused")]),
    ]


def create_alarms(
    scope: Scope,
    settings: AnalyticsSettings,
    delivery: "aws.kinesis.FirehoseDeliveryStream",
    refused: Source,
    measure: Measure | None,
) -> None:
    """Create the alarms on events that do not arrive, that are broken, that wait or that are refused."""
    _create_alarm(
        scope,
        settings,
        "late",
        ("AWS/Firehose", "DeliveryToS3.DataFreshness", {"DeliveryStreamName": delivery.name}),
        alarm_description=f"{scope.name}: events are not written into the lake",
        statistic="Maximum",
        threshold=settings.buffering_seconds + _LATE_SECONDS,
    )
    _create_alarm(
        scope,
        settings,
        "broken",
        (NAMESPACE, "BrokenEvents", {"Analytics": physical_name(scope.name)}),
        alarm_description=f"{scope.name}: many events break the schema; they are kept apart in the bucket",
        statistic="Sum",
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=settings.broken_events_alarm,
        period=_BROKEN_PERIOD_SECONDS,
    )
    _create_alarm(
        scope,
        settings,
        "refused",
        refused,
        alarm_description=f"{scope.name}: more events come than are taken, and apps wait",
        statistic="Sum",
        threshold=0,
        evaluation_periods=_THROTTLED_PERIODS,
    )
    if measure is not None:
        _create_alarm(
            scope,
            settings,
            "behind",
            ("AWS/Lambda", "IteratorAge", {"FunctionName": measure.function.function_name}),
            alarm_description=f"{scope.name}: events wait for more than ten minutes to be counted",
            statistic="Maximum",
            threshold=_BEHIND_MILLISECONDS,
        )
        _create_alarm(
            scope,
            settings,
            "uncounted",
            ("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": measure.dead_letters.name}),
            alarm_description=f"{scope.name}: events were not counted for a day; they are in the lake",
            statistic="Maximum",
            threshold=0,
        )


def _create_alarm(
    scope: Scope,
    settings: AnalyticsSettings,
    role: str,
    source: Source,
    **what: Any,  # noqa: ANN401 - inputs of the alarm
) -> None:
    namespace, metric, dimensions = source
    common: dict[str, Any] = {
        "comparison_operator": "GreaterThanThreshold",
        "period": _PERIOD_SECONDS,
        "evaluation_periods": 1,
        "treat_missing_data": "notBreaching",  # nothing is published while nothing happens
        "alarm_actions": [settings.alarm_topic_arn],
        "ok_actions": [settings.alarm_topic_arn],
    }
    aws.cloudwatch.MetricAlarm(
        scope.child(role),
        namespace=namespace,
        metric_name=metric,
        dimensions=dimensions,
        region=scope.region,
        tags=scope.tags(role),
        opts=scope.options(),
        **(common | what),
    )
