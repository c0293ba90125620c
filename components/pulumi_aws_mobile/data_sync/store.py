"""Where users' data is kept: one table for everybody, its key, and its replica in another Region."""

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.arns import moved
from pulumi_aws_mobile.scope import Scope

from .documents import INDEX, Stored
from .settings import DataSyncSettings, Replica

_DELETION_WINDOW_DAYS = 30
_KEY_TEXT = "Encrypts users' data of {}, and what is told of its changes"


def create_key(
    scope: Scope, settings: DataSyncSettings, role: str = "key", region: str | None = None
) -> pulumi.Output[str]:
    """Create a key on which the account's own policies decide, as in AWS's default key policy, and nobody else's."""
    return aws.kms.Key(
        scope.child(role),
        description=_KEY_TEXT.format(scope.name),
        enable_key_rotation=True,
        deletion_window_in_days=_DELETION_WINDOW_DAYS,
        region=region or scope.region,
        tags=scope.tags(role),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    ).arn


def replica_key(scope: Scope, settings: DataSyncSettings) -> pulumi.Output[str] | None:
    """Return the key of the replica, which is of its Region; none where there is no replica."""
    if settings.replica is None:
        return None
    if settings.replica.kms_key_arn is not None:
        return pulumi.Output.from_input(settings.replica.kms_key_arn)
    return create_key(scope, settings, "recovery-key", settings.replica.region)


def create_table(
    scope: Scope, settings: DataSyncSettings, key_arn: pulumi.Output[str], replica_key_arn: pulumi.Output[str] | None
) -> "aws.dynamodb.Table":
    """Create the table, on demand, with its stream and its replica."""
    return aws.dynamodb.Table(
        scope.child("table"),
        attributes=[{"name": "count", "type": "N"}, {"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}],
        hash_key="pk",
        range_key="sk",
        local_secondary_indexes=[{"name": INDEX, "range_key": "count", "projection_type": "ALL"}],
        billing_mode="PAY_PER_REQUEST",
        ttl={"enabled": True, "attribute_name": "expires_at"},
        stream_enabled=True,
        stream_view_type="NEW_AND_OLD_IMAGES",
        point_in_time_recovery={"enabled": True},
        server_side_encryption={"enabled": True, "kms_key_arn": key_arn},
        deletion_protection_enabled=settings.deletion_protection,
        replicas=_replicas(settings, replica_key_arn),
        region=scope.region,
        tags=scope.tags("table"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    )


def stored_here(table: "aws.dynamodb.Table", key_arn: pulumi.Output[str]) -> Stored:
    """Return the table and its key."""
    return Stored(table.name, table.arn, table.stream_arn, key_arn)


def stored_there(table: "aws.dynamodb.Table", replica: Replica, key_arn: pulumi.Output[str]) -> Stored:
    """Return the replica and its key."""
    region = replica.region
    stream_arn = table.replicas.apply(lambda replicas: _stream_arn(replicas or (), region))
    return Stored(table.name, table.arn.apply(lambda arn: moved(arn, region)), stream_arn, key_arn)


def _replicas(settings: DataSyncSettings, key_arn: pulumi.Output[str] | None) -> list[Any] | None:
    """Return what the replica is made of: nothing of this is taken over from the table."""
    if settings.replica is None:
        return None
    return [
        {
            "region_name": settings.replica.region,
            "kms_key_arn": key_arn,
            "point_in_time_recovery": True,
            "deletion_protection_enabled": settings.deletion_protection,
            "propagate_tags": True,
        }
    ]


def _stream_arn(replicas: Sequence[Any], region: str) -> str:
    return next(each.stream_arn for each in replicas if each.region_name == region)
