"""Somebody hears of an alarm."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import ALARMS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    enabled = resource.flag("actionsEnabled")
    if enabled is UNKNOWN:
        yield Undecided("actionsEnabled")
    elif enabled is False:
        yield Problem("actionsEnabled", enabled, "true", "leave it out, or the alarm tells nobody")
    yield from expect.given(
        resource, "alarmActions", "one action or more", "name a topic, a function or a scaling policy"
    )


RULE = Rule(
    id="alarm-actions",
    description="An alarm has an action.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=ALARMS,
    frameworks=("FSBP CloudWatch.15", "FSBP CloudWatch.17", "CKV_AWS_319"),
    remediation="Add the ARN of a topic to alarmActions and leave actionsEnabled out.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15",
    check=_check,
)
