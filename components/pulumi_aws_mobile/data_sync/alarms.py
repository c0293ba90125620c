"""The alarms of data sync besides those of its functions."""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.scope import Scope

from .changes import Outlets
from .documents import Stored

_PERIOD_SECONDS = 300
_LATE_MILLISECONDS = 600_000
"""Ten minutes: by then a device that was told nothing has probably asked by itself."""
_THROTTLED_PERIODS = 2
"""DynamoDB throttles for a moment while a table grows into more load, and clients ask again."""


def create_alarms(
    scope: Scope, topic_arn: pulumi.Input[str], stored: Stored, stream: Function, outlets: Outlets
) -> None:
    """Create the alarms on changes that wait or failed, and on a table that refuses requests."""
    _create_alarm(
        scope,
        "behind",
        topic_arn,
        alarm_description=f"{scope.name}: changes wait for more than ten minutes to be told",
        namespace="AWS/Lambda",
        metric_name="IteratorAge",
        dimensions={"FunctionName": stream.function_name},
        statistic="Maximum",
        threshold=_LATE_MILLISECONDS,
        evaluation_periods=1,
    )
    _create_alarm(
        scope,
        "failed-changes",
        topic_arn,
        alarm_description=f"{scope.name}: changes were given up, which the queue of dead letters names",
        namespace="AWS/SQS",
        metric_name="ApproximateNumberOfMessagesVisible",
        dimensions={"QueueName": outlets.queue_name},
        statistic="Maximum",
        threshold=0,
        evaluation_periods=1,
    )
    for role, metric in (("reads-throttled", "ReadThrottleEvents"), ("writes-throttled", "WriteThrottleEvents")):
        _create_alarm(
            scope,
            role,
            topic_arn,
            alarm_description=f"{scope.name}: DynamoDB refuses requests, and devices wait",
            namespace="AWS/DynamoDB",
            metric_name=metric,
            dimensions={"TableName": stored.table_name},
            statistic="Sum",
            threshold=0,
            evaluation_periods=_THROTTLED_PERIODS,
        )


def _create_alarm(
    scope: Scope,
    role: str,
    topic_arn: pulumi.Input[str],
    **what: Any,  # noqa: ANN401 - inputs of the alarm
) -> None:
    aws.cloudwatch.MetricAlarm(
        scope.child(role),
        comparison_operator="GreaterThanThreshold",
        period=_PERIOD_SECONDS,
        treat_missing_data="notBreaching",  # nothing is published while nothing happens
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
        region=scope.region,
        tags=scope.tags(role),
        opts=scope.options(),
        **what,
    )
