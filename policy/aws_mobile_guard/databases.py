"""What RDS rules have in common."""

from aws_mobile_guard.aws_types import DB_CLUSTER, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.view import UNKNOWN, Unknown

_FAMILIES = ("mysql", "mariadb", "postgres", "oracle", "sqlserver", "db2")


def is_replica(resource: Resource) -> bool:
    """Tell whether a database copies another; a source that is not known yet is a source too."""
    if resource.type == DB_INSTANCE:
        return resource.has("replicateSourceDb")
    return resource.has("replicationSourceIdentifier") or resource.has("globalClusterIdentifier")


def is_restored(resource: Resource) -> bool:
    """Tell whether a database starts from a backup, which then decides its name, password and encryption."""
    return any(resource.has(name) for name in ("snapshotIdentifier", "restoreToPointInTime", "s3Import"))


def is_aurora(resource: Resource) -> bool:
    """Tell whether a cluster is an Aurora one, whose instances are resources of their own."""
    return resource.type == DB_CLUSTER and not resource.has("dbClusterInstanceClass")


def engine_family(resource: Resource) -> str | Unknown | None:
    """Return `mysql`, `mariadb`, `postgres`, `oracle`, `sqlserver`, …; none where a replica takes its source's."""
    engine = resource.text("engine")
    if engine is None or engine is UNKNOWN:
        return engine
    if engine == "aurora":
        return "mysql"
    return next((family for family in _FAMILIES if family in engine), engine)
