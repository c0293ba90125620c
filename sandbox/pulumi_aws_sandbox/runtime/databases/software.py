"""What a database needs of this machine."""

from pulumi_aws_sandbox.runtime.child_processes import program

SERVER = "mariadbd"
INSTALLER = "mariadb-install-db"
CLIENT = "mariadb"


def missing() -> tuple[str, ...]:
    """Return what this machine lacks, by the names of Debian's packages without their versions."""
    return () if all(map(program, (SERVER, INSTALLER, CLIENT))) else ("mariadb-server",)


def path(name: str) -> str:
    """Return where a program is; raise `FileNotFoundError` if it is not there."""
    found = program(name)
    if found is None:
        message = f"{name} is not on this machine; run sandbox/install-web-tier, or install the MariaDB server"
        raise FileNotFoundError(message)
    return found
