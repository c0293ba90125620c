"""What a metric alarm sees now, and what CloudWatch says of it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.signals import judgement
from pulumi_aws_sandbox.runtime.signals.datapoints import Key, Metrics, Range, range_at
from pulumi_aws_sandbox.runtime.signals.expressions import calculate
from pulumi_aws_sandbox.runtime.signals.judgement import Condition
from pulumi_aws_sandbox.runtime.signals.metric_math import Series
from pulumi_aws_sandbox.runtime.signals.rules import ALARM, NO_DATA

_WORDS = {
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "GreaterThanThreshold": "greater than",
    "LessThanOrEqualToThreshold": "less than or equal to",
    "LessThanThreshold": "less than",
}
_TREATED = {"breaching": "Breaching", "notBreaching": "NonBreaching"}


@dataclass(frozen=True, slots=True)
class Sight:
    """What an evaluation comes to."""

    state: str | None
    """`None` where the state stays as it is."""
    reason: str
    data: str
    """The reason as JSON."""


def look(alarm: Any, metrics: Metrics) -> Sight:  # noqa: ANN401 - moto's own type
    """Evaluate a metric alarm at this moment."""
    condition = condition_of(alarm)
    seen = _range(alarm, condition)
    points = _points(alarm, metrics, seen)
    state = judgement.state(condition, points)
    evaluated = [(place, value) for place, value in enumerate(points) if value is not None][-condition.periods :]
    return Sight(state, _reason(condition, state, evaluated, seen), _data(alarm, condition, evaluated, seen))


def points_of(alarm: Any, metrics: Metrics) -> list[float | None]:  # noqa: ANN401 - moto's own type
    """Return the data points of an alarm's evaluation range, oldest first."""
    return _points(alarm, metrics, _range(alarm, condition_of(alarm)))


def _range(alarm: Any, condition: Condition) -> Range:  # noqa: ANN401 - moto's own type
    return range_at(clock.now(), period_of(alarm), condition.range_periods)


def _points(alarm: Any, metrics: Metrics, seen: Range) -> list[float | None]:  # noqa: ANN401 - moto's own type
    series = _series(alarm, metrics, seen)
    return [series.get(place) for place in range(seen.periods)]


def condition_of(alarm: Any) -> Condition:  # noqa: ANN401 - moto's own type
    """Return when an alarm is on."""
    periods = int(alarm.evaluation_periods)
    return Condition(
        comparison=alarm.comparison_operator,
        threshold=float(alarm.threshold),
        periods=periods,
        to_alarm=int(alarm.datapoints_to_alarm or periods),
        missing=alarm.treat_missing_data or "missing",
    )


def period_of(alarm: Any) -> int:  # noqa: ANN401 - moto's own type
    """Return how long a period of an alarm is, in seconds."""
    queries = queries_of(alarm)
    if not queries:
        return int(alarm.period)
    returned = _returned(queries)
    if returned.get("Period"):
        return int(returned["Period"])
    return max(int(each["MetricStat"]["Period"]) for each in queries if each.get("MetricStat"))


def queries_of(alarm: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - moto's own type
    """Return the queries of an alarm on metric math; none where it watches one metric."""
    return vars(alarm).get("sandbox_queries") or []


def _returned(queries: list[dict[str, Any]]) -> dict[str, Any]:
    return next(each for each in queries if each.get("ReturnData", True))


def _series(alarm: Any, metrics: Metrics, seen: Range) -> Series:  # noqa: ANN401 - moto's own type
    queries = queries_of(alarm)
    if not queries:
        key: Key = (
            alarm.namespace,
            alarm.metric_name,
            frozenset((each.name, each.value) for each in alarm.dimensions),
        )
        return metrics.series(key, alarm.extended_statistic or alarm.statistic, seen, alarm.unit)
    return _answers(queries, metrics, seen)[_returned(queries)["Id"]]


def _answers(queries: list[dict[str, Any]], metrics: Metrics, seen: Range) -> dict[str, Series]:
    """Return what each query comes to."""
    found = {each["Id"]: _stat(each["MetricStat"], metrics, seen) for each in queries if each.get("MetricStat")}
    expressions = {each["Id"]: str(each["Expression"]) for each in queries if each.get("Expression")}
    return calculate(expressions, found, seen)


def _stat(stat: dict[str, Any], metrics: Metrics, seen: Range) -> Series:
    metric = stat["Metric"]
    dimensions = frozenset((each["Name"], each["Value"]) for each in metric.get("Dimensions") or [])
    return metrics.series((metric["Namespace"], metric["MetricName"], dimensions), stat["Stat"], seen, stat.get("Unit"))


def _reason(condition: Condition, state: str | None, evaluated: list[tuple[int, float]], seen: Range) -> str:
    missing = condition.periods - len(evaluated)
    if state == NO_DATA:
        return f"Insufficient Data: {condition.periods} datapoint{_s(condition.periods)} were unknown."
    if not evaluated:
        treated = _TREATED.get(condition.missing, "")
        return (
            f"Threshold Crossed: no datapoints were received for {missing} period{_s(missing)} and {missing} missing "
            f"datapoint{_s(missing)} {'was' if missing == 1 else 'were'} treated as [{treated}]."
        )
    # CloudWatch lists the newest first.
    listed = ", ".join(f"{value} ({_short(seen, place)})" for place, value in reversed(evaluated))
    wanted = [value for _, value in evaluated if condition.is_breached(value) == (state == ALARM)]
    crossed = f"{len(wanted)} out of the last {len(evaluated)} datapoint{_s(len(evaluated))} [{listed}]"
    negation = "" if state == ALARM else "not "
    verb = "was" if len(wanted) == 1 else "were"
    needed = condition.to_alarm if state == ALARM else condition.periods - condition.to_alarm + 1
    change = "OK -> ALARM" if state == ALARM else "ALARM -> OK"
    return (
        f"Threshold Crossed: {crossed} {verb} {negation}{_WORDS[condition.comparison]} the threshold "
        f"({condition.threshold}) (minimum {needed} datapoint{_s(needed)} for {change} transition)."
    )


def _data(alarm: Any, condition: Condition, evaluated: list[tuple[int, float]], seen: Range) -> str:  # noqa: ANN401 - moto's own type
    about = {
        "version": "1.0",
        "queryDate": moment(clock.now()),
        "period": seen.period,
        "recentDatapoints": [value for _, value in evaluated],
        "threshold": condition.threshold,
        "evaluatedDatapoints": [
            {"timestamp": moment(seen.start + place * seen.period), "value": value}
            for place, value in reversed(evaluated)
        ],
    }
    if not queries_of(alarm):
        about["statistic"] = alarm.extended_statistic or alarm.statistic
    if evaluated:
        about["startDate"] = moment(seen.start + evaluated[0][0] * seen.period)
    return json.dumps(about)


def moment(seconds: float) -> str:
    """Return a time as CloudWatch writes it."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "+0000"


def _short(seen: Range, place: int) -> str:
    return f"{datetime.fromtimestamp(seen.start + place * seen.period, UTC):%d/%m/%y %H:%M:%S}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
