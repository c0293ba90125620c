"""A database can be restored to any second of the last days."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Rule, Severity


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    if databases.is_replica(resource) and not options.flag("checkReplicas"):
        return
    fix = "raise it; without it a bad write or a lost database cannot be undone"
    minimum = options.number("minimumDays")
    yield from expect.at_least(resource, "backupRetentionPeriod", minimum, "days", fix)


RULE = Rule(
    id="rds-backups",
    pack=Pack.RESILIENCE,
    description="A database keeps automated backups long enough.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=DATABASES,
    frameworks=("FSBP RDS.11", "FSBP RDS.50", "AwsSolutions-RDS13", "CKV_AWS_133", "AWS-0077"),
    remediation="Set backupRetentionPeriod to the number of days in which a mistake is noticed.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
    options=(
        Option("minimumDays", 7, "The fewest days that backups are kept."),
        Option(
            "checkReplicas",
            default=False,
            description="Whether read replicas need backups of their own, as before a promotion.",
        ),
    ),
    check=_check,
)
