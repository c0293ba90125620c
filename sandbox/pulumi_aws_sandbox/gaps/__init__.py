"""What moto lacks, filled in one place; `sandbox/README.md` lists it."""


def fill() -> None:
    """Add to moto what it lacks, in this process; doing it again changes nothing."""
    from pulumi_aws_sandbox.gaps import (  # noqa: PLC0415 - moto loads only when something is deployed
        ec2_endpoints,
        ec2_images,
        ec2_rules,
        iam_managed_policies,
        logs_keys,
        rds_backups,
        rds_clusters,
        rds_events,
        rds_failover,
        rds_groups,
        rds_instances,
        rds_managed_secrets,
        s3_documents,
        s3_logging,
        s3_policies,
        secret_replicas,
    )

    for gap in (
        ec2_endpoints,
        ec2_images,
        ec2_rules,
        iam_managed_policies,
        logs_keys,
        rds_backups,
        rds_clusters,
        rds_events,
        rds_failover,
        rds_groups,
        rds_instances,
        rds_managed_secrets,
        s3_documents,
        s3_logging,
        s3_policies,
        secret_replicas,
    ):
        gap.fill()
