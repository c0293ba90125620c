"""Tables with replicas in another Region: one replica in the table itself, one beside it, one without recovery."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"carts": "ddb-pitr"}

KEEP = pulumi.ResourceOptions(protect=True)


def _table(name: str, key: aws.kms.Key, **more: object) -> aws.dynamodb.Table:
    return aws.dynamodb.Table(
        name,
        hash_key="id",
        billing_mode="PAY_PER_REQUEST",
        attributes=[{"name": "id", "type": "S"}],
        stream_enabled=True,
        stream_view_type="NEW_AND_OLD_IMAGES",
        point_in_time_recovery={"enabled": True},
        deletion_protection_enabled=True,
        server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
        opts=KEEP,
        **more,
    )


def program() -> None:
    here = aws.kms.Key("here", multi_region=True, enable_key_rotation=True, deletion_window_in_days=30, opts=KEEP)
    there = aws.kms.ReplicaKey(
        "there", region="eu-central-1", primary_key_arn=here.arn, deletion_window_in_days=30, opts=KEEP
    )
    replica = {"region_name": "eu-central-1", "kms_key_arn": there.arn, "deletion_protection_enabled": True}
    _table("orders", here, replicas=[{**replica, "point_in_time_recovery": True}])
    _table("carts", here, replicas=[replica])
    users = _table("users", here)
    aws.dynamodb.TableReplica(
        "users-there",
        region="eu-central-1",
        global_table_arn=users.arn,
        kms_key_arn=there.arn,
        point_in_time_recovery=True,
        deletion_protection_enabled=True,
        opts=KEEP,
    )
