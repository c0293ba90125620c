"""Alarms: their states follow from the data points that CloudWatch has, and a change of state acts.

Alarms of a Region that is cut are not evaluated, and keep their state.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.signals import actions, rules, watching
from pulumi_aws_sandbox.runtime.signals.actions import Action, Transition
from pulumi_aws_sandbox.runtime.signals.datapoints import Metrics
from pulumi_aws_sandbox.runtime.signals.rules import ALARM


@dataclass(frozen=True, slots=True)
class Change:
    """An alarm that changed its state, or whose actions had waited for another alarm."""

    region: str
    name: str
    before: str
    after: str
    reason: str
    at: float
    actions: tuple[Action, ...]
    """What was done, and how it went."""


@dataclass(slots=True)
class _Composite:
    """What is remembered of a composite alarm that another one may suppress."""

    announced: str
    """The state that its actions were last performed for."""
    waits_since: float | None = None
    """When it changed to a state that was not announced yet."""
    suppressor_rang: bool = False
    quiet_since: float | None = None
    """When the suppressor ended."""
    pending: Transition | None = None


def evaluate() -> list[Change]:
    """Evaluate every alarm of every Region that is not cut, and act; return what changed, in that order."""
    changes: list[Change] = []
    for region, backend in _regions():
        alarms = list(backend.alarms.values())
        watched = [each for each in alarms if each.rule is None]
        if watched:
            metrics = Metrics(region)
            changes += [change for each in watched for change in _evaluate_metric(region, each, metrics)]
        changes += _evaluate_composites(region, backend)
    return changes


def states() -> dict[tuple[str, str], str]:
    """Return the state of every alarm by Region and name, of Regions that are cut too."""
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    return {
        (region, alarm.name): alarm.state_value
        for region, backend in list(cloudwatch_backends[ACCOUNT].items())
        for alarm in backend.alarms.values()
    }


def acted_by_hand(region: str, alarm: Any, before: str | None) -> None:  # noqa: ANN401 - moto's own type
    """Perform the actions of an alarm whose state was set by SetAlarmState."""
    if alarm is None or before is None:
        return
    alarm.state_updated_timestamp = clock.today()
    if before != alarm.state_value:
        transition = Transition(region, alarm, before, "")
        _perform(transition)
        if alarm.rule is None:
            for other_region, backend in _regions():
                if other_region == region:
                    _evaluate_composites(region, backend)


def _regions() -> Iterator[tuple[str, Any]]:
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    for region, backend in list(cloudwatch_backends[ACCOUNT].items()):
        if not regions.is_cut(region):
            yield region, backend


def _evaluate_metric(region: str, alarm: Any, metrics: Metrics) -> Iterator[Change]:  # noqa: ANN401 - moto's own type
    sight = watching.look(alarm, metrics)
    before = alarm.state_value
    if sight.state is None or sight.state == before:
        return
    previous = _set(alarm, sight.state, sight.reason, sight.data)
    performed = _perform(Transition(region, alarm, before, previous))
    yield Change(region, alarm.name, before, sight.state, sight.reason, clock.now(), performed)


def _set(alarm: Any, state: str, reason: str, data: str) -> str:  # noqa: ANN401 - moto's own type
    """Give an alarm a state; return when it got the one before."""
    previous = alarm.state_updated_timestamp
    alarm.update_state(reason, data, state)
    alarm.state_updated_timestamp = clock.today()
    return previous.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"


def _evaluate_composites(region: str, backend: Any) -> list[Change]:  # noqa: ANN401 - moto's own type
    """Evaluate alarms over alarms until nothing changes any more, since some of them ask others."""
    composites = [each for each in backend.alarms.values() if each.rule is not None]
    changes: list[Change] = []
    for _ in composites:
        found = [change for each in composites for change in _evaluate_composite(region, backend, each)]
        changes += found
        if not found:
            break
    for each in composites:
        changes += _settle(region, backend, each)
    return changes


def _evaluate_composite(region: str, backend: Any, alarm: Any) -> Iterator[Change]:  # noqa: ANN401 - moto's own types
    def state_of(name: str) -> str:
        found = backend.alarms.get(name.rsplit(":alarm:", 1)[-1])
        return "" if found is None else found.state_value

    rule = rules.parse(alarm.rule)
    before, after = alarm.state_value, ALARM if rule.holds(state_of) else rules.OK
    if before == after:
        return
    reason = f"{alarm.alarm_arn} transitioned to {after}: {alarm.rule}"
    previous = _set(alarm, after, reason, "{}")
    transition = Transition(region, alarm, before, previous)
    performed: tuple[Action, ...] = ()
    if _suppressor(alarm) is None:
        performed = _perform(transition)
    else:
        memory = _memory(alarm, before)
        memory.pending, memory.waits_since = transition, clock.now()
    yield Change(region, alarm.name, before, after, reason, clock.now(), performed)


def _settle(region: str, backend: Any, alarm: Any) -> Iterator[Change]:  # noqa: ANN401 - moto's own types
    """Perform what a suppressor held back, once it no longer does.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
    """
    name = _suppressor(alarm)
    if name is None:
        return
    memory, now = _memory(alarm, alarm.state_value), clock.now()
    suppressor = backend.alarms.get(name)
    rings = suppressor is not None and suppressor.state_value == ALARM
    if memory.suppressor_rang and not rings:
        memory.quiet_since = now
    memory.suppressor_rang = rings
    by = _suppressed_by(alarm, memory, rings=rings, now=now)
    alarm.actions_suppressed_by, alarm.actions_suppressed_reason = by, (f"{name} suppresses them" if by else None)
    if memory.pending is None or by is not None:
        return
    transition, memory.pending = memory.pending, None
    if memory.announced == alarm.state_value:
        return
    memory.announced = alarm.state_value
    performed = _perform(transition)
    if memory.waits_since != now:
        yield Change(region, alarm.name, transition.before, alarm.state_value, alarm.state_reason, now, performed)


def _suppressed_by(alarm: Any, memory: _Composite, *, rings: bool, now: float) -> str | None:  # noqa: ANN401 - moto's own type
    if rings:
        return "Alarm"
    extension = float(alarm.actions_suppressor_extension_period or 0)
    if memory.quiet_since is not None and now < memory.quiet_since + extension:
        return "ExtensionPeriod"
    wait = float(alarm.actions_suppressor_wait_period or 0)
    waits = memory.pending is not None and memory.waits_since is not None and alarm.state_value == ALARM
    if waits and memory.quiet_since is None and now < (memory.waits_since or now) + wait:
        return "WaitPeriod"
    return None


def _suppressor(alarm: Any) -> str | None:  # noqa: ANN401 - moto's own type
    name = vars(alarm).get("actions_suppressor")
    return name.rsplit(":alarm:", 1)[-1] if name else None


def _memory(alarm: Any, state: str) -> _Composite:  # noqa: ANN401 - moto's own type
    if "sandbox_signals" not in vars(alarm):
        alarm.sandbox_signals = _Composite(announced=state)
    return alarm.sandbox_signals


def _perform(transition: Transition) -> tuple[Action, ...]:
    performed: tuple[Action, ...] = ()
    with suppress(regions.UnreachableError):
        performed = actions.perform(transition)
    return performed
