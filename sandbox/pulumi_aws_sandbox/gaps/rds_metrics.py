"""The metrics of RDS that the sandbox can know: how far replicas are behind, a point for each minute.

A point is there once its minute has passed. `ReplicaLag` is what was scripted by `databases.delay`, 0 without that, and
-1 where replication is not active, as AWS has it while a Region is cut.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock, databases, regions

_NAMESPACE, _LAG = "AWS/RDS", "ReplicaLag"
_MINUTE = 60
_MOST = 120
"""How many minutes are caught up with at most."""


def fill() -> None:
    """Have the points there when somebody asks for metrics, and when something changes them."""
    from moto.cloudwatch.models import CloudWatchBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.rds.models import RDSBackend  # noqa: PLC0415 - as above

    replace(CloudWatchBackend, "get_all_metrics", _published)
    replace(RDSBackend, "create_db_instance_read_replica", _beginning)
    replace(RDSBackend, "promote_read_replica", _published)
    regions.before_change(publish)


def publish() -> None:
    """Add the points of the minutes that have passed since the last time, for every replica."""
    from moto.rds.models import rds_backends  # noqa: PLC0415 - moto loads only when something is deployed

    for region, backend in list(rds_backends[ACCOUNT].items()):
        for instance in list(backend.databases.values()):
            if getattr(instance, "is_replica", False):
                _publish(region, instance)


def _publish(region: str, replica: Any) -> None:  # noqa: ANN401 - moto's own type
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when something is deployed

    # A point carries the time at which its minute began.
    this = int(clock.now() // _MINUTE)
    first = getattr(replica, "lag_published", this)
    replica.lag_published = max(first, this)
    if regions.is_cut(region):
        return
    value = _lag(replica)
    dimensions = [{"Name": "DBInstanceIdentifier", "Value": replica.db_instance_identifier}]
    points = [
        {
            "MetricName": _LAG,
            "Dimensions": dimensions,
            "Timestamp": datetime.fromtimestamp(minute * _MINUTE, UTC).replace(tzinfo=None),  # as moto keeps them
            "Value": value,
            "Unit": "Seconds",
        }
        for minute in range(max(first, this - _MOST), this)
    ]
    if points:
        cloudwatch_backends[ACCOUNT][region].put_metric_data(_NAMESPACE, points)


def _lag(replica: Any) -> float:  # noqa: ANN401 - moto's own type
    source = str(replica.source_db_instance_identifier or "")
    apart = source.startswith("arn:") and regions.is_cut(source.split(":")[3])
    return -1.0 if apart else databases.lag_seconds(replica.dbi_resource_id)


def _beginning(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        made = original(self, *args, **kwargs)
        publish()
        return made

    return create


def _published(original: Callable[..., Any]) -> Callable[..., Any]:
    def after_publishing(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        publish()
        return original(self, *args, **kwargs)

    return after_publishing
