"""A database refuses connections without TLS."""

from collections.abc import Iterator

from aws_mobile_guard import databases
from aws_mobile_guard.aws_types import CLUSTER_PARAMETER_GROUP, DATABASES, DB_INSTANCE, PARAMETER_GROUP
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

_SWITCHES = {
    "mysql": "require_secure_transport",
    "mariadb": "require_secure_transport",
    "postgres": "rds.force_ssl",
    "sqlserver": "rds.force_ssl",
}
_ON = frozenset({"1", "on", "true"})


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    for database in stack.of(DATABASES):
        engine = databases.engine_family(database)
        if engine is UNKNOWN:
            yield Undecided("engine", database)
        elif engine in _SWITCHES:
            yield from _check_group(stack, database, _SWITCHES[engine])


def _check_group(stack: Stack, database: Resource, switch: str) -> Iterator[Answer]:
    instance = database.type == DB_INSTANCE
    name = "parameterGroupName" if instance else "dbClusterParameterGroupName"
    group_type = PARAMETER_GROUP if instance else CLUSTER_PARAMETER_GROUP
    links = stack.links(database, name, (group_type,))
    given = database.text(name)
    if given is None or (given is not UNKNOWN and given.startswith("default.")):
        if instance and databases.is_replica(database):
            return  # It takes the parameter group of its source.
        fix = f"make a parameter group that sets {switch} to 1 and name it"
        yield Problem(name, given, f"a parameter group with {switch} = 1", fix, database)
    elif not links.resources:
        yield Undecided(name, database)
    for group in links.resources:
        yield from _check_switch(group, switch)


def _check_switch(group: Resource, switch: str) -> Iterator[Answer]:
    parameters = group.items("parameters")
    if parameters is UNKNOWN:
        yield Undecided("parameters", group)
        return
    hidden = False
    for parameter in parameters or ():
        name = UNKNOWN if parameter is UNKNOWN else parameter.text("name")
        if parameter is UNKNOWN or name is UNKNOWN:
            hidden = True
        elif name == switch:
            value = parameter.text("value")
            if value is UNKNOWN:
                yield Undecided(f"parameters.{switch}", group)
            elif value is None or value.lower() not in _ON:
                yield Problem(f"parameters.{switch}", value, "1", f"set {switch} to 1", group)
            return
    if hidden:
        yield Undecided("parameters", group)
    else:
        yield Problem(f"parameters.{switch}", None, "1", f"set {switch} to 1", group)


RULE = StackRule(
    id="rds-force-tls",
    pack=Pack.SECURITY,
    description="A database takes connections over TLS only.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*DATABASES, PARAMETER_GROUP, CLUSTER_PARAMETER_GROUP),
    frameworks=("FSBP RDS.38", "FSBP RDS.39", "FSBP RDS.41", "FSBP RDS.44", "CKV2_AWS_69"),
    remediation=(
        "Give each database a parameter group with rds.force_ssl (PostgreSQL, SQL Server) or "
        "require_secure_transport (MySQL, MariaDB) set to 1."
    ),
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
    check=_check,
)
