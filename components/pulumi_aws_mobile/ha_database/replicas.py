"""Read replicas: in the database's own Region, and in others with everything that they need there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from .primary import TIMEOUTS, Primary, fenced
from .replica_settings import RecoverySettings, ReplicaSettings
from .scope import Scope
from .site import Ground, Keys, create_ground, create_parameter_group, create_topic
from .sources import Source


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
    ground: Ground
    parameter_group_name: pulumi.Output[str]
    topic_arn: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class Replica:
    """One replica as it was made."""

    arn: pulumi.Output[str]
    identifier: pulumi.Output[str]
    host: pulumi.Output[str]
    backups_arn: pulumi.Output[str] | None = None
    """The copies of its backups in another Region."""


def create_replicas(
    scope: Scope, stands: Mapping[str | None, Stand], keys: Mapping[str | None, Keys], replication: Replication
) -> dict[str, Replica]:
    """Create all replicas, each after what it follows; `stands` and `keys` are by Region, none for the database's."""
    made: dict[str, Replica] = {}
    for key, (region, replica) in scope.settings.everywhere.items():
        there = scope if region is None else scope.elsewhere(region)
        source = _source(replica.source, replication.primary, made)
        made[key] = _create_replica(there, key, replica, source, stands[region], replication)
        if replica.copied_to is not None:
            backups = copied_from(
                scope.elsewhere(replica.copied_to).narrowed(f"{scope.name}-replica-{key}"),
                made[key].arn,
                keys[None if replica.copied_to == scope.region else replica.copied_to],
                replica.retention_days,
            )
            made[key] = replace(made[key], backups_arn=backups)
    return made


def _source(source: Source, primary: Primary, made: Mapping[str, Replica]) -> pulumi.Input[str]:
    """Return what RDS is to be told: in one Region the identifier, across Regions the ARN."""
    if source.arn is not None:
        return source.arn
    followed = primary if source.key is None else made[source.key]
    return followed.arn if source.elsewhere else followed.identifier


def _create_replica(  # noqa: PLR0913, PLR0917 - a replica is joined to all of these
    scope: Scope,
    key: str,
    replica: ReplicaSettings,
    source: pulumi.Input[str],
    stand: Stand,
    replication: Replication,
) -> Replica:
    """Create one replica with its log groups and alarms."""
    its = scope.narrowed(f"{scope.name}-replica-{key}")
    identifier = create_identifier(its, {"region": scope.region or "", "kms_key_id": stand.keys.data})
    instance = _create_instance(its, identifier, replica, source, stand, replication)
    if stand.topic_arn is not None:
        watched = Watched(
            identifier=instance.identifier,
            instance_class=replica.instance_class,
            allocated_gib=replication.primary.allocated_gib,
            follows=not replica.promoted,
        )
        create_alarms(its, watched, stand.topic_arn)
    return Replica(instance.arn, instance.identifier, instance.address)


def _create_instance(  # noqa: PLR0913, PLR0917 - as above
    scope: Scope,
    identifier: pulumi.Output[str],
    replica: ReplicaSettings,
    source: pulumi.Input[str],
    stand: Stand,
    replication: Replication,
) -> "aws.rds.Instance":
    settings = scope.settings
    insights = settings.monitoring.insights is not DatabaseInsights.OFF
    final = replica.promoted and settings.safety.final_snapshot
    return aws.rds.Instance(
        scope.prefix,
        # Engine, names, storage size and encryption follow the source; giving them is refused or replaces the replica.
        replicate_source_db=source,
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
        # Beside its source a replica stands in the same subnets.
        db_subnet_group_name=stand.ground.subnet_group_name if replica.source.elsewhere else None,
        vpc_security_group_ids=[stand.ground.security_group_id],
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
            ignore_changes=["replicateSourceDb", *fenced(settings)],
            depends_on=create_log_groups(scope, identifier, stand.keys.operations),
            custom_timeouts=TIMEOUTS,
        ),
    )


def create_stand(scope: Scope, recovery: RecoverySettings, keys: Keys) -> Stand | None:
    """Create what the replicas of another Region share; none without replicas."""
    if recovery.place is None:
        return None
    ground = create_ground(scope, recovery.place, recovery.allowed_security_group_ids)
    topic = recovery.alarm_topic_arn
    if topic is None and scope.settings.alarms is not None:
        topic = create_topic(scope, keys)
    return Stand(keys, ground, create_parameter_group(scope), topic)


def create_events(scope: Scope, recovery: RecoverySettings, stand: Stand, replicas: Mapping[str, Replica]) -> None:
    """Subscribe the topic of another Region to what happens to its replicas."""
    if stand.topic_arn is not None and scope.settings.alarms is not None:
        create_event_subscription(scope, [replicas[key].identifier for key in recovery.replicas], stand.topic_arn)


def copied_from(scope: Scope, arn: pulumi.Output[str], keys: Keys, retention_days: int) -> pulumi.Output[str]:
    """Copy the automated backups of the instance `arn` to the scope's Region; return the ARN of the copies."""
    return aws.rds.InstanceAutomatedBackupsReplication(
        scope.child("backups"),
        source_db_instance_arn=arn,
        kms_key_id=keys.data,
        retention_period=retention_days,
        region=scope.region,
        opts=pulumi.ResourceOptions(
            parent=scope.parent, protect=scope.settings.safety.protect, custom_timeouts=TIMEOUTS
        ),
    ).id
