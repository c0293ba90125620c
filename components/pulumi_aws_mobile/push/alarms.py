"""The alarms of push notifications besides those of the functions."""

from collections.abc import Iterable
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import PushSettings

_PERIOD_SECONDS = 300
_DAY_SECONDS = 86_400
_FAILED_PERIODS = 3
"""Apps are removed all the time, and each tells of it by a failure; a quarter of an hour of many is something else."""
_FAILED_PERCENT = 25
_THROTTLED_PERIODS = 2
"""DynamoDB throttles for a moment while a table grows into more load, and apps ask again."""
_SPENT_SHARE = 0.8


def create_alarms(  # noqa: PLR0913, PLR0917 - all that is watched
    scope: Scope,
    settings: PushSettings,
    topic_arn: pulumi.Input[str],
    table_name: pulumi.Output[str],
    applications: Iterable[tuple[str, "aws.sns.PlatformApplication"]],
    queue: "aws.sqs.Queue | None",
) -> None:
    """Create the alarms on platforms that refuse, a table that throttles, changes not told, and money spent."""
    for platform, application in applications:
        _create_failures(scope, topic_arn, platform, application)
    for role, metric in (("reads-throttled", "ReadThrottleEvents"), ("writes-throttled", "WriteThrottleEvents")):
        _create_alarm(
            scope,
            role,
            topic_arn,
            alarm_description=f"{scope.name}: DynamoDB refuses requests, and devices wait",
            namespace="AWS/DynamoDB",
            metric_name=metric,
            dimensions={"TableName": table_name},
            statistic="Sum",
            period=_PERIOD_SECONDS,
            threshold=0,
            evaluation_periods=_THROTTLED_PERIODS,
        )
    if queue is not None:
        _create_alarm(
            scope,
            "untold-changes",
            topic_arn,
            alarm_description=f"{scope.name}: devices were not told of changed data, which the queue names",
            namespace="AWS/SQS",
            metric_name="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": queue.name},
            statistic="Maximum",
            period=_PERIOD_SECONDS,
            threshold=0,
            evaluation_periods=1,
        )
    if settings.sms is not None:
        _create_alarm(
            scope,
            "sms-spent",
            topic_arn,
            alarm_description=f"{scope.name}: text messages have cost four fifths of what they may in this month",
            namespace="AWS/SNS",
            metric_name="SMSMonthToDateSpentUSD",
            statistic="Maximum",
            period=_DAY_SECONDS,
            threshold=settings.sms.monthly_spend_limit * _SPENT_SHARE,
            evaluation_periods=1,
        )


def _create_failures(
    scope: Scope, topic_arn: pulumi.Input[str], platform: str, application: "aws.sns.PlatformApplication"
) -> None:
    """Create the alarm on a platform that refuses many messages, such as for credentials that ended."""
    # SNS calls an application by what its ARN has behind the account.
    dimensions = {"Application": application.arn.apply(lambda arn: arn.split(":", 5)[5].rpartition("/")[2])}
    dimensions["Platform"] = application.platform

    def metric(name: str) -> dict[str, Any]:
        return {
            "namespace": "AWS/SNS",
            "metric_name": name,
            "dimensions": dimensions,
            "period": _PERIOD_SECONDS,
            "stat": "Sum",
        }

    _create_alarm(
        scope,
        f"{platform.replace('_', '-')}-failed",
        topic_arn,
        alarm_description=f"{scope.name}: {_called(platform)} refuses a quarter of the messages",
        metric_queries=[
            {"id": "failed", "metric": metric("NumberOfNotificationsFailed")},
            {"id": "delivered", "metric": metric("NumberOfNotificationsDelivered")},
            {
                "id": "percent",
                "expression": "100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(delivered, 0))",
                "label": "Messages that failed, in percent",
                "return_data": True,
            },
        ],
        threshold=_FAILED_PERCENT,
        evaluation_periods=_FAILED_PERIODS,
    )


def _called(platform: str) -> str:
    """Return what people call a platform."""
    return {"apns": "APNs", "apns_sandbox": "APNs' sandbox", "fcm": "FCM", "adm": "ADM"}[platform]


def _create_alarm(
    scope: Scope,
    role: str,
    topic_arn: pulumi.Input[str],
    **what: Any,  # noqa: ANN401 - inputs of the alarm
) -> None:
    aws.cloudwatch.MetricAlarm(
        scope.child(role),
        comparison_operator="GreaterThanThreshold",
        treat_missing_data="notBreaching",  # nothing is published while nothing happens
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
        region=scope.region,
        tags=scope.tags(role),
        opts=scope.options(),
        **what,
    )
