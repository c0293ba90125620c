"""Logs are kept long enough, and not for ever."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import LOG_GROUP
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    days = resource.number("retentionInDays")
    minimum = options.number("minimumDays")
    if days is UNKNOWN:
        yield Undecided("retentionInDays")
    elif not days:
        fix = "set it; without it the logs are kept, and paid for, for ever"
        yield Problem("retentionInDays", days, f"{minimum:g} days or more", fix)
    elif days < minimum:
        yield Problem("retentionInDays", days, f"{minimum:g} days or more", "raise it")


RULE = Rule(
    id="log-retention",
    pack=Pack.COST,
    description="A log group keeps its logs for a stated time.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(LOG_GROUP,),
    frameworks=("CloudWatch.16", "CKV_AWS_66", "CKV_AWS_338"),
    remediation="Set retentionInDays to one of the numbers that CloudWatch takes.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16",
    options=(Option("minimumDays", 30, "The fewest days that logs are kept."),),
    check=_check,
)
