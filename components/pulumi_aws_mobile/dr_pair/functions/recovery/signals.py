"""CloudWatch and SNS: what the pair's alarms say, what is counted, and who is told. All in the runbook's own Region."""

from collections.abc import Iterable, Mapping
from typing import Any

from .clients import call
from .effects import FailedError
from .plan import RECOVERY, Plan

_REACHABLE = "PrimaryReachable"
_TRAFFIC = "TrafficToRecovery"
_STEP = "Step"
_OWN_TIME = "OwnMilliseconds"
_MOST_METRICS = 500


def alarm_state(plan: Plan, name: str) -> str:
    """Return the state of an alarm; raise `FailedError` where there is none."""
    found = call("cloudwatch", plan.home, "describe_alarms", AlarmNames=[name], AlarmTypes=["MetricAlarm"])
    for each in found["MetricAlarms"]:
        return str(each["StateValue"])
    message = f"there is no alarm {name} in {plan.home}"
    raise FailedError(message)


def put_reachable(plan: Plan, *, is_reachable: bool) -> None:
    """Say whether the primary site answers."""
    _put(plan, [_datum(plan, _REACHABLE, int(is_reachable))])


def put_traffic(plan: Plan, site: str) -> None:
    """Say which site clients are led to."""
    _put(plan, [_datum(plan, _TRAFFIC, int(site == RECOVERY))])


def put_counts(plan: Plan, counts: Mapping[tuple[str, str], int], own_milliseconds: int) -> None:
    """Count what steps came to, and how long the runbook itself took."""
    data = [
        _datum(plan, _STEP, count, {"Step": step, "Result": result}, "Count")
        for (step, result), count in counts.items()
    ]
    _put(plan, [*data, _datum(plan, _OWN_TIME, own_milliseconds, unit="Milliseconds")])


def publish(plan: Plan, subject: str, text: str) -> None:
    """Tell the topic."""
    call("sns", plan.home, "publish", TopicArn=plan.topic_arn, Subject=subject, Message=text)


def _put(plan: Plan, data: Iterable[Mapping[str, Any]]) -> None:
    every = list(data)[:_MOST_METRICS]
    call("cloudwatch", plan.home, "put_metric_data", Namespace=plan.namespace, MetricData=every)


def _datum(
    plan: Plan, name: str, value: int, more: Mapping[str, str] | None = None, unit: str = "None"
) -> dict[str, Any]:
    dimensions = [{"Name": key, "Value": each} for key, each in {**plan.dimensions, **(more or {})}.items()]
    return {"MetricName": name, "Dimensions": dimensions, "Value": value, "Unit": unit}
