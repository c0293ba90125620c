"""RDS instances: identity, the standby's zone, insights, replicas, promotion, deletion.

moto copies a replica from its source, attributes and all, and a promoted one stays attached. Here each is made of what
AWS really carries over.
"""

import secrets
import string
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.gaps.rds_states import begin
from pulumi_aws_sandbox.gaps.rds_versions import resolved
from pulumi_aws_sandbox.gaps.refusals import refuse
from pulumi_aws_sandbox.runtime import databases
from pulumi_aws_sandbox.zones import zones

_EXTRAS = {
    "enable_performance_insights": "performance_insights_enabled",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
    "database_insights_mode": "database_insights_mode",
    "engine_lifecycle_support": "engine_lifecycle_support",
    "network_type": "network_type",
    "dedicated_log_volume": "dedicated_log_volume",
    "replica_mode": "replica_mode",
}
_CARRIED_OVER = (
    "engine",
    "engine_version",
    "db_instance_class",
    "allocated_storage",
    "iops",
    "storage_type",
    "storage_throughput",
    "storage_encrypted",
    "kms_key_id",
    "master_username",
    "db_name",
    "port",
    "character_set_name",
    "license_model",
    "auto_minor_version_upgrade",
    "preferred_backup_window",
    "preferred_maintenance_window",
    "ca_certificate_identifier",
)
_ENGINES_WITH_MANAGED_REPLICAS = ("sqlserver",)


def fill() -> None:
    """Extend moto's RDS instances."""
    from moto.rds.models import DBInstance, RDSBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(DBInstance, "__init__", _initialised)
    replace(DBInstance, "update", _updated)
    replace(DBInstance, "remove_replica", lambda _: _remove_replica)
    DBInstance.secondary_availability_zone = property(_standby_zone)
    instances: Any = DBInstance
    instances.endpoint = property(_endpoint)
    replace(RDSBackend, "create_db_instance_read_replica", lambda _: _create_replica)
    replace(RDSBackend, "promote_read_replica", lambda _: _promote)
    replace(RDSBackend, "delete_db_instance", _deleted)


