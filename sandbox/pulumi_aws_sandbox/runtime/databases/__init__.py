"""The databases behind RDS endpoints: a MariaDB server of its own for each instance, on this machine, with TLS.

A server starts when `local` is first asked for it and ends with `running`, or when its instance is deleted. MySQL and
MariaDB are served, by MariaDB; PostgreSQL is not.
"""

from pulumi_aws_sandbox.runtime.databases.endpoints import UnservedError
from pulumi_aws_sandbox.runtime.databases.servers import LocalDatabase, local, reboot, running
from pulumi_aws_sandbox.runtime.databases.software import missing

__all__ = ["LocalDatabase", "UnservedError", "local", "missing", "reboot", "running"]
