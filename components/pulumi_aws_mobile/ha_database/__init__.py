"""A relational database that survives the loss of a zone, and with replicas that of a Region."""

from .args import HAdatabaseArgs
from .choices import (
    DatabaseCredentials,
    DatabaseEngine,
    DatabaseInsights,
    DatabaseStorage,
    DatabaseTopology,
)
from .component import HAdatabase
from .nested_args import (
    CrossRegionBackupArgs,
    DatabaseAlarmArgs,
    DatabaseBackupArgs,
    DatabaseMonitoringArgs,
    DatabaseNetworkArgs,
    DatabaseReplicaArgs,
    DatabaseRestoreArgs,
)

__all__ = [
    "CrossRegionBackupArgs",
    "DatabaseAlarmArgs",
    "DatabaseBackupArgs",
    "DatabaseCredentials",
    "DatabaseEngine",
    "DatabaseInsights",
    "DatabaseMonitoringArgs",
    "DatabaseNetworkArgs",
    "DatabaseReplicaArgs",
    "DatabaseRestoreArgs",
    "DatabaseStorage",
    "DatabaseTopology",
    "HAdatabase",
    "HAdatabaseArgs",
]
