"""The alarms of an API."""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import Alarms

_PERIOD_SECONDS = 300


def create_alarms(
    scope: Scope, alarms: Alarms, rest_api: "aws.apigateway.RestApi", stage: "aws.apigateway.Stage"
) -> None:
    """Create an alarm for answers that are failures and one for answers that are late."""
    dimensions: dict[str, pulumi.Input[str]] = {"ApiName": rest_api.name, "Stage": stage.stage_name}
    _create_alarm(
        scope,
        "server-errors",
        alarms,
        alarm_description=f"{alarms.server_errors_percent:g} % or more of the API {scope.name}'s answers are failures",
        dimensions=dimensions,
        metric_name="5XXError",
        statistic="Average",
        threshold=alarms.server_errors_percent / 100,
        evaluation_periods=1,
    )
    _create_alarm(
        scope,
        "latency",
        alarms,
        alarm_description=f"1 % of the API {scope.name}'s answers take {alarms.latency_milliseconds} ms or more",
        dimensions=dimensions,
        metric_name="Latency",
        extended_statistic="p99",
        threshold=alarms.latency_milliseconds,
        evaluation_periods=3,
    )


def _create_alarm(
    scope: Scope,
    role: str,
    alarms: Alarms,
    *,
    dimensions: dict[str, pulumi.Input[str]],
    **what: Any,  # noqa: ANN401 - inputs of the alarm
) -> None:
    aws.cloudwatch.MetricAlarm(
        scope.child(role),
        namespace="AWS/ApiGateway",
        comparison_operator="GreaterThanOrEqualToThreshold",
        period=_PERIOD_SECONDS,
        dimensions=dimensions,
        treat_missing_data="notBreaching",  # API Gateway publishes nothing while nobody calls
        alarm_actions=[alarms.topic_arn],
        ok_actions=[alarms.topic_arn],
        region=scope.region,
        tags=scope.tags(role),
        opts=scope.options(),
        **what,
    )
