"""The database that is written to: an instance, with or without a standby, or a Multi-AZ cluster."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from .choices import DatabaseCredentials, DatabaseInsights, DatabaseTopology
from .observability import insights_inputs
from .scope import Scope
from .settings import HAdatabaseSettings
from .site import Ground, Keys

TIMEOUTS = pulumi.CustomTimeouts(create="90m", update="3h", delete="90m")
"""Restores, engine upgrades and final snapshots take their time; the provider's own limits are 40 to 80 minutes."""
_BORN_FROM = ["snapshotIdentifier", "restoreToPointInTime"]
"""What a database started from, which must never be read as a change of what it is."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What exists before the database and is handed to it."""

    identifier: pulumi.Output[str]
    ground: Ground
    keys: Keys
    parameter_group_name: pulumi.Output[str]
    monitoring_role_arn: pulumi.Output[str] | None
    log_groups: list[pulumi.Resource]
    password: pulumi.Output[str] | None


@dataclass(frozen=True, slots=True)
class Primary:
    """The database, whichever its kind."""

    arn: pulumi.Output[str]
    identifier: pulumi.Output[str]
    host: pulumi.Output[str]
    reader_host: pulumi.Output[str] | None
    """The address that leads to the readers of a cluster; none for an instance."""
    username: pulumi.Output[str]
    database_name: pulumi.Output[str]
    managed_secret_arn: pulumi.Output[str] | None
    allocated_gib: pulumi.Input[int]
    members: tuple[pulumi.Output[str], ...]
    """The identifiers of its instances."""


def create_instance(scope: Scope, around: Surroundings) -> Primary:
    """Create the instance."""
    settings = scope.settings
    child = scope.child("instance")
    restore = settings.restore
    instance = aws.rds.Instance(
        child,
        **_common(scope, child, around),
        identifier=around.identifier,
        instance_class=settings.instance_class,
        multi_az=settings.topology is DatabaseTopology.MULTI_AZ_INSTANCE,
        availability_zone=settings.zone,
        max_allocated_storage=settings.storage.max_gib,
        storage_throughput=settings.storage.throughput_mibps,
        db_name=settings.database_name,
        username=settings.username,
        password_wo=around.password,
        password_wo_version=settings.password_version if around.password is not None else None,
        parameter_group_name=around.parameter_group_name,
        publicly_accessible=False,
        backup_window=settings.backups.window,
        maintenance_window=settings.backups.maintenance_window,
        ca_cert_identifier=settings.ca_certificate,
        blue_green_update=aws.rds.InstanceBlueGreenUpdateArgs(enabled=True) if settings.updates.blue_green else None,
        restore_to_point_in_time=_instance_moment(settings),
        snapshot_identifier=restore.snapshot_identifier if restore else None,
        opts=_options(scope, around, ignored=_BORN_FROM, decided=["dbName", "username", "kmsKeyId"]),
    )
    return Primary(
        arn=instance.arn,
        identifier=instance.identifier,
        host=instance.address,
        reader_host=None,
        username=instance.username,
        database_name=instance.db_name,
        managed_secret_arn=_managed_secret_arn(instance.master_user_secrets, settings),
        allocated_gib=settings.storage.allocated_gib or instance.allocated_storage,
        members=(instance.identifier,),
    )


def create_cluster(scope: Scope, around: Surroundings) -> Primary:
    """Create the Multi-AZ cluster; RDS makes its three instances."""
    settings = scope.settings
    child = scope.child("cluster")
    restore = settings.restore
    cluster = aws.rds.Cluster(
        child,
        **_common(scope, child, around),
        cluster_identifier=around.identifier,
        db_cluster_instance_class=settings.instance_class,
        database_name=settings.database_name,
        master_username=settings.username,
        master_password_wo=around.password,
        master_password_wo_version=settings.password_version if around.password is not None else None,
        db_cluster_parameter_group_name=around.parameter_group_name,
        preferred_backup_window=settings.backups.window,
        preferred_maintenance_window=settings.backups.maintenance_window,
        ca_certificate_identifier=settings.ca_certificate,
        publicly_accessible=False,  # left out, it would follow from the VPC having an internet gateway
        restore_to_point_in_time=_cluster_moment(settings),
        snapshot_identifier=restore.snapshot_identifier if restore else None,
        # RDS names the zones; the provider would take its answer for a change that replaces the cluster.
        opts=_options(
            scope, around, ignored=["availabilityZones", *_BORN_FROM], decided=["databaseName", "masterUsername"]
        ),
    )
    return Primary(
        arn=cluster.arn,
        identifier=cluster.cluster_identifier,
        host=cluster.endpoint,
        reader_host=cluster.reader_endpoint,
        username=cluster.master_username,
        database_name=cluster.database_name,
        managed_secret_arn=_managed_secret_arn(cluster.master_user_secrets, settings),
        allocated_gib=settings.storage.allocated_gib or cluster.allocated_storage,
        # RDS names the instances of a Multi-AZ cluster after it, with the numbers 1 to 3.
        members=tuple(pulumi.Output.concat(cluster.cluster_identifier, f"-instance-{n}") for n in (1, 2, 3)),
    )


