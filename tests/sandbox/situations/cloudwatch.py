"""Situations of cloudwatch."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _log_group(world: World) -> tuple[Inputs, Inputs]:
    return {"retentionInDays": 30, "tags": TAGS}, {"retentionInDays": 365, "kmsKeyId": world.key(), "tags": OTHER_TAGS}


def _alarm(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "metricName": "CPUUtilization",
        "namespace": "AWS/RDS",
        "statistic": "Average",
        "period": 60,
        "evaluationPeriods": 5,
        "threshold": 80,
        "comparisonOperator": "GreaterThanThreshold",
        "dimensions": {"DBInstanceIdentifier": "db"},
        "alarmActions": [world.topic()],
        "treatMissingData": "breaching",
        "tags": TAGS,
    }
    return first, {**first, "threshold": 90.5, "evaluationPeriods": 3, "tags": OTHER_TAGS}


def _composite(world: World) -> tuple[Inputs, Inputs]:
    first, _ = _alarm(world)
    one, two = (world.make("aws:cloudwatch/metricAlarm:MetricAlarm", first)["name"] for _ in range(2))
    begun = {
        "alarmName": "both",
        "alarmRule": f"ALARM({one}) AND ALARM({two})",
        "alarmActions": [world.topic()],
        "tags": TAGS,
    }
    suppressor = {"alarm": two, "extensionPeriod": 300, "waitPeriod": 120}
    return begun, {**begun, "alarmRule": f"ALARM({one})", "actionsSuppressor": suppressor, "tags": OTHER_TAGS}


def _dashboard(world: World) -> tuple[Inputs, Inputs]:
    del world
    one, two = (
        json.dumps({"widgets": [{"type": "text", "width": 6, "height": 2, "properties": {"markdown": text}}]})
        for text in ("one", "two")
    )
    return {"dashboardName": "service", "dashboardBody": one}, {"dashboardName": "service", "dashboardBody": two}


def _log_stream(world: World) -> tuple[Inputs, None]:
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {"name": "deliveries"})["name"]
    return {"logGroupName": group, "name": "errors"}, None


SITUATIONS: dict[str, Situation] = {
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": _composite,
    "aws:cloudwatch/dashboard:Dashboard": _dashboard,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cloudwatch/logStream:LogStream": _log_stream,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
}
