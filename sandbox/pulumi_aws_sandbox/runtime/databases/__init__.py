"""The databases behind RDS endpoints: a MariaDB server of its own for each instance, on this machine, with TLS.

A server starts when `local` is first asked for it and ends with `running`, or when its instance is deleted. MySQL and
MariaDB are served, by MariaDB; PostgreSQL is not. Its clients come in by a door of its own, which is closed to them
while its security groups admit nobody or its Region is cut; replication does not need that door, as on AWS.
"""

from pulumi_aws_sandbox.runtime.databases.endpoints import UnservedError
from pulumi_aws_sandbox.runtime.databases.keeper import LocalDatabase
from pulumi_aws_sandbox.runtime.databases.servers import (
    backed_up_to,
    copy_at,
    copy_now,
    delay,
    follow,
    is_served,
    lag_seconds,
    local,
    reachable,
    reboot,
    running,
)
from pulumi_aws_sandbox.runtime.databases.software import missing

__all__ = [
    "LocalDatabase",
    "UnservedError",
    "backed_up_to",
    "copy_at",
    "copy_now",
    "delay",
    "follow",
    "is_served",
    "lag_seconds",
    "local",
    "missing",
    "reachable",
    "reboot",
    "running",
]
