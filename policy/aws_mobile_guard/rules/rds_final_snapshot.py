"""Deleting a database leaves a last snapshot."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if databases.is_replica(resource):
        return
    skips = resource.flag("skipFinalSnapshot")
    if skips is UNKNOWN:
        yield Undecided("skipFinalSnapshot")
    elif skips is True:
        fix = "leave skipFinalSnapshot out and name the snapshot in finalSnapshotIdentifier"
        yield Problem("skipFinalSnapshot", skips, "false", fix)
    else:
        fix = "name the snapshot, with a part that differs each time; AWS asks for it only when deleting"
        yield from expect.given(resource, "finalSnapshotIdentifier", "the name of a snapshot", fix)


RULE = Rule(
    id="rds-final-snapshot",
    pack=Pack.RESILIENCE,
    description="A database takes a snapshot when it is deleted.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=DATABASES,
    frameworks=(),
    remediation="Leave skipFinalSnapshot out and set finalSnapshotIdentifier to a name with a random part.",
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    check=_check,
)
