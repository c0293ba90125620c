"""Situations of cloudwatch."""

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


SITUATIONS: dict[str, Situation] = {
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
}
