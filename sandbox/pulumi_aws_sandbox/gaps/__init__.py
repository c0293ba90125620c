"""What moto lacks, filled in one place; `sandbox/README.md` lists it."""

from importlib import import_module

_GAPS = (
    "ec2_endpoints",
    "ec2_images",
    "ec2_rules",
    "iam_managed_policies",
    "logs_keys",
    "rds_backups",
    "rds_clusters",
    "rds_events",
    "rds_failover",
    "rds_groups",
    "rds_instances",
    "rds_managed_secrets",
    "s3_documents",
    "s3_logging",
    "s3_policies",
    "secret_replicas",
)


def fill() -> None:
    """Add to moto what it lacks, in this process; doing it again changes nothing.

    The gaps are loaded only now, and moto with them: a preview must not pay for either.
    """
    for gap in _GAPS:
        import_module(f"{__name__}.{gap}").fill()
