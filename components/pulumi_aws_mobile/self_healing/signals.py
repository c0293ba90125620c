"""The alarms that tell of each ailment. Pure: what is watched goes in, an alarm's inputs come out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from .settings import DatabaseTarget, EnvironmentTarget, QueueTarget

_MINUTE = 60
_GIB = 2**30
_WARNING = 19
"""The health of an environment as CloudWatch gets it: 0 is Ok, 15 Warning, 20 Degraded, 25 Severe.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html"""
_FAILING = 10
"""Failed answers in a minute that make a database without connections suspicious; at night there may be neither."""


@dataclass(frozen=True, slots=True)
class Signal:
    """An alarm on a target."""

    ailment: str
    says: str
    inputs: Mapping[str, Any]


def of_environment(target: EnvironmentTarget) -> Iterator[Signal]:
    """Yield the alarms of an environment; its disks are looked at by the function, instance by instance."""
    dimensions = {"EnvironmentName": target.environment_name}
    yield Signal(
        "stuck",
        f"degraded, or no sign of life, for {target.stuck_minutes} minutes",
        _threshold(
            "AWS/ElasticBeanstalk",
            "EnvironmentHealth",
            dimensions,
            statistic="Maximum",
            threshold=_WARNING,
            minutes=target.stuck_minutes,
            silence="breaching",  # an environment that is there says so every minute
        ),
    )
    yield Signal(
        "unhealthy",
        f"an instance is unhealthy for {target.unhealthy_minutes} minutes",
        _unhealthy(target, dimensions),
    )


def of_database(target: DatabaseTarget) -> Iterator[Signal]:
    """Yield the alarms of a database."""
    dimensions = {"DBInstanceIdentifier": target.identifier}
    yield Signal(
        "silent",
        f"no sign of life for {target.silent_minutes} minutes",
        _threshold(
            "AWS/RDS",
            "CPUUtilization",
            dimensions,
            statistic="SampleCount",
            comparison="LessThanThreshold",
            threshold=1,
            minutes=target.silent_minutes,
            silence="breaching",  # its silence is what this is about
        ),
    )
    if target.load_balancer_arn is not None:
        yield Signal(
            "refused",
            f"no connections while requests fail for {target.silent_minutes} minutes",
            _math(
                f"IF(FILL(connections, 0) < 1 AND FILL(failures, 0) > {_FAILING}, 1, 0)",
                {
                    "connections": ("AWS/RDS", "DatabaseConnections", dimensions, "Maximum"),
                    "failures": (
                        "AWS/ApplicationELB",
                        "HTTPCode_Target_5XX_Count",
                        {"LoadBalancer": _balancer(target.load_balancer_arn)},
                        "Sum",
                    ),
                },
                label="Requests fail without connections",
                minutes=target.silent_minutes,
            ),
        )
    if target.largest_gib is not None:
        yield Signal(
            "full",
            f"less than {target.free_gib} GiB of storage free for 5 minutes",
            _threshold(
                "AWS/RDS",
                "FreeStorageSpace",
                dimensions,
                statistic="Minimum",
                comparison="LessThanThreshold",
                threshold=target.free_gib * _GIB,
                minutes=5,
                silence="ignore",  # a full disk stops the instance and its metrics: the alarm stays as it was
            ),
        )


def of_queue(target: QueueTarget) -> Iterator[Signal]:
    """Yield the alarm of a queue."""
    name = pulumi.Output.from_input(target.arn).apply(lambda arn: arn.rsplit(":", 1)[1])
    yield Signal(
        "old",
        f"the oldest message is older than {target.oldest_minutes} minutes",
        _threshold(
            "AWS/SQS",
            "ApproximateAgeOfOldestMessage",
            {"QueueName": name},
            statistic="Maximum",
            threshold=target.oldest_minutes * _MINUTE,
            minutes=1,
        ),
    )


def _unhealthy(target: EnvironmentTarget, dimensions: Mapping[str, pulumi.Input[str]]) -> dict[str, Any]:
    if target.target_group_arn is None or target.load_balancer_arn is None:
        return _math(
            "FILL(degraded, 0) + FILL(severe, 0)",
            {
                "degraded": ("AWS/ElasticBeanstalk", "InstancesDegraded", dimensions, "Maximum"),
                "severe": ("AWS/ElasticBeanstalk", "InstancesSevere", dimensions, "Maximum"),
            },
            label="Unhealthy instances",
            minutes=target.unhealthy_minutes,
        )
    group = pulumi.Output.from_input(target.target_group_arn).apply(lambda arn: arn.rsplit(":", 1)[1])
    return _threshold(
        "AWS/ApplicationELB",
        "UnHealthyHostCount",
        {"LoadBalancer": _balancer(target.load_balancer_arn), "TargetGroup": group},
        statistic="Maximum",
        threshold=0,
        minutes=target.unhealthy_minutes,
    )


def _balancer(arn: pulumi.Input[str]) -> pulumi.Output[str]:
    """Return what CloudWatch calls a load balancer."""
    return pulumi.Output.from_input(arn).apply(lambda known: known.partition(":loadbalancer/")[2])


def _threshold(  # noqa: PLR0913 - what an alarm is made of
    namespace: str,
    metric: str,
    dimensions: Mapping[str, pulumi.Input[str]],
    *,
    statistic: str,
    threshold: float,
    minutes: int,
    comparison: str = "GreaterThanThreshold",
    silence: str = "notBreaching",
) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "metric_name": metric,
        "dimensions": dimensions,
        "statistic": statistic,
        "comparison_operator": comparison,
        "threshold": threshold,
        "period": _MINUTE,
        "evaluation_periods": minutes,
        "treat_missing_data": silence,
    }


_Metric = tuple[str, str, Mapping[str, pulumi.Input[str]], str]


def _math(expression: str, metrics: Mapping[str, _Metric], *, label: str, minutes: int) -> dict[str, Any]:
    queries: list[dict[str, Any]] = [
        {"id": "answer", "expression": expression, "label": label, "return_data": True},
        *(
            {
                "id": id_,
                "metric": {
                    "namespace": namespace,
                    "metric_name": metric,
                    "dimensions": dimensions,
                    "stat": stat,
                    "period": _MINUTE,
                },
            }
            for id_, (namespace, metric, dimensions, stat) in metrics.items()
        ),
    ]
    return {
        "metric_queries": queries,
        "comparison_operator": "GreaterThanThreshold",
        "threshold": 0,
        "evaluation_periods": minutes,
        "treat_missing_data": "notBreaching",
    }
