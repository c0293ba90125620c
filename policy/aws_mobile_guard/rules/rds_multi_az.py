"""A database survives the loss of a zone."""

from collections.abc import Iterator

from aws_mobile_guard import databases, expect
from aws_mobile_guard.aws_types import DATABASES, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_CLUSTER_ZONES = 3


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type == DB_INSTANCE:
        if not databases.is_replica(resource):
            yield from expect.on(resource, "multiAz", "set multiAz, so that a standby in another zone takes over")
        return
    # A Multi-AZ cluster has its two standbys by itself; only an explicit list of zones can spoil it.
    zones = resource.texts("availabilityZones")
    if zones is None:
        return
    if zones is UNKNOWN or UNKNOWN in zones:
        yield Undecided("availabilityZones")
    elif len(set(zones)) < _CLUSTER_ZONES:
        fix = "name three zones, or leave the choice to AWS"
        yield Problem("availabilityZones", Words(f"{len(set(zones))} zones"), "3 zones", fix)


RULE = Rule(
    id="rds-multi-az",
    pack=Pack.RESILIENCE,
    description="A database has a standby in another Availability Zone.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=DATABASES,
    frameworks=("FSBP RDS.5", "FSBP RDS.15", "AwsSolutions-RDS3", "CKV_AWS_157"),
    remediation="Set multiAz on the instance, or use a Multi-AZ cluster over three zones. No restart is needed.",
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
    check=_check,
)
