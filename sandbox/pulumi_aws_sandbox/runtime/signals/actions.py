"""What alarms do: they invoke functions and publish to topics that let them, and tell each as CloudWatch does.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, functions, regions
from pulumi_aws_sandbox.runtime.functions import FunctionFailedError
from pulumi_aws_sandbox.runtime.signals import topics, watching
from pulumi_aws_sandbox.runtime.signals.rules import ALARM, NO_DATA

LAMBDA_SERVICE = "lambda.alarms.cloudwatch.amazonaws.com"
"""Who invokes a function for an alarm."""
SERVICE = "cloudwatch.amazonaws.com"
"""Who publishes for an alarm."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action that was performed."""

    arn: str
    error: str | None = None
    """Why it failed."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of an alarm's state."""

    region: str
    alarm: Any
    before: str
    previous_at: str
    """When the state before began."""


def perform(transition: Transition) -> tuple[Action, ...]:
    """Perform the actions of an alarm's new state, unless they are switched off."""
    alarm = transition.alarm
    if not alarm.actions_enabled:
        return ()
    by_state = {ALARM: alarm.alarm_actions, NO_DATA: alarm.insufficient_data_actions}
    listed = by_state.get(alarm.state_value, alarm.ok_actions) or []
    return tuple(_perform(transition, arn) for arn in listed)


def _perform(transition: Transition, arn: str) -> Action:
    service, region = arn.split(":")[2:4]
    try:
        if region:
            regions.require(region)
        if service == "lambda":
            functions.hand_over(
                region,
                arn,
                lambda_event(transition),
                as_service=LAMBDA_SERVICE,
                source_arn=transition.alarm.alarm_arn,
            )
        elif service == "sns":
            subject, message = _notice(transition)
            topics.publish(arn, subject, message, as_service=SERVICE, source_arn=transition.alarm.alarm_arn)
        else:
            return Action(arn, f"the sandbox performs no actions of {service}")
    except (FunctionFailedError, topics.NotPublishedError, regions.UnreachableError) as error:
        return Action(arn, str(error))
    return Action(arn)


def lambda_event(transition: Transition) -> dict[str, Any]:
    """Return what CloudWatch tells a function."""
    alarm = transition.alarm
    now = watching.moment(clock.now())
    earlier = alarm.history[-1] if alarm.history else ("StateUpdate", "", "{}", transition.before, None)
    state: dict[str, Any] = {"value": alarm.state_value, "reason": alarm.state_reason, "timestamp": now}
    previous = {"value": transition.before, "reason": earlier[1], "timestamp": transition.previous_at or now}
    if alarm.rule is None:
        state["reasonData"] = alarm.state_reason_data
        previous["reasonData"] = earlier[2]
    return {
        "source": "aws.cloudwatch",
        "alarmArn": alarm.alarm_arn,
        "accountId": ACCOUNT,
        "time": now,
        "region": transition.region,
        "alarmData": {
            "alarmName": alarm.name,
            "state": state,
            "previousState": previous,
            "configuration": _configuration(alarm),
        },
    }


def _configuration(alarm: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own type
    about: dict[str, Any] = {"description": alarm.description} if alarm.description else {}
    if alarm.rule is not None:
        about["alarmRule"] = alarm.rule
        suppressor = {
            "actionsSuppressor": vars(alarm).get("actions_suppressor"),
            "actionsSuppressorExtensionPeriod": vars(alarm).get("actions_suppressor_extension_period"),
            "actionsSuppressorWaitPeriod": vars(alarm).get("actions_suppressor_wait_period"),
        }
        return about | {name: value for name, value in suppressor.items() if value is not None}
    queries = watching.queries_of(alarm) or [
        {
            "Id": alarm.name,
            "MetricStat": {
                "Metric": {
                    "Namespace": alarm.namespace,
                    "MetricName": alarm.metric_name,
                    "Dimensions": [{"Name": each.name, "Value": each.value} for each in alarm.dimensions],
                },
                "Period": alarm.period,
                "Stat": alarm.extended_statistic or alarm.statistic,
                **({"Unit": alarm.unit} if alarm.unit else {}),
            },
        }
    ]
    return about | {"metrics": [_metric(each) for each in queries]}


def _metric(query: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"id": query["Id"], "returnData": bool(query.get("ReturnData", True))}
    if query.get("Expression"):
        return described | {"expression": query["Expression"], "label": query.get("Label") or query["Id"]}
    stat, metric = query["MetricStat"], query["MetricStat"]["Metric"]
    dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions") or []}
    unit = {"unit": stat["Unit"]} if stat.get("Unit") else {}
    about = {"namespace": metric["Namespace"], "name": metric["MetricName"], "dimensions": dimensions}
    return described | {"metricStat": {"metric": about, "period": stat["Period"], "stat": stat["Stat"], **unit}}


def _notice(transition: Transition) -> tuple[str, str]:
    """Return the subject and the message for a topic."""
    alarm = transition.alarm
    subject = f'{alarm.state_value}: "{alarm.name}" in {transition.region}'
    message: dict[str, Any] = {
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": ACCOUNT,
        "AlarmConfigurationUpdatedTimestamp": _written(alarm.configuration_updated_timestamp),
        "NewStateValue": alarm.state_value,
        "NewStateReason": alarm.state_reason,
        "StateChangeTime": watching.moment(clock.now()),
        "Region": transition.region,
        "AlarmArn": alarm.alarm_arn,
        "OldStateValue": transition.before,
        "OKActions": alarm.ok_actions,
        "AlarmActions": alarm.alarm_actions,
        "InsufficientDataActions": alarm.insufficient_data_actions,
    }
    if alarm.rule is not None:
        return subject, json.dumps(message | {"AlarmRule": alarm.rule})
    condition = watching.condition_of(alarm)
    trigger: dict[str, Any] = {
        "Period": watching.period_of(alarm),
        "EvaluationPeriods": condition.periods,
        "DatapointsToAlarm": condition.to_alarm,
        "ComparisonOperator": condition.comparison,
        "Threshold": condition.threshold,
        "TreatMissingData": condition.missing,
        "EvaluateLowSampleCountPercentile": alarm.evaluate_low_sample_count_percentile or "",
    }
    if watching.queries_of(alarm):
        trigger["Metrics"] = watching.queries_of(alarm)
    else:
        trigger |= {
            "MetricName": alarm.metric_name,
            "Namespace": alarm.namespace,
            "StatisticType": "ExtendedStatistic" if alarm.extended_statistic else "Statistic",
            "Statistic": alarm.extended_statistic or alarm.statistic.upper(),
            "Unit": alarm.unit,
            "Dimensions": [{"value": each.value, "name": each.name} for each in alarm.dimensions],
        }
    return subject, json.dumps(message | {"Trigger": trigger})


def _written(at: datetime) -> str:
    return watching.moment((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
