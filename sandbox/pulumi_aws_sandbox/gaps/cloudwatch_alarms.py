"""Alarms that know nothing until they were evaluated, and keep their state when they are put again; composite alarms.

What they see and do is in `runtime.signals`.
"""

from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace

_COMPARISONS = (
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanThreshold",
)
_MISSING = ("breaching", "ignore", "missing", "notBreaching")
_SHORT = (10, 20, 30)
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_LONGEST_SECONDS = 7 * _DAY
_MOST_ACTIONS = 5
_SUPPRESSOR = ("ActionsSuppressor", "ActionsSuppressorExtensionPeriod", "ActionsSuppressorWaitPeriod")
_NO_DATA = "INSUFFICIENT_DATA"


def fill() -> None:
    """Teach moto's alarms."""
    from moto.cloudwatch.models import CloudWatchBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.cloudwatch.responses import CloudWatchResponse  # noqa: PLC0415 - as above

    replace(CloudWatchResponse, "put_metric_alarm", _putting)
    replace(CloudWatchResponse, "put_composite_alarm", lambda _: _put_composite)
    replace(CloudWatchResponse, "describe_alarms", lambda _: _describe)
    replace(CloudWatchResponse, "set_alarm_state", _setting)
    replace(CloudWatchBackend, "delete_alarms", _deleting)


