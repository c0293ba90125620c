"""A failover record has the other one to fail over to, and a reason to do so."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import RECORD
from aws_mobile_guard.records import failover_groups, failover_role
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

_OTHERS = {"PRIMARY": "SECONDARY", "SECONDARY": "PRIMARY"}


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    for records in failover_groups(stack):
        roles = {record.urn: failover_role(record) for record in records}
        known = set(roles.values())
        for record in records:
            role = roles[record.urn]
            if role is UNKNOWN:
                yield Undecided("failoverRoutingPolicies", record)
                continue
            other = _OTHERS.get(role or "")
            if other is not None and other not in known and UNKNOWN not in known:
                fix = f"add the {other} record of the same name and type"
                yield Problem("failoverRoutingPolicies", role, "PRIMARY and SECONDARY", fix, record)
            if role == "PRIMARY":
                yield from _check_reason(record)


def _check_reason(record: Resource) -> Iterator[Answer]:
    """Demand something by which Route 53 can tell that the record's target is ill."""
    if record.has("healthCheckId"):
        return
    aliases = record.items("aliases")
    flags = [
        UNKNOWN if alias is UNKNOWN else alias.flag("evaluateTargetHealth")
        for alias in ([UNKNOWN] if aliases is UNKNOWN else aliases or ())
    ]
    if UNKNOWN in flags:
        yield Undecided("aliases", record)
    elif True not in flags:
        fix = "name one; without it Route 53 takes the PRIMARY for healthy, whatever happens"
        yield Problem("healthCheckId", None, "a health check", fix, record)


RULE = StackRule(
    id="dr-failover-pair",
    pack=Pack.RESILIENCE,
    description="A failover record has its counterpart, and the PRIMARY a health check.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(RECORD,),
    frameworks=(),
    remediation="Make a PRIMARY record with healthCheckId and a SECONDARY one of the same name, type and hosted zone.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-configuring.html",
    check=_check,
)