def _initialised(original: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        kwargs["engine_version"] = resolved(kwargs["engine"], kwargs.get("engine_version"))
        original(self, *args, **kwargs)
        alphabet = string.ascii_uppercase + string.digits
        self.dbi_resource_id = "db-" + "".join(secrets.choice(alphabet) for _ in range(26))
        _set_extras(self, kwargs)
        if not kwargs.get("availability_zone"):
            self.availability_zone = _zones_of(self)[0]

    return init


def _set_extras(instance: Any, kwargs: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    for given, attribute in _EXTRAS.items():
        value = kwargs.get(given, kwargs.get(attribute))
        if value is not None or not hasattr(instance, attribute):
            setattr(instance, attribute, value)


def _updated(original: Callable[..., None]) -> Callable[..., None]:
    def update(self: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        settings = {key: value for key, value in kwargs.items() if key not in _EXTRAS}
        if settings.get("engine_version"):
            settings["engine_version"] = resolved(self.engine, settings["engine_version"])
        if settings.get("db_port_number"):
            settings["port"] = settings.pop("db_port_number")
        original(self, **settings)
        _set_extras(self, kwargs)

    return update


def _zones_of(instance: Any) -> list[str]:  # noqa: ANN401 - moto's own types
    """Return the zones that the instance may run in: those of its subnets."""
    group = getattr(instance, "db_subnet_group", None)
    if group is not None:
        return sorted({subnet["SubnetAvailabilityZone"]["Name"] for subnet in group.subnets})
    return sorted(zones()[instance.region])


def _standby_zone(instance: Any) -> str | None:  # noqa: ANN401 - moto's own types
    """Return the zone of the synchronous standby."""
    if not instance.multi_az:
        return None
    return next((zone for zone in _zones_of(instance) if zone != instance.availability_zone), None)


def _endpoint(self: Any) -> dict[str, Any] | None:  # noqa: ANN401 - moto's own types
    if self.status == "creating":
        return None
    return {"Address": self.address, "Port": self.port, "HostedZoneId": "ZSANDBOXRDS"}


def _remove_replica(self: Any, replica: Any) -> None:  # noqa: ANN401 - moto's own types
    names = {replica.db_instance_identifier, replica.db_instance_arn}
    self.replicas = [each for each in self.replicas if each not in names]


def _create_replica(self: Any, db_kwargs: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    source = self.find_db_from_id(db_kwargs["source_db_instance_identifier"])
    if not source.backup_retention_period:
        reason = "Automated backups are not enabled for this database instance. To enable automated backups, use "
        reason += "ModifyDBInstance to set the backup retention period to a non-zero value."
        refuse("InvalidDBInstanceState", reason)
    if source.manage_master_user_password and not source.engine.startswith(_ENGINES_WITH_MANAGED_REPLICAS):
        reason = f"Creating read replicas for source instance with engine {source.engine} where "
        reason += "ManageMasterUserPassword is enabled is not supported."
        refuse("InvalidParameterCombination", reason)
    elsewhere = source.region != self.region_name
    if elsewhere and source.storage_encrypted and not db_kwargs.get("kms_key_id"):
        reason = "Cannot create a cross region read replica of an encrypted instance without a KMS key of this Region."
        refuse("InvalidParameterCombination", reason)
    made = carried_over(source) | {"backup_retention_period": 0}
    if not elsewhere:
        made["db_subnet_group_name"] = source._db_subnet_group_name  # noqa: SLF001 - the public name is write-only
        made["vpc_security_group_ids"] = list(source.vpc_security_group_ids)
        made["db_parameter_group_name"] = source.db_parameter_group_name
    kms_key_id = db_kwargs.get("kms_key_id")
    if kms_key_id:
        made |= {"kms_key_id": self._validate_kms_key(kms_key_id), "storage_encrypted": True}
    given = {key: value for key, value in db_kwargs.items() if value is not None and key != "kms_key_id"}
    replica = self.create_db_instance(made | given)
    replica.set_as_replica()
    replica.source_db_instance_identifier = source.db_instance_arn if elsewhere else source.db_instance_identifier
    source.add_replica(replica)
    begin(replica, "creating", "create")
    return replica


def carried_over(source: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return what a copy of an instance has of it."""
    return {name: getattr(source, name) for name in _CARRIED_OVER if getattr(source, name, None) is not None}


def _promote(self: Any, db_kwargs: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    replica = self.describe_db_instances(db_kwargs["db_instance_identifier"])[0]
    if not replica.is_replica:
        reason = f"DB Instance {replica.db_instance_identifier} is not a read replica."
        refuse("InvalidDBInstanceState", reason)

    def finish() -> None:
        _detach(self, replica)
        settings = {"backup_retention_period": 1} if not replica.backup_retention_period else {}
        replica.update(**(settings | {key: value for key, value in db_kwargs.items() if value is not None}))

    begin(replica, "modifying", "promote", finish)
    return replica


def _detach(backend: Any, replica: Any) -> None:  # noqa: ANN401 - moto's own types
    from moto.rds.exceptions import DBInstanceNotFoundError  # noqa: PLC0415 - moto loads only when deploying

    # Where the source is gone, nothing lists the replica any more.
    with suppress(DBInstanceNotFoundError):
        source = backend.find_db_from_id(replica.source_db_instance_identifier)
        source.remove_replica(replica)
        if not databases.is_served(replica.dbi_resource_id):
            replica.made_from = databases.copy_now(source.dbi_resource_id)
    replica.is_replica = False
    replica.source_db_instance_identifier = None


def _deleted(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(
        self: Any,  # noqa: ANN401 - moto's own types
        db_instance_identifier: str,
        final_db_snapshot_identifier: str | None = None,
        skip_final_snapshot: bool | None = False,  # noqa: FBT002 - moto's signature
        delete_automated_backups: bool | None = True,  # noqa: FBT002 - moto's signature
    ) -> Any:  # noqa: ANN401 - moto's own types
        instance = self.databases.get(db_instance_identifier)
        if instance is not None and not instance.deletion_protection:
            _check_final_snapshot(self, instance, final_db_snapshot_identifier, skip=bool(skip_final_snapshot))
            for name in list(instance.replicas):
                _detach(self, self.find_db_from_id(name))
            if instance.is_replica:
                _detach(self, instance)
        return original(
            self, db_instance_identifier, final_db_snapshot_identifier, skip_final_snapshot, delete_automated_backups
        )

    return delete


def _check_final_snapshot(backend: Any, instance: Any, name: str | None, *, skip: bool) -> None:  # noqa: ANN401 - moto's own types
    if instance.is_replica and name:
        reason = "FinalDBSnapshotIdentifier can not be specified when deleting a replica instance."
        refuse("InvalidParameterCombination", reason)
    clustered = instance.db_cluster_identifier is not None
    if not (skip or name or instance.is_replica or clustered):
        reason = "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
        refuse("InvalidParameterCombination", reason)
    if name and name in backend.database_snapshots:
        reason = f"Cannot create the snapshot because a snapshot with the identifier {name} already exists."
        refuse("DBSnapshotAlreadyExists", reason)
