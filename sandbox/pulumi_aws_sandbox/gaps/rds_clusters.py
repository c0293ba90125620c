"""Multi-AZ DB clusters: the writer and two readers that AWS makes, one per zone, and what moto forgets of the rest."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.gaps.refusals import refuse

_EXTRAS = {
    "enable_performance_insights": "performance_insights_enabled",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
    "database_insights_mode": "database_insights_mode",
    "engine_lifecycle_support": "engine_lifecycle_support",
    "monitoring_interval": "monitoring_interval",
    "monitoring_role_arn": "monitoring_role_arn",
    "ca_certificate_identifier": "ca_certificate_identifier",
}
_MEMBERS = 3


def fill() -> None:
    """Extend moto's RDS clusters."""
    from moto.rds.models import DBCluster, RDSBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(DBCluster, "__init__", _initialised)
    replace(RDSBackend, "create_db_cluster", _created)
    replace(RDSBackend, "modify_db_cluster", _modified)
    replace(RDSBackend, "delete_db_cluster", _deleted)


def _initialised(original: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        # moto refuses IAM authentication for Multi-AZ clusters, as AWS did once and does no more.
        iam = bool(kwargs.pop("enable_iam_database_authentication", False))
        original(self, *args, **kwargs)
        self.iam_auth = iam
        for given, attribute in _EXTRAS.items():
            setattr(self, attribute, kwargs.get(given))

    return init


def _created(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, kwargs: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        if kwargs["db_cluster_identifier"] in self.clusters:
            refuse("DBClusterAlreadyExistsFault", "DB Cluster already exists")
        if not kwargs.get("db_cluster_instance_class"):
            return original(self, kwargs)
        zones = _zones(self, kwargs.get("db_subnet_group_name"))
        if zones is not None and len(zones) != _MEMBERS:
            reason = f"A Multi-AZ DB cluster needs a DB subnet group in exactly 3 Availability Zones: got {len(zones)}."
            refuse("InvalidSubnet", reason)
        cluster = original(self, kwargs)
        for number, zone in enumerate(zones or cluster.availability_zones, start=1):
            self.create_db_instance(
                {
                    "db_instance_identifier": f"{cluster.db_cluster_identifier}-instance-{number}",
                    "db_cluster_identifier": cluster.db_cluster_identifier,
                    "db_instance_class": cluster.db_cluster_instance_class,
                    "engine": cluster.engine,
                    "availability_zone": zone,
                    "db_subnet_group_name": kwargs.get("db_subnet_group_name"),
                    "monitoring_interval": kwargs.get("monitoring_interval") or 0,
                    "monitoring_role_arn": kwargs.get("monitoring_role_arn"),
                }
            )
        return cluster

    return create


def _zones(backend: Any, group: str | None) -> list[str] | None:  # noqa: ANN401 - moto's own types
    if group is None or group not in backend.subnet_groups:
        return None
    return sorted({subnet["SubnetAvailabilityZone"]["Name"] for subnet in backend.subnet_groups[group].subnets})


def _modified(original: Callable[..., Any]) -> Callable[..., Any]:
    def modify(self: Any, kwargs: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        exports = kwargs.pop("cloudwatch_logs_export_configuration", None)
        switches = {"enable_performance_insights": "performance_insights_enabled"}
        switches["enable_iam_database_authentication"] = "iam_auth"
        original(self, {switches.get(key, key): value for key, value in kwargs.items()})
        cluster = self.clusters[kwargs.get("new_db_cluster_identifier") or kwargs["db_cluster_identifier"]]
        if exports:
            gone, added = exports.get("DisableLogTypes", []), exports.get("EnableLogTypes", [])
            kept = [each for each in cluster.enabled_cloudwatch_logs_exports if each not in gone]
            cluster.enabled_cloudwatch_logs_exports = kept + [each for each in added if each not in kept]
        return cluster

    return modify


def _deleted(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, cluster_identifier: str, snapshot_name: str | None = None) -> Any:  # noqa: ANN401 - moto's own types
        cluster = self.clusters.get(cluster_identifier)
        if cluster is None or cluster.deletion_protection or not cluster.db_cluster_instance_class:
            return original(self, cluster_identifier, snapshot_name)
        if snapshot_name and snapshot_name in self.cluster_snapshots:
            reason = f"Cannot create the snapshot because one with the identifier {snapshot_name} already exists."
            refuse("DBClusterSnapshotAlreadyExistsFault", reason)
        if snapshot_name:
            self.create_db_cluster_snapshot(cluster_identifier, snapshot_name)
        for member in list(cluster.members):
            del self.databases[member.db_instance_identifier]
        return original(self, cluster_identifier, None)

    return delete
