"""What RDS knows about each engine: versions, families, ports, logs and the parameters that matter here.

Support ends as the RDS User Guide states them, read in November 2026; a preview never depends on the day it runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .choices import DatabaseEngine


@dataclass(frozen=True, slots=True)
class Major:
    """A major version."""

    version: str
    family: str
    """The parameter group family."""
    standard_support_ended: str | None = None
    """The day on which standard support ended, if it has."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine."""

    default_version: str
    majors: tuple[Major, ...]
    port: int
    tls_parameter: str
    """The parameter that refuses connections without TLS when it is 1."""
    tls_apply_method: str
    logs: tuple[str, ...]
    """The logs that can be exported."""
    default_logs: tuple[str, ...]
    log_parameters: Mapping[str, str]
    """What makes the engine write those logs to files; with RDS's defaults most of them stay empty."""
    bytes_per_connection: int
    """The divisor in RDS's formula for max_connections."""
    most_connections: int
    extended_support: bool
    """Whether RDS Extended Support exists for the engine."""
    reserved: frozenset[str] = field(default_factory=frozenset)
    """Words that are no names for a database or user."""


_MYSQL_LOGS = ("error", "general", "slowquery", "audit", "iam-db-auth-error")
# RDS writes MySQL's logs to tables unless told otherwise, and only files are exported.
_MYSQL_LOG_PARAMETERS = {"log_output": "FILE", "slow_query_log": "1", "long_query_time": "1"}
_MYSQL_RESERVED = frozenset(
    {"mysql", "sys", "information_schema", "performance_schema", "innodb", "rdsadmin", "rdsrepladmin"}
)

ENGINES: Mapping[DatabaseEngine, Engine] = {
    DatabaseEngine.MYSQL: Engine(
        default_version="8.4",
        majors=(
            Major("8.4", "mysql8.4"),
            Major("8.0", "mysql8.0", standard_support_ended="2026-07-31"),
            Major("5.7", "mysql5.7", standard_support_ended="2024-02-29"),
        ),
        port=3306,
        tls_parameter="require_secure_transport",
        tls_apply_method="immediate",
        logs=_MYSQL_LOGS,
        default_logs=("error", "general", "slowquery"),
        log_parameters=_MYSQL_LOG_PARAMETERS,
        bytes_per_connection=12_582_880,
        most_connections=16_000,
        extended_support=True,
        reserved=_MYSQL_RESERVED,
    ),
    DatabaseEngine.POSTGRES: Engine(
        default_version="17",
        majors=(
            Major("18", "postgres18"),
            Major("17", "postgres17"),
            Major("16", "postgres16"),
            Major("15", "postgres15"),
            Major("14", "postgres14"),
            Major("13", "postgres13", standard_support_ended="2026-02-28"),
        ),
        port=5432,
        tls_parameter="rds.force_ssl",
        tls_apply_method="pending-reboot",
        logs=("postgresql", "upgrade", "iam-db-auth-error"),
        default_logs=("postgresql", "upgrade"),
        log_parameters={"log_min_duration_statement": "1000"},
        bytes_per_connection=9_531_392,
        most_connections=5_000,
        extended_support=True,
        reserved=frozenset({"postgres", "template0", "template1", "rdsadmin", "rds_superuser"}),
    ),
    DatabaseEngine.MARIADB: Engine(
        default_version="11.8",
        majors=(
            Major("12.3", "mariadb12.3"),
            Major("11.8", "mariadb11.8"),
            Major("11.4", "mariadb11.4"),
            Major("10.11", "mariadb10.11"),
        ),
        port=3306,
        tls_parameter="require_secure_transport",
        tls_apply_method="immediate",
        logs=_MYSQL_LOGS,
        default_logs=("error", "general", "slowquery"),
        log_parameters=_MYSQL_LOG_PARAMETERS,
        bytes_per_connection=25_165_760,
        most_connections=12_000,
        extended_support=False,
        reserved=_MYSQL_RESERVED,
    ),
}

GUESSED_USERNAMES = frozenset(
    {"admin", "administrator", "postgres", "root", "mysql", "mariadb", "rdsadmin", "user", "test"}
)
"""Master user names that are tried first; Security Hub's RDS.25 names the first ones."""


def major_of(engine: Engine, version: str) -> Major | None:
    """Return the major version that `version` names or belongs to, if it is known."""
    return next((m for m in engine.majors if version == m.version or version.startswith(f"{m.version}.")), None)