def _common(scope: Scope, child: str, around: Surroundings) -> dict[str, Any]:
    """Return what an instance and a cluster call by the same name."""
    settings = scope.settings
    managed = settings.credentials is DatabaseCredentials.MANAGED
    final = settings.safety.final_snapshot
    insights = settings.monitoring.insights is not DatabaseInsights.OFF
    return {
        "engine": settings.engine.value,
        "engine_version": settings.version.version,
        "engine_lifecycle_support": settings.version.lifecycle_support,
        "allocated_storage": settings.storage.allocated_gib,
        "storage_type": settings.storage.kind.value if settings.storage.kind else None,
        "iops": settings.storage.iops,
        "storage_encrypted": True,
        "kms_key_id": around.keys.data if _chooses_key(settings) else None,
        "port": settings.port,
        "manage_master_user_password": True if managed else None,
        "master_user_secret_kms_key_id": around.keys.data if managed else None,
        "db_subnet_group_name": around.ground.subnet_group_name,
        "vpc_security_group_ids": [around.ground.security_group_id],
        "backup_retention_period": settings.backups.retention_days,
        "delete_automated_backups": not settings.backups.keep_after_delete,
        "copy_tags_to_snapshot": True,
        "deletion_protection": settings.safety.deletion_protection,
        "skip_final_snapshot": not final,
        "final_snapshot_identifier": pulumi.Output.concat(around.identifier, "-final") if final else None,
        "auto_minor_version_upgrade": settings.updates.auto_minor_version_upgrade,
        "allow_major_version_upgrade": settings.updates.allow_major_version_upgrade,
        "apply_immediately": settings.updates.apply_immediately,
        "iam_database_authentication_enabled": settings.iam_authentication,
        "enabled_cloudwatch_logs_exports": list(settings.log_exports),
        "monitoring_interval": settings.monitoring.interval_seconds,
        "monitoring_role_arn": around.monitoring_role_arn,
        "database_insights_mode": settings.monitoring.insights.value if insights else "standard",
        **insights_inputs(around.keys.data, settings, available=insights),
        "region": scope.region,
        "tags": scope.tags(child),
    }


def _chooses_key(settings: HAdatabaseSettings) -> bool:
    """Tell whether RDS takes a key: a restored instance keeps its backup's, which can only be named, not chosen."""
    return settings.restore is None or settings.cluster or settings.kms_key_arn is not None


def _options(scope: Scope, around: Surroundings, *, ignored: list[str], decided: list[str]) -> pulumi.ResourceOptions:
    # What the backup decides is left out with a restore; it must not be taken away from a database that has it.
    return pulumi.ResourceOptions(
        parent=scope.parent,
        protect=scope.settings.safety.protect,
        ignore_changes=[*ignored, *(decided if scope.settings.restore else []), *fenced(scope.settings)],
        depends_on=around.log_groups,
        custom_timeouts=TIMEOUTS,
    )


def fenced(settings: HAdatabaseSettings) -> list[str]:
    """Return the inputs that somebody besides the program changes to keep everybody from a database."""
    return ["vpcSecurityGroupIds"] if settings.guarded else []


def _instance_moment(settings: HAdatabaseSettings) -> "aws.rds.InstanceRestoreToPointInTimeArgsDict | None":
    restore = settings.restore
    if restore is None or restore.snapshot_identifier is not None:
        return None
    moment: aws.rds.InstanceRestoreToPointInTimeArgsDict = {}
    if restore.source_identifier is not None:
        moment["source_db_instance_identifier"] = restore.source_identifier
    if restore.source_backups_arn is not None:
        moment["source_db_instance_automated_backups_arn"] = restore.source_backups_arn
    if restore.restore_time is not None:
        moment["restore_time"] = restore.restore_time
    else:
        moment["use_latest_restorable_time"] = True
    return moment


def _cluster_moment(settings: HAdatabaseSettings) -> "aws.rds.ClusterRestoreToPointInTimeArgsDict | None":
    restore = settings.restore
    if restore is None or restore.source_identifier is None:
        return None
    moment: aws.rds.ClusterRestoreToPointInTimeArgsDict = {"source_cluster_identifier": restore.source_identifier}
    if restore.restore_time is not None:
        moment["restore_to_time"] = restore.restore_time
    else:
        moment["use_latest_restorable_time"] = True
    return moment


def _managed_secret_arn(secrets: pulumi.Output[Any], settings: HAdatabaseSettings) -> pulumi.Output[str] | None:
    if settings.credentials is DatabaseCredentials.OWN:
        return None
    return secrets.apply(lambda found: found[0].secret_arn)
