"""Where devices are known: one table for everybody, and its key."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import PushSettings

_DELETION_WINDOW_DAYS = 30


def create_key(scope: Scope, settings: PushSettings) -> pulumi.Output[str]:
    """Create a key on which the account's own policies decide, as in AWS's default key policy, and nobody else's."""
    return aws.kms.Key(
        scope.child("key"),
        description=f"Encrypts users' devices of {scope.name}, and what topics tell them",
        enable_key_rotation=True,
        deletion_window_in_days=_DELETION_WINDOW_DAYS,
        region=scope.region,
        tags=scope.tags("key"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    ).arn


def create_table(scope: Scope, settings: PushSettings, key_arn: pulumi.Output[str]) -> "aws.dynamodb.Table":
    """Create the table, on demand."""
    return aws.dynamodb.Table(
        scope.child("table"),
        attributes=[{"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}],
        hash_key="pk",
        range_key="sk",
        billing_mode="PAY_PER_REQUEST",
        ttl={"enabled": True, "attribute_name": "expires_at"},
        point_in_time_recovery={"enabled": True},
        server_side_encryption={"enabled": True, "kms_key_arn": key_arn},
        deletion_protection_enabled=settings.deletion_protection,
        region=scope.region,
        tags=scope.tags("table"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    )
