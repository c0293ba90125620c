"""Checks of self-healing: an alarm goes off, and its target is put right without anybody."""

import json
from collections.abc import Iterator
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording

from .check import Check, Clients, checks_of
from .system import System

check = checks_of(System.HEALING)
_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
_HANDLER = "healing.index.handle"
_REASON = "checked by hand"


def check_healing(recording: Recording, clients: Clients) -> Iterator[Check]:
    """Check each healer by one of its alarms, one of a database if it looks after any."""
    for healer in recording.of_type("aws:lambda/function:Function"):
        if healer.inputs["handler"] != _HANDLER:
            continue
        watched = [
            alarm
            for alarm in recording.of_type(_ALARM)
            if healer.outputs["arn"] in alarm.inputs.get("alarmActions", ())
        ]
        alarm = next((each for each in watched if each.inputs.get("namespace") == "AWS/RDS"), next(iter(watched), None))
        if alarm is not None:
            claim = "puts right what an alarm tells of"
            yield check(alarm.name, claim, lambda h=healer, a=alarm: _heals(h, a, clients))


def _heals(healer: Recorded, alarm: Recorded, clients: Clients) -> tuple[bool, str]:
    """Set the alarm off, as an operator tries one out, and see what the healer wrote that it did."""
    region = str(healer.outputs["arn"]).split(":")[3]
    cloudwatch, logs = clients("cloudwatch", region), clients("logs", region)
    group = healer.inputs["loggingConfig"]["logGroup"]
    before = len(_written(logs, group))
    name = alarm.outputs["name"]
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason=_REASON)
    try:
        lines = _written(logs, group)[before:]
    finally:
        cloudwatch.set_alarm_state(AlarmName=name, StateValue="OK", StateReason=_REASON)
    did = [str(line["did"]) for line in lines if line["healing"] == "acted"]
    return len(did) == 1, "; ".join(did) or f"it did nothing: {json.dumps(lines)}"


def _written(logs: Any, group: str) -> list[dict[str, Any]]:  # noqa: ANN401 - a boto3 client
    found = logs.filter_log_events(logGroupName=group)["events"]
    return [json.loads(each["message"]) for each in found if each["message"].startswith('{"healing"')]
