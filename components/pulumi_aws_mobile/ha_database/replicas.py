"""Read replicas: in the database's own Region, and in others with everything that they need there."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .choices import DatabaseInsights
from .identifiers import create_identifier
from .instance_classes import has_insights
from .observability import (
    Watched,
    create_alarms,
    create_event_subscription,
    create_log_groups,
    insights_inputs,
)
from .primary import TIMEOUTS, Primary
from .replica_settings import RecoverySettings, ReplicaSettings
from .scope import Scope
from .site import Keys, create_ground, create_parameter_group, create_topic


@dataclass(frozen=True, slots=True)
class Replication:
    """What every replica has from the database, wherever it stands."""

    primary: Primary
    monitoring_role_arn: pulumi.Output[str] | None
    password: pulumi.Output[str] | None
    """None with a managed password, which rules replicas out."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What the replicas of one Region share."""

    keys: Keys
    security_group_id: pulumi.Output[str]
    subnet_group_name: pulumi.Output[str] | None
    """None in the database's own Region: a replica there stands in the database's subnet group."""
    parameter_group_name: pulumi.Output[str]
    topic_arn: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class Replica:
    """One replica as it was made."""

    arn: pulumi.Output[str]
    identifier: pulumi.Output[str]
    host: pulumi.Output[str]


def create_replica(scope: Scope, key: str, replica: ReplicaSettings, stand: Stand, replication: Replication) -> Replica:
    """Create one replica with its log groups and alarms."""
    its = scope.narrowed(f"{scope.name}-replica-{key}")
    identifier = create_identifier(its, {"region": scope.region or "", "kms_key_id": stand.keys.data})
    instance = _create_instance(its, identifier, replica, stand, replication)
    if stand.topic_arn is not None:
        watched = Watched(
            identifier=instance.identifier,
            instance_class=replica.instance_class,
            allocated_gib=replication.primary.allocated_gib,
            follows=not replica.promoted,
        )
        create_alarms(its, watched, stand.topic_arn)
    return Replica(instance.arn, instance.identifier, instance.address)


def _create_instance(
    scope: Scope, identifier: pulumi.Output[str], replica: ReplicaSettings, stand: Stand, replication: Replication
) -> "aws.rds.Instance":
    settings, primary = scope.settings, replication.primary
    insights = settings.monitoring.insights is not DatabaseInsights.OFF
    final = replica.promoted and settings.safety.final_snapshot
    return aws.rds.Instance(
        scope.prefix,
        # Engine, names, storage size and encryption follow the source; giving them is refused or replaces the replica.
        replicate_source_db=primary.identifier if stand.subnet_group_name is None else primary.arn,
        identifier=identifier,
        instance_class=replica.instance_class,
        multi_az=replica.multi_az,
        availability_zone=replica.zone,
        max_allocated_storage=settings.storage.max_gib,
        storage_encrypted=True,
        kms_key_id=stand.keys.data,
        port=settings.port,
        # An owner of data keeps step with the secret; a replica has its source's password.
        password_wo=replication.password if replica.promoted else None,
        password_wo_version=settings.password_version if replica.promoted else None,
        db_subnet_group_name=stand.subnet_group_name,
        vpc_security_group_ids=[stand.security_group_id],
        publicly_accessible=False,
        parameter_group_name=stand.parameter_group_name,
        backup_retention_period=replica.retention_days,
        backup_window=settings.backups.window if replica.retention_days else None,
        maintenance_window=settings.backups.maintenance_window,
        delete_automated_backups=not settings.backups.keep_after_delete,
        copy_tags_to_snapshot=True,
        deletion_protection=settings.safety.deletion_protection,
        # RDS takes no final snapshot of a replica, and refuses to delete one that asks for it.
        skip_final_snapshot=not final,
        final_snapshot_identifier=pulumi.Output.concat(identifier, "-final") if final else None,
        auto_minor_version_upgrade=settings.updates.auto_minor_version_upgrade,
        allow_major_version_upgrade=settings.updates.allow_major_version_upgrade,
        apply_immediately=settings.updates.apply_immediately,
        ca_cert_identifier=settings.ca_certificate,
        iam_database_authentication_enabled=settings.iam_authentication,
        enabled_cloudwatch_logs_exports=list(settings.log_exports),
        monitoring_interval=settings.monitoring.interval_seconds,
        monitoring_role_arn=replication.monitoring_role_arn,
        **insights_inputs(
            stand.keys.data, settings, available=insights and has_insights(replica.instance_class, settings.engine)
        ),
        region=scope.region,
        tags=scope.tags(scope.prefix),
        opts=pulumi.ResourceOptions(
            parent=scope.parent,
            protect=settings.safety.protect,
            # A promotion, by a failover or by hand, empties this at AWS; nothing may be read into that difference.
            ignore_changes=["replicateSourceDb"],
            depends_on=create_log_groups(scope, identifier, stand.keys.operations),
            custom_timeouts=TIMEOUTS,
        ),
    )


def create_recovery(
    scope: Scope, recovery: RecoverySettings, keys: Keys, replication: Replication
) -> dict[str, Replica]:
    """Create what stands in another Region: the copy of the backups, the replicas and their surroundings."""
    if recovery.backups_retention_days is not None:
        aws.rds.InstanceAutomatedBackupsReplication(
            scope.child("backups"),
            source_db_instance_arn=replication.primary.arn,
            kms_key_id=keys.data,
            retention_period=recovery.backups_retention_days,
            region=scope.region,
            opts=pulumi.ResourceOptions(
                parent=scope.parent, protect=scope.settings.safety.protect, custom_timeouts=TIMEOUTS
            ),
        )
    if recovery.place is None:
        return {}
    ground = create_ground(scope, recovery.place, recovery.allowed_security_group_ids)
    topic = recovery.alarm_topic_arn
    if topic is None and scope.settings.alarms is not None:
        topic = create_topic(scope, keys)
    stand = Stand(
        keys=keys,
        security_group_id=ground.security_group_id,
        subnet_group_name=ground.subnet_group_name,
        parameter_group_name=create_parameter_group(scope),
        topic_arn=topic,
    )
    replicas = {
        key: create_replica(scope, key, replica, stand, replication) for key, replica in recovery.replicas.items()
    }
    if topic is not None and scope.settings.alarms is not None:
        create_event_subscription(scope, [replica.identifier for replica in replicas.values()], topic)
    return replicas
