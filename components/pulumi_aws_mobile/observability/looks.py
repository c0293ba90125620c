"""What is looked at, and from where on it is bad. Pure: what is watched goes in, inputs of metric alarms come out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from .service_levels import Burn, ServiceLevel, failed_percent, slow_percent, within
from .settings import Api, WatchedRegion, WebTier
from .shown import API, BALANCER, BEANSTALK, RDS, api_dimensions, balancer_dimensions

_MINUTE, _HOUR = 60, 3600
_DEGRADED = 20
"""The health of an environment as CloudWatch gets it: 0 is Ok, 15 Warning, 20 Degraded, 25 Severe.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html"""
_FAILING_PERCENT = 50
"""Half of the requests fail: more than one bad server among several would do."""
_BUSY_PERCENT = 90
_DOWN_MINUTES = 3


@dataclass(frozen=True, slots=True)
class Look:
    """A metric alarm that tells nobody by itself."""

    role: str
    says: str
    inputs: Mapping[str, Any]


def failing(api: Api, level: ServiceLevel) -> Look:
    """Look at whether most requests fail."""
    queries = _queries(failed_percent(level.minimum_requests), api, _FAILURES, _MINUTE)
    says = f"{_FAILING_PERCENT} % or more of the requests fail, for {_DOWN_MINUTES} minutes"
    return Look("failing", says, _at_least(_FAILING_PERCENT, _DOWN_MINUTES, metric_queries=queries))


def bad_servers(web_tier: WebTier) -> Look:
    """Look at whether the servers are well."""
    return Look(
        "bad-servers",
        f"the environment is degraded, or gives no sign of life, for {_DOWN_MINUTES} minutes",
        {
            **_metric(BEANSTALK, "EnvironmentHealth", {"EnvironmentName": web_tier.environment_name}, "Maximum"),
            **_at_least(_DEGRADED, _DOWN_MINUTES),
            "treat_missing_data": "breaching",  # an environment that is there says so every minute
        },
    )


def burning(api: Api, level: ServiceLevel, kind: str, burn: Burn) -> tuple[Look, Look]:
    """Look at how fast a budget burns, in the long window and in the short one."""
    if kind == "availability":
        target, bad, metrics = level.availability_percent, "failures", _FAILURES
        expression = failed_percent(level.minimum_requests)
    else:
        target, bad = level.latency_percent, f"answers after {level.latency_ms} ms"
        metrics = {"requests": ("Count", "Sum"), "within": ("Latency", within(level.latency_ms))}
        expression = slow_percent(level.minimum_requests)
    threshold = burn.threshold_percent(target)

    def look(window: str, seconds: int) -> Look:
        duration = f"{seconds // _HOUR} h" if seconds >= _HOUR else f"{seconds // _MINUTE} minutes"
        queries = _queries(expression, api, metrics, seconds)
        says = f"{threshold:g} % or more {bad} in {duration}"
        return Look(f"{kind}-{burn.role}-{window}", says, _at_least(threshold, 1, metric_queries=queries))

    return look("long", burn.long_seconds), look("short", burn.short_seconds)


def capacity(watched: WatchedRegion) -> Iterator[Look]:
    """Look at what runs out of room."""
    for key, identifier in watched.databases.items():
        metric = _metric(RDS, "CPUUtilization", {"DBInstanceIdentifier": identifier}, "Average")
        says = f"the processors of the database {key} are busier than {_BUSY_PERCENT} %, for 10 minutes"
        yield Look(f"busy-{key}", says, {**metric, **_at_least(_BUSY_PERCENT, 10)})
    for key, name in watched.functions.items():
        metric = _metric("AWS/Lambda", "Throttles", {"FunctionName": name}, "Sum")
        yield _refusals(f"throttled-{key}", f"the function {key}", metric)
    for key, name in watched.streams.items():
        metric = _metric("AWS/Kinesis", "WriteProvisionedThroughputExceeded", {"StreamName": name}, "Sum")
        yield _refusals(f"full-{key}", f"the stream {key}", metric)
    if watched.web_tier is not None:
        metric = _metric(BALANCER, "RejectedConnectionCount", balancer_dimensions(watched.web_tier), "Sum")
        yield _refusals("rejected", "the load balancer", metric)


def _refusals(role: str, about: str, metric: Mapping[str, Any]) -> Look:
    return Look(role, f"{about} turned something away in each of 5 minutes", {**metric, **_at_least(1, 5)})


_FAILURES = {"requests": ("Count", "Sum"), "failures": ("5XXError", "Sum")}


def _metric(namespace: str, metric: str, dimensions: Mapping[str, pulumi.Input[str]], statistic: str) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "metric_name": metric,
        "dimensions": dimensions,
        "statistic": statistic,
        "period": _MINUTE,
    }


def _at_least(threshold: float, periods: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - inputs of an alarm
    return {
        "comparison_operator": "GreaterThanOrEqualToThreshold",
        "threshold": threshold,
        "evaluation_periods": periods,
        "treat_missing_data": "notBreaching",  # nothing is published while nobody calls
        **more,
    }


def _queries(expression: str, api: Api, metrics: Mapping[str, tuple[str, str]], seconds: int) -> list[dict[str, Any]]:
    """Return metric math over whole windows: one period is one window."""
    return [
        {"id": "share", "expression": expression, "label": "Bad requests (%)", "return_data": True},
        *(
            {
                "id": id_,
                "metric": {
                    "namespace": API,
                    "metric_name": metric,
                    "dimensions": api_dimensions(api),
                    "stat": stat,
                    "period": seconds,
                },
            }
            for id_, (metric, stat) in metrics.items()
        ),
    ]
