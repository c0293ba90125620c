"""What is there for the loss of a Region is not in that Region."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    BACKUPS_REPLICATION,
    DATABASES,
    KMS_KEYS,
    KMS_REPLICA_KEY,
    RECORD,
    TABLE,
    TABLE_REPLICA,
)
from aws_mobile_guard.records import FRONTS, failover_groups, failover_role, target_regions
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

_COPIES = (
    (BACKUPS_REPLICATION, "sourceDbInstanceArn", DATABASES),
    (TABLE_REPLICA, "globalTableArn", (TABLE,)),
    (KMS_REPLICA_KEY, "primaryKeyArn", KMS_KEYS),
)


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    for kind, source, types in _COPIES:
        for copy in stack.of((kind,)):
            links = stack.links(copy, source, types)
            if links.unknown:
                yield Undecided(source, copy)
            for original in links.resources:
                yield from _check_copy(copy, original)
    for records in failover_groups(stack):
        yield from _check_records(stack, records)


def _check_copy(copy: Resource, original: Resource) -> Iterator[Answer]:
    there, here = copy.place, original.place
    if UNKNOWN in {there, here}:
        yield Undecided("region", copy)
    elif there == here:
        yield Problem("region", there, f"another Region than that of {original.name}", "choose another one", copy)


def _check_records(stack: Stack, records: list[Resource]) -> Iterator[Answer]:
    """Compare where the records of one name lead to, as far as that can be told."""
    in_order = sorted(records, key=lambda record: failover_role(record) == "SECONDARY")
    found = [(record, target_regions(stack, record)) for record in in_order]
    for index, (record, regions) in enumerate(found):
        if UNKNOWN in regions:
            yield Undecided("aliases", record)
            continue
        for other, others in found[:index]:
            for region in sorted(str(one) for one in regions & others - {UNKNOWN}):
                allowed = f"another Region than that of {other.name}"
                yield Problem("aliases", region, allowed, "lead it to the recovery Region", record)


RULE = StackRule(
    id="dr-region-split",
    pack=Pack.RESILIENCE,
    description="A copy, and the target of a failover, is in another Region.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*dict.fromkeys((RECORD, *FRONTS, BACKUPS_REPLICATION, *DATABASES, TABLE_REPLICA, TABLE, *KMS_KEYS)),),
    frameworks=(),
    remediation="Give the copy, or what the SECONDARY record leads to, the recovery Region in region.",
    url="https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html",
    check=_check,
)
