"""What a web tier needs of this machine."""

import subprocess
from functools import cache

from pulumi_aws_sandbox.runtime import databases
from pulumi_aws_sandbox.runtime.child_processes import program

PHP = "php"


def missing() -> tuple[str, ...]:
    """Return what this machine lacks, by the names of Debian's packages without their versions."""
    php = program(PHP)
    if php is None:
        return ("php-cli", "php-mysql", *databases.missing())
    return (*(() if _has_database_driver(php) else ("php-mysql",)), *databases.missing())


def hint() -> str:
    """Return how to get what is missing; an empty text if nothing is."""
    lacking = missing()
    if not lacking:
        return ""
    return (
        f"this machine lacks {', '.join(lacking)}: run sandbox/install-web-tier, which installs them on Debian and "
        "Ubuntu as root; elsewhere install PHP 8 with pdo_mysql and MariaDB's server and client (macOS: "
        "brew install php mariadb)"
    )


@cache
def _has_database_driver(php: str) -> bool:
    found = subprocess.run([php, "-m"], capture_output=True, text=True, check=False)  # noqa: S603 - PHP itself
    return "pdo_mysql" in found.stdout.split()
