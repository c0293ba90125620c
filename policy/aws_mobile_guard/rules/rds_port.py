"""A database does not announce its engine by its port."""

from collections.abc import Iterator

from aws_mobile_guard import databases
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_PORTS = {"mysql": 3306, "mariadb": 3306, "postgres": 5432, "oracle": 1521, "sqlserver": 1433, "db2": 50000}


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if databases.is_replica(resource) or databases.is_restored(resource):
        return
    engine, port = databases.engine_family(resource), resource.number("port")
    if engine is UNKNOWN or port is UNKNOWN:
        if port in {None, UNKNOWN, *_PORTS.values()}:
            yield Undecided("port" if port is UNKNOWN else "engine")
        return
    usual = _PORTS.get(engine or "")
    if usual is not None and port in {None, usual}:
        yield Problem("port", port, f"any port but {usual}", "choose another port")


RULE = Rule(
    id="rds-port",
    pack=Pack.SECURITY,
    description="A database listens on another port than its engine's own.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=DATABASES,
    frameworks=("FSBP RDS.23", "AwsSolutions-RDS11"),
    remediation="Set port to another number between 1150 and 65535.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-23",
    check=_check,
)
