"""An Aurora cluster with a writer and a reader; encrypted, but its log exports, deletion and TLS were left alone."""

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "orders": (
        "guard-protect rds-backups rds-cmk rds-delete-protect rds-dr-copy rds-final-snapshot rds-force-tls"
        " rds-log-exports rds-managed-password"
    ),
    "orders-reader": "rds-minor-upgrades rds-private",
}


def program() -> None:
    cluster = aws.rds.Cluster(
        "orders",
        engine=aws.rds.EngineType.AURORA_MYSQL,
        engine_version="8.0.mysql_aurora.3.08.0",
        database_name="orders",
        master_username="keeper",
        master_password=pulumi.Config().require_secret("password"),
        storage_encrypted=True,
        backup_retention_period=3,
        skip_final_snapshot=True,
    )
    for role, public in (("writer", False), ("reader", True)):
        aws.rds.ClusterInstance(
            f"orders-{role}",
            cluster_identifier=cluster.id,
            engine=aws.rds.EngineType.AURORA_MYSQL,
            instance_class="db.r7g.large",
            publicly_accessible=public,
            auto_minor_version_upgrade=not public,
        )
