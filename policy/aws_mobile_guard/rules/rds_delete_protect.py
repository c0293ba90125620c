"""AWS itself refuses to delete a database."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.on(
        resource, "deletionProtection", "set deletionProtection, so that AWS refuses to delete the database"
    )


RULE = Rule(
    id="rds-delete-protect",
    pack=Pack.RESILIENCE,
    description="A database has deletion protection on.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=DATABASES,
    frameworks=("FSBP RDS.7", "FSBP RDS.8", "AwsSolutions-RDS10", "CKV_AWS_293", "AWS-0177"),
    remediation="Set deletionProtection. To delete the database on purpose, turn it off in an update of its own first.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-8",
    check=_check,
)
