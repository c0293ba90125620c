"""A database survives the loss of a Region."""

from collections.abc import Iterator

from aws_mobile_guard import databases
from aws_mobile_guard.aws_types import BACKUPS_REPLICATION, DATABASES, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    replicas = stack.join((DB_INSTANCE,), "replicateSourceDb", DATABASES)
    backups = stack.join((BACKUPS_REPLICATION,), "sourceDbInstanceArn", DATABASES)
    for database in stack.of(DATABASES):
        if databases.is_replica(database):
            continue
        copies = [*replicas.holders(database), *backups.holders(database)]
        if any(_elsewhere(copy, database) for copy in copies):
            continue
        if replicas.loose or backups.loose or any(_elsewhere(copy, database) is None for copy in copies):
            yield Undecided("replicateSourceDb", database)
        else:
            got = Words(f"{len(copies)} in the same Region") if copies else None
            fix = "add a replica in another Region, or replicate the automated backups there"
            yield Problem("a copy in another Region", got, "a read replica or replicated backups", fix, database)


def _elsewhere(copy: Resource, database: Resource) -> bool | None:
    """Tell whether a copy lives in another Region than its source; none while that cannot be told."""
    there, here = copy.place, database.place
    return None if there is UNKNOWN or here is UNKNOWN else there != here


RULE = StackRule(
    id="rds-dr-copy",
    pack=Pack.RESILIENCE,
    description="A database has a copy in another Region.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(*DATABASES, BACKUPS_REPLICATION),
    frameworks=(),
    remediation="Add a cross-Region read replica, or an InstanceAutomatedBackupsReplication in the recovery Region.",
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
    check=_check,
)
