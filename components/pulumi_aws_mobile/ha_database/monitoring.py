"""What is measured and when an alarm sounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems

from .choices import DatabaseEngine, DatabaseInsights
from .instance_classes import has_insights, most_connections

_ADVANCED_DAYS = 465
_STANDARD_DAYS = 7


@dataclass(frozen=True, slots=True)
class MonitoringSettings:
    """Enhanced Monitoring and Database Insights."""

    interval_seconds: int
    insights: DatabaseInsights
    insights_retention_days: int


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """The thresholds and the topic."""

    topic_arn: pulumi.Input[str] | None
    cpu_percent: int
    free_storage_percent: int
    connections: int | None
    """A threshold for every instance; none means 80 % of what each one's class allows."""
    replica_lag_seconds: int


def resolve_monitoring(
    values: Mapping[str, Any], instance_class: str, engine: DatabaseEngine, problems: Problems
) -> MonitoringSettings:
    """Return what is measured; note insights that the class or the retention time rules out."""
    available = has_insights(instance_class, engine)
    insights: DatabaseInsights = values.get(
        "insights", DatabaseInsights.STANDARD if available else DatabaseInsights.OFF
    )
    if insights is not DatabaseInsights.OFF and not available:
        problems.add(
            "monitoring.insights",
            insights.value,
            f"off, for {instance_class} with {engine.value}, which has no Performance Insights",
            "remove it, or choose a class of size medium or larger",
        )
    days: int = values.get(
        "insights_retention_days", _ADVANCED_DAYS if insights is DatabaseInsights.ADVANCED else _STANDARD_DAYS
    )
    if insights is DatabaseInsights.ADVANCED and days < _ADVANCED_DAYS:
        problems.add(
            "monitoring.insights_retention_days",
            days,
            f"at least {_ADVANCED_DAYS} days, with advanced insights",
            f"remove it, or choose {_ADVANCED_DAYS}",
        )
    return MonitoringSettings(values.get("interval_seconds", 60), insights, days)


def resolve_alarms(values: Mapping[str, Any]) -> AlarmSettings | None:
    """Return the thresholds, or none without alarms."""
    if not values.get("enabled", True):
        return None
    return AlarmSettings(
        topic_arn=values.get("topic_arn"),
        cpu_percent=values.get("cpu_percent", 80),
        free_storage_percent=values.get("free_storage_percent", 10),
        connections=values.get("connections"),
        replica_lag_seconds=values.get("replica_lag_seconds", 60),
    )


def connections_threshold(
    alarms: AlarmSettings, instance_class: str, engine: DatabaseEngine, parameters: Mapping[str, str]
) -> int | None:
    """Return how many connections sound the alarm: as given, else 80 % of the limit; none if that is not known."""
    if alarms.connections is not None:
        return alarms.connections
    fixed = parameters.get("max_connections", "")
    most = int(fixed) if fixed.isdecimal() else most_connections(instance_class, engine)
    return most * 8 // 10 if most else None
