"""The metrics of RDS that the sandbox can know: that an instance lives, and how far replicas are behind.

`CPUUtilization` is a sign of life alone, and missing while an instance is not available. `ReplicaLag` is what was
scripted by `databases.delay`, 0 without that, and -1 where replication is not active, as AWS has it while a Region is
cut.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
"""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps import minute_points
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import databases, regions

_LAG = ("AWS/RDS", "ReplicaLag", "Seconds")
_CPU = ("AWS/RDS", "CPUUtilization", "Percent")
_IDLE_PERCENT = 5.0
_AVAILABLE = "available"


def fill() -> None:
    """Have the points there when somebody asks for metrics, and when something changes them."""
    from moto.cloudwatch.models import CloudWatchBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.rds.models import RDSBackend  # noqa: PLC0415 - as above

    replace(CloudWatchBackend, "get_all_metrics", _published)
    replace(RDSBackend, "create_db_instance_read_replica", _beginning)
    replace(RDSBackend, "promote_read_replica", _published)
    regions.before_change(publish)


def publish() -> None:
    """Add the points of the minutes that have passed since the last time, for every instance."""
    from moto.rds.models import rds_backends  # noqa: PLC0415 - moto loads only when something is deployed

    for region, backend in list(rds_backends[ACCOUNT].items()):
        for instance in list(backend.databases.values()):
            if getattr(instance, "is_replica", False):
                _publish(region, instance, _LAG, _lag)
            if instance.status == _AVAILABLE:
                _publish(region, instance, _CPU, lambda _: _IDLE_PERCENT)


def _publish(region: str, instance: Any, metric: tuple[str, str, str], value: Callable[[Any], float]) -> None:  # noqa: ANN401 - moto's own type
    last = f"{metric[1]}_published"
    minutes, this = minute_points.passed(getattr(instance, last, None), region)
    setattr(instance, last, this)
    if minutes:
        name = ("DBInstanceIdentifier", instance.db_instance_identifier)
        minute_points.put(region, metric, name, minutes, value(instance))


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
