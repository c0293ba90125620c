"""The alarms of a pair: two that act, and those that tell that something could not."""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .actors import Actors
from .documents import NAMESPACE
from .settings import DRPairSettings
from .store import Store

ALARM_SERVICE = "lambda.alarms.cloudwatch.amazonaws.com"
"""Who calls a function that is an alarm's action.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html"""

_MINUTE = 60
_SILENT_MINUTES = 5
_LAG_MINUTES = 5


def alarm_names(store: Store) -> dict[str, pulumi.Output[str]]:
    """Return the names of the two alarms that the functions look at.

    They are chosen here, since the recovery function is told the name of an alarm whose action it is.
    """
    return {role: pulumi.Output.concat(store.table_name, "-", role) for role in ("unreachable", "traffic")}


def create_traffic_alarm(
    scope: Scope, store: Store, names: dict[str, pulumi.Output[str]]
) -> "aws.cloudwatch.MetricAlarm":
    """Create the alarm that is on while clients belong to the recovery Region; Route 53's switch follows it.

    Silence changes nothing, so that losing the recovery Region moves nobody.
    """
    return _create_alarm(
        scope,
        "traffic",
        store.topic_arn,
        name=names["traffic"],
        alarm_description=f"{scope.name}: clients are led to the recovery Region",
        metric_name="TrafficToRecovery",
        statistic="Maximum",
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        evaluation_periods=1,
        treat_missing_data="ignore",
    )


def create_unreachable_alarm(
    scope: Scope, settings: DRPairSettings, store: Store, actors: Actors, names: dict[str, pulumi.Output[str]]
) -> "aws.cloudwatch.MetricAlarm":
    """Create the alarm that calls the recovery function when the primary Region gives no answer."""
    datapoints = settings.guards.datapoints
    alarm = _create_alarm(
        scope,
        "unreachable",
        store.topic_arn,
        name=names["unreachable"],
        alarm_description=f"{scope.name}: the primary Region gave no answer for {datapoints} minutes",
        metric_name="PrimaryReachable",
        statistic="Minimum",
        comparison_operator="LessThanThreshold",
        threshold=1,
        evaluation_periods=datapoints,
        datapoints_to_alarm=datapoints,
        treat_missing_data="breaching",
        acts=actors.recovery.arn,
        depends_on=actors.granted,
    )
    actors.recovery.allow("alarm", ALARM_SERVICE, alarm.arn)
    return alarm


def create_watching_alarms(scope: Scope, settings: DRPairSettings, store: Store) -> None:
    """Create the alarms that tell people: the prober is silent, or the replica is behind where nobody else looks."""
    _create_alarm(
        scope,
        "prober-silent",
        store.topic_arn,
        alarm_description=f"{scope.name}: nobody probes the primary Region; whether it answers is not known",
        metric_name="PrimaryReachable",
        statistic="SampleCount",
        comparison_operator="LessThanThreshold",
        threshold=1,
        evaluation_periods=_SILENT_MINUTES,
        treat_missing_data="breaching",
    )
    replica = settings.recovery.database
    if replica is None or replica.lag_watched or settings.takeovers % 2:
        return
    limit = settings.guards.lag_seconds
    _create_alarm(
        scope,
        "replica-lag",
        store.topic_arn,
        alarm_description=f"{scope.name}: the replica is more than {limit} s behind, or does not replicate",
        namespace="AWS/RDS",
        dimensions={"DBInstanceIdentifier": replica.identifier},
        metric_name="ReplicaLag",
        statistic="Maximum",
        comparison_operator="GreaterThanThreshold",
        threshold=limit,
        evaluation_periods=_LAG_MINUTES,
        treat_missing_data="breaching",
    )


def _create_alarm(
    scope: Scope,
    role: str,
    topic_arn: pulumi.Input[str],
    *,
    acts: pulumi.Input[str] | None = None,
    depends_on: list[pulumi.Resource] | None = None,
    **what: Any,  # noqa: ANN401 - inputs of the alarm
) -> "aws.cloudwatch.MetricAlarm":
    own: dict[str, Any] = {"namespace": NAMESPACE, "dimensions": {"Pair": scope.name}}
    return aws.cloudwatch.MetricAlarm(
        scope.child(role),
        period=_MINUTE,
        alarm_actions=[topic_arn] if acts is None else [acts, topic_arn],
        ok_actions=[topic_arn],
        region=scope.region,
        tags=scope.tags(role),
        opts=scope.options(depends_on=depends_on or ()),
        **{**own, **what},
    )
