"""Somebody hears of an alarm."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import ALARMS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    # What only feeds a composite alarm is told by that one, once and not once for each cause.
    composed = stack.join(ALARMS, "alarmRule", ALARMS)
    for alarm in stack.of(ALARMS):
        yield from _enabled(alarm)
        if not alarm.has("alarmActions") and not composed.holders(alarm):
            fix = "name a topic, a function or a scaling policy"
            yield Problem("alarmActions", None, "one action or more", fix, alarm)


def _enabled(alarm: Resource) -> Iterator[Answer]:
    enabled = alarm.flag("actionsEnabled")
    if enabled is UNKNOWN:
        yield Undecided("actionsEnabled", alarm)
    elif enabled is False:
        yield Problem("actionsEnabled", enabled, "true", "leave it out, or the alarm tells nobody", alarm)


RULE = StackRule(
    id="alarm-actions",
    pack=Pack.RESILIENCE,
    description="An alarm has an action, or is part of a composite alarm.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=ALARMS,
    frameworks=("CloudWatch.15", "CloudWatch.17", "CKV_AWS_319"),
    remediation="Add the ARN of a topic to alarmActions and leave actionsEnabled out.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15",
    check=_check,
)
