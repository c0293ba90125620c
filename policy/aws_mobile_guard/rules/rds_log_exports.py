"""A database's logs outlive it."""

from collections.abc import Iterator

from aws_mobile_guard import databases
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_REQUIRED = {
    "mysql": ("error", "slowquery"),
    "mariadb": ("error", "slowquery"),
    "postgres": ("postgresql",),
    "oracle": ("alert", "audit", "listener"),
    "sqlserver": ("error",),
    "db2": ("diag.log",),
}

# https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9
_EVERY = {
    "mysql": ("audit", "error", "general", "slowquery"),
    "mariadb": ("audit", "error", "general", "slowquery"),
    "postgres": ("postgresql", "upgrade"),
    "oracle": ("alert", "audit", "listener", "trace"),
    "sqlserver": ("agent", "error"),
}


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    logs = resource.texts("enabledCloudwatchLogsExports")
    engine = databases.engine_family(resource)
    if logs is UNKNOWN or engine is UNKNOWN:
        yield Undecided("enabledCloudwatchLogsExports" if logs is UNKNOWN else "engine")
        return
    own = _every(resource, engine) if options.flag("everyLog") else ()
    wanted = options.texts("required") or own or (*_REQUIRED.get(engine or "", ()), *_audit(resource, engine))
    exported = logs or ()
    missing = [log for log in wanted if log not in exported]
    if missing and UNKNOWN in exported:
        yield Undecided("enabledCloudwatchLogsExports")
    elif missing or not exported:
        got = Words(", ".join(str(log) for log in exported if log is not UNKNOWN)) or None
        allowed = ", ".join(wanted) or "the engine's logs"
        yield Problem("enabledCloudwatchLogsExports", got, allowed, f"add {', '.join(missing) or 'them'}")


def _every(resource: Resource, engine: str | None) -> tuple[str, ...]:
    """Return the logs that Security Hub asks for; Aurora has none of upgrades."""
    every = _EVERY.get(engine or "", ())
    return tuple(log for log in every if log != "upgrade") if databases.is_aurora(resource) else every


def _audit(resource: Resource, engine: str | None) -> tuple[str, ...]:
    """Return the log of who did what, where it takes no option group but two parameters."""
    return ("audit",) if engine == "mysql" and databases.is_aurora(resource) else ()


RULE = Rule(
    id="rds-log-exports",
    pack=Pack.SECURITY,
    description="A database sends its logs of errors and slow queries to CloudWatch, or what its engine has.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=DATABASES,
    frameworks=("FSBP RDS.9", "FSBP RDS.34", "FSBP RDS.36", "FSBP RDS.37", "CKV_AWS_129"),
    remediation="Add the missing logs to enabledCloudwatchLogsExports; AWS turns the export on without a restart.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9",
    options=(
        Option("required", (), "The logs to export, whatever the engine. Defaults to a choice for each engine."),
        Option(
            "everyLog",
            default=False,
            description=(
                "Whether that choice is every log that Security Hub asks for (RDS.9): of every statement too, and "
                "audits that take an option group."
            ),
        ),
    ),
    check=_check,
)
