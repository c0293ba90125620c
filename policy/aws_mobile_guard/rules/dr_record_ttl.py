"""Clients follow soon when a record's answer changes."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import RECORD
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(record: Resource, options: Options) -> Iterator[Answer]:
    if not record.has("healthCheckId") and not record.has("failoverRoutingPolicies"):
        return
    most = options.number("maximumSeconds")
    seconds = record.number("ttl")
    if seconds is UNKNOWN:
        yield Undecided("ttl")
    elif seconds is not None and seconds > most:
        yield Problem("ttl", seconds, f"{most:g} seconds or less", "lower it; resolvers keep the lost answer that long")


RULE = Rule(
    id="dr-record-ttl",
    pack=Pack.RESILIENCE,
    description="A record whose answer depends on health is not kept for long.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(RECORD,),
    frameworks=(),
    remediation="Set ttl to 60 or less. An alias has none: Route 53 answers with 60 seconds.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html",
    options=(Option("maximumSeconds", 60, "The most seconds that resolvers may keep such an answer."),),
    check=_check,
)
