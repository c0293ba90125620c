"""A slow database can be understood afterwards."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DB_CLUSTER, DB_CLUSTER_INSTANCE, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if databases.is_aurora(resource):
        return
    fix = "set it to 60 with a monitoringRoleArn, for the figures of the operating system"
    yield from expect.at_least(resource, "monitoringInterval", 1, "seconds", fix)
    fix = "set it, for the load by statement and by wait that Database Insights shows"
    yield from expect.on(resource, "performanceInsightsEnabled", fix)


RULE = Rule(
    id="rds-monitoring",
    pack=Pack.RESILIENCE,
    description="A database has enhanced monitoring and Performance Insights on.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(DB_INSTANCE, DB_CLUSTER, DB_CLUSTER_INSTANCE),
    frameworks=("FSBP RDS.6", "CKV_AWS_118", "CKV_AWS_353", "AWS-0133"),
    remediation="Set monitoringInterval with a monitoringRoleArn, and performanceInsightsEnabled.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-6",
    check=_check,
)
