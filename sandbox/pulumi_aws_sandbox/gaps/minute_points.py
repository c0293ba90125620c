"""The metrics that AWS's services report of themselves, as far as the sandbox knows them: one point for each minute.

A point is there once its minute has passed, and none of a minute that a Region was cut.
"""

from datetime import UTC, datetime

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, regions

_MINUTE = 60
_MOST = 120
"""How many minutes are caught up with at most."""


def passed(before: int | None, region: str) -> tuple[range, int]:
    """Return the minutes since `before`, none in a Region that is cut, and what is before next time."""
    this = int(clock.now() // _MINUTE)
    first = this if before is None else before
    minutes = range(0) if regions.is_cut(region) else range(max(first, this - _MOST), this)
    return minutes, max(first, this)


def put(region: str, metric: tuple[str, str, str], dimension: tuple[str, str], minutes: range, value: float) -> None:
    """Add the points of these minutes to a metric: its namespace, name and unit."""
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when something is deployed

    namespace, name, unit = metric
    points = [
        {
            "MetricName": name,
            "Dimensions": [{"Name": dimension[0], "Value": dimension[1]}],
            # A point carries the time at which its minute began, without a zone, as moto keeps it.
            "Timestamp": datetime.fromtimestamp(minute * _MINUTE, UTC).replace(tzinfo=None),
            "Value": value,
            "Unit": unit,
        }
        for minute in minutes
    ]
    if points:
        cloudwatch_backends[ACCOUNT][region].put_metric_data(namespace, points)
