"""What tells how the databases are: log groups, the monitoring role, alarms and events."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from .documents import monitoring_trust
from .monitoring import AlarmSettings, connections_threshold
from .scope import Scope
from .settings import HAdatabaseSettings

INSTANCE_EVENTS = (
    "availability",
    "configuration change",
    "deletion",
    "failover",
    "failure",
    "low storage",
    "maintenance",
    "notification",
    "read replica",
    "recovery",
    "restoration",
)
CLUSTER_EVENTS = ("deletion", "failover", "failure", "maintenance", "notification")
_FIVE_MINUTES = 300


@dataclass(frozen=True, slots=True)
class Watched:
    """One instance that alarms look at."""

    identifier: pulumi.Output[str]
    instance_class: str
    allocated_gib: pulumi.Input[int]
    follows: bool
    """Whether it replicates from another and can lag behind."""


@dataclass(frozen=True, slots=True)
class _Alarm:
    role: str
    metric: str
    statistic: str
    comparison: str
    threshold: pulumi.Input[float]
    silence: str
    """What missing data means."""
    says: str
    period: int = _FIVE_MINUTES
    periods: int = 3


def create_log_groups(
    scope: Scope, identifier: pulumi.Output[str], key: pulumi.Output[str] | None
) -> list[pulumi.Resource]:
    """Create the log groups before RDS does, which would make them without encryption and never let anything expire."""
    settings = scope.settings
    kind = "cluster" if settings.cluster else "instance"
    return [
        aws.cloudwatch.LogGroup(
            scope.child(f"log-{log}"),
            name=pulumi.Output.concat(f"/aws/rds/{kind}/", identifier, f"/{log}"),
            retention_in_days=settings.log_retention_days,
            kms_key_id=key,
            region=scope.region,
            tags=scope.tags(scope.child(f"log-{log}")),
            opts=scope.owned,
        )
        for log in settings.log_exports
    ]


def create_monitoring_role(scope: Scope) -> pulumi.Output[str] | None:
    """Create the role of Enhanced Monitoring, for all Regions; return its ARN once it may do its work."""
    if not scope.settings.monitoring.interval_seconds:
        return None
    child = scope.child("monitoring")
    role = aws.iam.Role(
        child,
        description=f"{scope.prefix}: Enhanced Monitoring writes to CloudWatch Logs",
        assume_role_policy=scope.account.account_id.apply(monitoring_trust),
        tags=scope.tags(child),
        opts=scope.owned,
    )
    access = aws.iam.RolePolicyAttachment(
        f"{child}-access",
        role=role.name,
        policy_arn=pulumi.Output.concat(
            "arn:", scope.account.partition, ":iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
        ),
        opts=scope.owned,
    )
    # RDS tries the role when it is handed over: the ARN waits for the attachment.
    return pulumi.Output.all(role.arn, access.policy_arn).apply(lambda arns: arns[0])


def create_alarms(scope: Scope, watched: Watched, topic: pulumi.Input[str]) -> None:
    """Create the alarms of one instance."""
    settings = scope.settings
    if settings.alarms is None:
        return
    for alarm in _alarms(watched, settings.alarms, settings):
        child = scope.child(alarm.role)
        aws.cloudwatch.MetricAlarm(
            child,
            alarm_description=f"{scope.prefix}: {alarm.says}",
            namespace="AWS/RDS",
            metric_name=alarm.metric,
            dimensions={"DBInstanceIdentifier": watched.identifier},
            statistic=alarm.statistic,
            comparison_operator=alarm.comparison,
            threshold=alarm.threshold,
            period=alarm.period,
            evaluation_periods=alarm.periods,
            treat_missing_data=alarm.silence,
            alarm_actions=[topic],
            ok_actions=[topic],
            region=scope.region,
            tags=scope.tags(child),
            opts=scope.owned,
        )


def _alarms(watched: Watched, alarms: AlarmSettings, settings: HAdatabaseSettings) -> list[_Alarm]:
    share = alarms.free_storage_percent / 100 * 2**30
    found = [
        # Silence of an instance means that it is not there; this one alarm says so, for all.
        _Alarm(
            role="cpu",
            metric="CPUUtilization",
            statistic="Average",
            comparison="GreaterThanThreshold",
            threshold=alarms.cpu_percent,
            silence="breaching",
            says=f"processors busier than {alarms.cpu_percent} % for 15 minutes, or no sign of life",
        ),
        # A full disk stops the instance and its metrics: the alarm stays as it was.
        _Alarm(
            role="free-storage",
            metric="FreeStorageSpace",
            statistic="Minimum",
            comparison="LessThanThreshold",
            threshold=pulumi.Output.from_input(watched.allocated_gib).apply(lambda gib: float(gib * share)),
            silence="ignore",
            says=f"less than {alarms.free_storage_percent} % of storage free for 15 minutes",
        ),
    ]
    parameters = {parameter.name: parameter.value for parameter in settings.parameters}
    connections = connections_threshold(alarms, watched.instance_class, settings.engine, parameters)
    if connections is not None:
        found.append(
            _Alarm(
                role="connections",
                metric="DatabaseConnections",
                statistic="Maximum",
                comparison="GreaterThanThreshold",
                threshold=connections,
                silence="notBreaching",
                says=f"more than {connections} connections for 15 minutes",
            )
        )
    if watched.follows:
        found.append(
            _Alarm(
                role="replica-lag",
                metric="ReplicaLag",
                statistic="Maximum",
                comparison="GreaterThanThreshold",
                threshold=alarms.replica_lag_seconds,
                # The writer of a cluster has no lag to report; a replica that reports none cannot be relied on.
                silence="notBreaching" if settings.cluster else "breaching",
                says=f"more than {alarms.replica_lag_seconds} s behind for 5 minutes",
                period=60,
                periods=5,
            )
        )
    return found


def create_event_subscription(
    scope: Scope, identifiers: Sequence[pulumi.Output[str]], topic: pulumi.Input[str]
) -> None:
    """Subscribe the topic to failovers, failures and the like; one per Region, where an account may have 20."""
    child = scope.child("events")
    aws.rds.EventSubscription(
        child,
        sns_topic=topic,
        source_type="db-cluster" if scope.settings.cluster else "db-instance",
        source_ids=list(identifiers),
        event_categories=list(CLUSTER_EVENTS if scope.settings.cluster else INSTANCE_EVENTS),
        region=scope.region,
        tags=scope.tags(child),
        opts=scope.owned,
    )


def insights_inputs(key: pulumi.Output[str], settings: HAdatabaseSettings, *, available: bool) -> dict[str, Any]:
    """Return the inputs that turn Performance Insights, the store behind Database Insights, on or off."""
    if not available:
        return {"performance_insights_enabled": False}
    return {
        "performance_insights_enabled": True,
        "performance_insights_kms_key_id": key,
        "performance_insights_retention_period": settings.monitoring.insights_retention_days,
    }
