"""A MySQL database with a replica in another Region, by the property `region`, and a restored copy for analysts."""

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "analysts": (
        "guard-protect rds-backups rds-delete-protect rds-dr-copy rds-encrypted rds-final-snapshot"
        " rds-log-exports rds-multi-az"
    ),
}

KEEP = pulumi.ResourceOptions(protect=True)


def program() -> None:
    keys = {
        region: aws.kms.Key(
            f"key-{region}", region=region, enable_key_rotation=True, deletion_window_in_days=30, opts=KEEP
        )
        for region in ("eu-west-1", "eu-central-1")
    }
    parameters = {
        region: aws.rds.ParameterGroup(
            f"parameters-{region}",
            region=region,
            family="mysql8.4",
            parameters=[{"name": "require_secure_transport", "value": "ON"}],
        )
        for region in keys
    }
    common: dict[str, object] = {
        "instance_class": "db.m7g.large",
        "storage_encrypted": True,
        "deletion_protection": True,
        "enabled_cloudwatch_logs_exports": ["audit", "error", "general", "slowquery"],
        "backup_retention_period": 14,
        "opts": KEEP,
    }
    primary = aws.rds.Instance(
        "primary",
        engine="mysql",
        engine_version="8.4",
        allocated_storage=100,
        username="keeper",
        manage_master_user_password=True,
        multi_az=True,
        kms_key_id=keys["eu-west-1"].arn,
        parameter_group_name=parameters["eu-west-1"].name,
        final_snapshot_identifier="primary-last",
        **common,
    )
    aws.rds.Instance(
        "replica",
        region="eu-central-1",
        replicate_source_db=primary.arn,
        kms_key_id=keys["eu-central-1"].arn,
        parameter_group_name=parameters["eu-central-1"].name,
        skip_final_snapshot=True,
        **common,
    )
    aws.rds.Instance(
        "analysts",
        snapshot_identifier="rds:primary-2026-11-01-03-10",
        instance_class="db.t4g.medium",
        skip_final_snapshot=True,
    )
