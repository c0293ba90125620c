"""Copies in the recovery Region that AWS keeps by itself: of DynamoDB tables, and of the user pool."""

import json

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import DRPairSettings
from .template import replica_template


def create_table_replicas(scope: Scope, settings: DRPairSettings) -> None:
    """Create a replica of each table, in which both Regions may write."""
    for key, arn in settings.tables.items():
        child = f"table-{key}"
        aws.dynamodb.TableReplica(
            scope.child(child),
            global_table_arn=arn,
            kms_key_arn=settings.tables_kms_key_arn,
            point_in_time_recovery=True,
            deletion_protection_enabled=settings.protect,
            region=scope.region,
            tags=scope.tags(child),
            opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
        )


def create_user_pool_replica(scope: Scope, settings: DRPairSettings) -> None:
    """Create a replica of the user pool by CloudFormation, in the primary Region: the replica belongs to its pool."""
    pool = settings.replicated_user_pool_id
    if pool is None:
        return
    recovery = settings.recovery.region
    aws.cloudformation.Stack(
        scope.child("user-pool-replica"),
        template_body=pulumi.Output.from_input(pool).apply(
            lambda known: json.dumps(replica_template(known, recovery), sort_keys=True)
        ),
        region=settings.primary.region,
        tags=scope.tags("user-pool-replica"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    )
