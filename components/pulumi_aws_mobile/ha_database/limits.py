"""What each option of an `HAdatabase` by itself may hold."""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import KEY_ARN, REGION, TOPIC_ARN, ZONE, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS

from .args import HAdatabaseArgs
from .backups import BACKUP_WINDOW, MAINTENANCE_WINDOW
from .instance_classes import INSTANCE_CLASS
from .nested_args import (
    CrossRegionBackupArgs,
    DatabaseAlarmArgs,
    DatabaseBackupArgs,
    DatabaseMonitoringArgs,
    DatabaseNetworkArgs,
    DatabaseReplicaArgs,
    DatabaseRestoreArgs,
)
from .sources import INSTANCE_ARN, USER_KEY
from .storage import LARGEST_GIB

_ARN = r"arn:aws[a-z-]*"
_CLASS = Matching(INSTANCE_CLASS, "an instance class, for example db.t4g.medium")
_GROUP = Matching(r"sg-[0-9a-z-]+", "the id of a security group")
_CERTIFICATES = ("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1")

LIMITS: Limits = {
    HAdatabaseArgs: {
        "region": REGION,
        "engine_version": Matching(r"\d+(\.\d+){0,3}([.-][A-Za-z0-9.-]+)?", "a version, for example 8.4, 17 or 11.8"),
        "zone": ZONE,
        "instance_class": _CLASS,
        "storage_gib": Between(20, LARGEST_GIB, "GiB"),
        "max_storage_gib": Between(0, LARGEST_GIB, "GiB"),
        "iops": Between(1000, 256_000),
        "throughput_mibps": Between(500, 4000, "MiB per second"),
        "database_name": Matching(
            r"[A-Za-z][A-Za-z0-9_]{0,62}", "a letter, then up to 62 letters, digits or underscores"
        ),
        "username": Matching(r"[A-Za-z][A-Za-z0-9_]{0,15}", "a letter, then up to 15 letters, digits or underscores"),
        "port": Between(1150, 65_535),
        "password_version": Between(1, 1_000_000),
        "allowed_security_group_ids": _GROUP,
        "maintenance_window": Matching(
            MAINTENANCE_WINDOW, "ddd:HH:MM-ddd:HH:MM in UTC, for example sun:05:00-sun:06:00"
        ),
        "kms_key_arn": KEY_ARN,
        "log_retention_days": OneOf(RETENTION_DAYS),
        "ca_certificate": OneOf(_CERTIFICATES),
    },
    DatabaseNetworkArgs: {
        "vpc_id": Matching(r"vpc-[0-9a-z-]+", "the id of a VPC"),
        "subnet_ids": Matching(r"subnet-[0-9a-z-]+", "the id of a subnet"),
        "zones": ZONE,
    },
    DatabaseBackupArgs: {
        "retention_days": Between(0, 35, "days"),
        "window": Matching(BACKUP_WINDOW, "HH:MM-HH:MM in UTC, for example 03:00-04:00"),
    },
    CrossRegionBackupArgs: {"region": REGION, "retention_days": Between(1, 35, "days"), "kms_key_arn": KEY_ARN},
    DatabaseRestoreArgs: {
        "source_backups_arn": Matching(
            rf"{_ARN}:rds:[a-z0-9-]+:\d{{12}}:auto-backup:ab-[a-z0-9]+", "the ARN of automated backups"
        ),
        "restore_time": Matching(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "a moment in UTC, for example 2026-11-22T09:30:00Z"
        ),
    },
    DatabaseReplicaArgs: {
        "region": REGION,
        "zone": ZONE,
        "instance_class": _CLASS,
        "kms_key_arn": KEY_ARN,
        "allowed_security_group_ids": _GROUP,
        "retention_days": Between(0, 35, "days"),
        "source": Matching(rf"{USER_KEY}|{INSTANCE_ARN}", "the key of another replica, or the ARN of an instance"),
        "copied_to": REGION,
        "alarm_topic_arn": TOPIC_ARN,
    },
    DatabaseMonitoringArgs: {
        "interval_seconds": OneOf((0, 1, 5, 10, 15, 30, 60)),
        "insights_retention_days": OneOf((7, *range(31, 714, 31), 731)),
    },
    DatabaseAlarmArgs: {
        "topic_arn": TOPIC_ARN,
        "cpu_percent": Between(1, 100, "percent"),
        "free_storage_percent": Between(1, 90, "percent"),
        "connections": Between(1, 100_000),
        "replica_lag_seconds": Between(1, 86_400, "seconds"),
    },
}


def check_arns(values: Mapping[str, Any], region: str | None, problems: Problems) -> None:
    """Note keys and topics of a Region other than the one they are for, as far as they are known."""
    for path, arn, wanted in _arns(values, region):
        if isinstance(arn, str) and wanted is not None and arn.split(":")[3] != wanted:
            problems.add(
                path, arn, f"an ARN in {wanted}", "give one of that Region; keys and topics do not reach across"
            )


def _arns(values: Mapping[str, Any], region: str | None) -> Iterator[tuple[str, Any, str | None]]:
    yield "kms_key_arn", values.get("kms_key_arn"), region
    yield "alarms.topic_arn", values.get("alarms", {}).get("topic_arn"), region
    yield "restore.source_backups_arn", values.get("restore", {}).get("source_backups_arn"), region
    copies: Mapping[str, Any] = values.get("cross_region_backups", {})
    yield "cross_region_backups.kms_key_arn", copies.get("kms_key_arn"), copies.get("region")
    for key, replica in values.get("replicas", {}).items():
        for option in ("kms_key_arn", "alarm_topic_arn"):
            yield f"replicas.{key}.{option}", replica.get(option), replica.get("region", region)
