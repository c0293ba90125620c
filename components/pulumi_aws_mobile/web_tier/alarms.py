"""The alarms of an environment and its load balancer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pulumi
import pulumi_aws as aws

from .environments import Environment
from .scope import Scope

_DEGRADED = 20
"""The health of an environment as CloudWatch gets it: 0 is Ok, 15 Warning, 20 Degraded, 25 Severe.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html"""
_ERRORS = 10
_LATENCY_SECONDS = 2


@dataclass(frozen=True, slots=True)
class _Alarm:
    role: str
    says: str
    namespace: str
    metric: str
    threshold: float
    period: int
    periods: int
    statistic: str | None = None
    percentile: str | None = None
    silence: str = "notBreaching"  # load balancers publish nothing while nobody calls


_HEALTH = _Alarm(
    role="health",
    says="degraded, or no sign of life, for 5 minutes",
    namespace="AWS/ElasticBeanstalk",
    metric="EnvironmentHealth",
    statistic="Maximum",
    threshold=_DEGRADED - 1,
    period=60,
    periods=5,
    silence="breaching",  # an environment that is there says so every minute
)
_BALANCER = (
    _Alarm(
        role="application-errors",
        says=f"the application answered more than {_ERRORS} calls with an error in 5 minutes",
        namespace="AWS/ApplicationELB",
        metric="HTTPCode_Target_5XX_Count",
        statistic="Sum",
        threshold=_ERRORS,
        period=300,
        periods=1,
    ),
    _Alarm(
        role="balancer-errors",
        says=f"the load balancer could not pass on more than {_ERRORS} calls in 5 minutes",
        namespace="AWS/ApplicationELB",
        metric="HTTPCode_ELB_5XX_Count",
        statistic="Sum",
        threshold=_ERRORS,
        period=300,
        periods=1,
    ),
    _Alarm(
        role="latency",
        says=f"one call in twenty took more than {_LATENCY_SECONDS} s, for 15 minutes",
        namespace="AWS/ApplicationELB",
        metric="TargetResponseTime",
        percentile="p95",
        threshold=_LATENCY_SECONDS,
        period=300,
        periods=3,
    ),
)


def create_alarms(scope: Scope, environment: Environment) -> None:
    """Create the alarms of one environment, where there is a topic to tell."""
    topic = scope.settings.alarm_topic_arn
    if topic is None:
        return
    # An environment without instances has no health to tell.
    health = replace(_HEALTH, silence="notBreaching") if environment.empty else _HEALTH
    _create_alarm(scope, environment, health, {"EnvironmentName": environment.name}, topic)
    balancer = environment.load_balancer_arn.apply(lambda arn: arn.partition(":loadbalancer/")[2])
    for alarm in _BALANCER:
        _create_alarm(scope, environment, alarm, {"LoadBalancer": balancer}, topic)


def _create_alarm(
    scope: Scope,
    environment: Environment,
    alarm: _Alarm,
    dimensions: Mapping[str, pulumi.Input[str]],
    topic: pulumi.Input[str],
) -> None:
    child = f"{environment.child}-{alarm.role}"
    aws.cloudwatch.MetricAlarm(
        child,
        alarm_description=f"{environment.child}: {alarm.says}",
        namespace=alarm.namespace,
        metric_name=alarm.metric,
        dimensions=dimensions,
        statistic=alarm.statistic,
        extended_statistic=alarm.percentile,
        comparison_operator="GreaterThanThreshold",
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
