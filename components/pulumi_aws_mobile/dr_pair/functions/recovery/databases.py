"""RDS: databases, replicas, their lag, and copied backups."""

from datetime import UTC, datetime, timedelta

from .clients import call, code_of
from .effects import FailedError
from .sights import DatabaseSeen, LagPoint

_MINUTE = 60
_LAG_MINUTES = 60


def describe(region: str, identifier: str, *, is_far: bool) -> DatabaseSeen | None:
    """Return a database as RDS tells it, or `None` where there is none."""
    try:
        found = call("rds", region, "describe_db_instances", is_far=is_far, DBInstanceIdentifier=identifier)
    except FailedError as error:
        if code_of(error) in {"DBInstanceNotFound", "DBInstanceNotFoundFault"}:
            return None
        raise
    told = found["DBInstances"][0]
    groups = told.get("VpcSecurityGroups", [])
    return DatabaseSeen(
        identifier=told["DBInstanceIdentifier"],
        status=told["DBInstanceStatus"],
        source=told.get("ReadReplicaSourceDBInstanceIdentifier") or None,
        endpoint=told.get("Endpoint", {}).get("Address"),
        security_group_ids=tuple(sorted(each["VpcSecurityGroupId"] for each in groups)),
        is_settled=all(each.get("Status", "active") == "active" for each in groups),
        backup_retention_days=int(told.get("BackupRetentionPeriod", 0)),
    )


def lag(region: str, identifier: str, now: int, *, is_far: bool) -> tuple[LagPoint, ...]:
    """Return a replica's lag of the last hour.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
    """
    end = datetime.fromtimestamp(now, UTC)
    found = call(
        "cloudwatch",
        region,
        "get_metric_statistics",
        is_far=is_far,
        Namespace="AWS/RDS",
        MetricName="ReplicaLag",
        Dimensions=[{"Name": "DBInstanceIdentifier", "Value": identifier}],
        StartTime=end - timedelta(minutes=_LAG_MINUTES),
        EndTime=end + timedelta(minutes=1),
        Period=_MINUTE,
        Statistics=["Maximum"],
    )
    points = [LagPoint(int(each["Timestamp"].timestamp()), _whole(each["Maximum"])) for each in found["Datapoints"]]
    return tuple(sorted(points, key=lambda point: point.at))


def backups_until(region: str, source_identifier: str) -> int | None:
    """Return up to when copied backups can be restored, or `None` where there are none."""
    found = call("rds", region, "describe_db_instance_automated_backups", DBInstanceIdentifier=source_identifier)
    ends = [
        each.get("RestoreWindow", {}).get("LatestTime")
        for each in found["DBInstanceAutomatedBackups"]
        if each.get("DBInstanceIdentifier", source_identifier) == source_identifier
    ]
    known = [int(end.timestamp()) for end in ends if end is not None]
    return max(known, default=None)


def set_security_groups(region: str, identifier: str, group_ids: tuple[str, ...], *, is_far: bool) -> None:
    """Give a database exactly these security groups, at once."""
    call(
        "rds",
        region,
        "modify_db_instance",
        is_far=is_far,
        DBInstanceIdentifier=identifier,
        VpcSecurityGroupIds=list(group_ids),
        ApplyImmediately=True,
    )


def reboot(region: str, identifier: str, *, is_far: bool) -> None:
    """Reboot a database, which ends open connections."""
    call("rds", region, "reboot_db_instance", is_far=is_far, DBInstanceIdentifier=identifier)


def promote(region: str, identifier: str, *, is_far: bool) -> None:
    """Make a replica a database of its own; it keeps the backups that it has."""
    call("rds", region, "promote_read_replica", is_far=is_far, DBInstanceIdentifier=identifier)


def _whole(seconds: float) -> int:
    """Round a lag up, and keep a negative one, which means that nobody knows."""
    return -1 if seconds < 0 else -int(-seconds // 1)