def _putting(original: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = {name: self._get_param(name) for name in _CHECKED}
        _check(given)
        alarms, name = self.cloudwatch_backend.alarms, self._get_param("AlarmName")
        before = alarms.get(name)
        if before is not None and before.rule is not None:
            _refuse(f"{name} is a composite alarm")
        answer = original(self)
        alarm = alarms[name]
        # moto keeps a part of each query; here is all of it.
        alarm.sandbox_queries = alarm.metrics = given["Metrics"] or []
        alarm.treat_missing_data = alarm.treat_missing_data or "missing"
        _keep_state(before, alarm)
        return answer

    return put


def _keep_state(before: Any, alarm: Any) -> None:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.runtime import clock  # noqa: PLC0415 - needs what this package offers

    alarm.configuration_updated_timestamp = clock.today()
    if before is None:
        alarm.state_value, alarm.state_updated_timestamp = _NO_DATA, clock.today()
        return
    for name in ("state_value", "state_reason", "state_reason_data", "state_updated_timestamp", "history"):
        setattr(alarm, name, getattr(before, name))
    if "sandbox_signals" in vars(before):
        alarm.sandbox_signals = before.sandbox_signals


def _put_composite(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - loaded by now

    from pulumi_aws_sandbox.runtime.signals import rules  # noqa: PLC0415 - needs what this package offers

    name, text = self._get_param("AlarmName"), self._get_param("AlarmRule")
    backend = self.cloudwatch_backend
    before = backend.alarms.get(name)
    if before is not None and before.rule is None:
        _refuse(f"{name} is a metric alarm")
    try:
        rule = rules.parse(text)
    except ValueError as error:
        _refuse(f"AlarmRule: {error}")
    known = {each for alarm in backend.alarms.values() for each in (alarm.name, alarm.alarm_arn)}
    own = {name, f":alarm:{name}"}
    for each in sorted(rule.alarms):
        if each in own or each.endswith(f":alarm:{name}"):
            _refuse(f"AlarmRule: {name} depends on itself")
        if each not in known:
            _refuse(f"AlarmRule: the alarm {each} does not exist")
    actions = {key: self._get_param(key) or [] for key in _ACTIONS}
    _check_actions(actions)
    enabled = self._get_bool_param("ActionsEnabled")
    backend.put_metric_alarm(
        name=name,
        namespace=None,
        metric_name=None,
        comparison_operator=None,
        evaluation_periods=None,
        period=None,
        threshold=None,
        statistic=None,
        description=self._get_param("AlarmDescription"),
        dimensions=[],
        alarm_actions=actions["AlarmActions"],
        ok_actions=actions["OKActions"],
        insufficient_data_actions=actions["InsufficientDataActions"],
        actions_enabled=True if enabled is None else enabled,
        rule=text,
        tags=self._get_param("Tags") or [],
    )
    alarm = backend.alarms[name]
    suppressor = {key: self._get_param(key) for key in _SUPPRESSOR}
    alarm.actions_suppressor = suppressor["ActionsSuppressor"]
    alarm.actions_suppressor_extension_period = suppressor["ActionsSuppressorExtensionPeriod"]
    alarm.actions_suppressor_wait_period = suppressor["ActionsSuppressorWaitPeriod"]
    alarm.alarm_rule = text
    _keep_state(before, alarm)
    return EmptyResult()


_ACTIONS = ("AlarmActions", "InsufficientDataActions", "OKActions")
_CHECKED = (
    *_ACTIONS,
    "ComparisonOperator",
    "DatapointsToAlarm",
    "EvaluationPeriods",
    "ExtendedStatistic",
    "MetricName",
    "Metrics",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
)


def _check(given: dict[str, Any]) -> None:
    """Refuse what CloudWatch refuses of a metric alarm."""
    queries, periods = given["Metrics"], given["EvaluationPeriods"] or 0
    if bool(queries) == bool(given["MetricName"]):
        _refuse("either a metric or Metrics must be given, and not both")
    if periods < 1:
        _refuse(f"EvaluationPeriods must be at least 1; got {periods}")
    if given["DatapointsToAlarm"] is not None and not 1 <= given["DatapointsToAlarm"] <= periods:
        _refuse(f"DatapointsToAlarm must be from 1 to EvaluationPeriods ({periods}); got {given['DatapointsToAlarm']}")
    if given["ComparisonOperator"] not in _COMPARISONS:
        _refuse(f"the sandbox has no comparison {given['ComparisonOperator']}; it has {', '.join(_COMPARISONS)}")
    if given["Threshold"] is None:
        _refuse("Threshold must be given")
    if (given["TreatMissingData"] or "missing") not in _MISSING:
        _refuse(f"TreatMissingData must be one of {', '.join(_MISSING)}; got {given['TreatMissingData']}")
    if queries:
        period = _check_queries(queries)
    else:
        period = given["Period"]
        if bool(given["Statistic"]) == bool(given["ExtendedStatistic"]):
            _refuse("either Statistic or ExtendedStatistic must be given, and not both")
    _check_period(period, periods)
    _check_actions({name: given[name] or [] for name in _ACTIONS})


def _check_queries(queries: list[dict[str, Any]]) -> int:
    """Return the period of the query that an alarm watches."""
    from pulumi_aws_sandbox.runtime.signals import metric_math  # noqa: PLC0415 - needs what this package offers

    # moto reads what is not given as true.
    returned = [each for each in queries if each.get("ReturnData", True)]
    if len(returned) != 1:
        _refuse(f"exactly one element of Metrics must return data; got {len(returned)}")
    ids = [each["Id"] for each in queries]
    if len(set(ids)) != len(ids):
        _refuse(f"the ids of Metrics must differ; got {', '.join(ids)}")
    for each in queries:
        if bool(each.get("Expression")) == bool(each.get("MetricStat")):
            _refuse(f"{each['Id']}: either Expression or MetricStat must be given, and not both")
        if each.get("Expression"):
            try:
                used = metric_math.parse(each["Expression"]).names
            except ValueError as error:
                _refuse(f"{each['Id']}: {error}")
            unknown = sorted(name for name in used if name not in ids and name != "METRICS")
            if unknown:
                _refuse(f"{each['Id']}: nothing has the id {', '.join(unknown)}")
    stats = [each["MetricStat"]["Period"] for each in queries if each.get("MetricStat")]
    if not stats:
        _refuse("Metrics must have at least one metric")
    return returned[0].get("Period") or max(stats)


def _check_period(period: int | None, periods: int) -> None:
    if period is None or not (period in _SHORT or (period > 0 and period % _MINUTE == 0)):
        _refuse(f"Period must be 10, 20, 30 or a multiple of 60; got {period}")
    longest = _DAY if period < _HOUR else _LONGEST_SECONDS
    if period * periods > longest:
        _refuse(f"EvaluationPeriods times Period must be at most {longest} seconds; got {period * periods}")


def _check_actions(actions: dict[str, list[str]]) -> None:
    for name, listed in actions.items():
        if len(listed) > _MOST_ACTIONS:
            _refuse(f"{name} has at most {_MOST_ACTIONS} actions; got {len(listed)}")
        for each in listed:
            if not each.startswith("arn:"):
                _refuse(f"{name}: {each} is no ARN")


def _describe(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

    names, prefix = self._get_param("AlarmNames") or [], self._get_param("AlarmNamePrefix")
    state, action = self._get_param("StateValue"), self._get_param("ActionPrefix")
    if names and prefix:
        _refuse("AlarmNames and AlarmNamePrefix cannot both be given")
    found = [
        each
        # A list first: a server makes alarms for others meanwhile.
        for each in list(self.cloudwatch_backend.alarms.values())
        if (not names or each.name in names)
        and (not prefix or each.name.startswith(prefix))
        and (not state or each.state_value == state)
        and (not action or any(one.startswith(action) for one in each.alarm_actions))
    ]
    # Without the types that are wanted it is metric alarms only.
    kinds = self._get_param("AlarmTypes") or ["MetricAlarm"]
    metric = [each for each in found if each.rule is None] if "MetricAlarm" in kinds else []
    composite = [each for each in found if each.rule is not None] if "CompositeAlarm" in kinds else []
    return ActionResult({"MetricAlarms": metric, "CompositeAlarms": composite})


def _setting(original: Callable[..., Any]) -> Callable[..., Any]:
    """Let a state that is set by hand act as any other; the next evaluation sets it right again."""

    def set_state(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime.signals import alarms  # noqa: PLC0415 - needs what this package offers

        alarm = self.cloudwatch_backend.alarms.get(self._get_param("AlarmName"))
        before = alarm.state_value if alarm is not None else None
        answer = original(self)
        alarms.acted_by_hand(self.region, alarm, before)
        return answer

    return set_state


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, alarm_names: list[str]) -> None:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime.signals import rules  # noqa: PLC0415 - needs what this package offers

        for alarm in self.alarms.values():
            if alarm.rule is None or alarm.name in alarm_names:
                continue
            used = {each.rsplit(":alarm:", 1)[-1] for each in rules.parse(alarm.rule).alarms}
            for name in alarm_names:
                if name in used:
                    _refuse(f"the alarm {name} is used by the composite alarm {alarm.name}")
        for name in alarm_names:
            if name in self.alarms:
                self.tagger.delete_all_tags_for_resource(self.alarms[name].alarm_arn)
        original(self, alarm_names)

    return delete


def _refuse(reason: str) -> NoReturn:
    from moto.cloudwatch.exceptions import ValidationError  # noqa: PLC0415 - loaded by now

    raise ValidationError(reason)
