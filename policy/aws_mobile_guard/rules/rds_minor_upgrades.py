"""Security fixes of the engine arrive by themselves."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import DB_CLUSTER, DB_CLUSTER_INSTANCE, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    upgrades = resource.flag("autoMinorVersionUpgrade")
    if upgrades is UNKNOWN:
        yield Undecided("autoMinorVersionUpgrade")
    elif upgrades is False:
        fix = "leave it out; the upgrades come in the maintenance window"
        yield Problem("autoMinorVersionUpgrade", upgrades, "true", fix)


RULE = Rule(
    id="rds-minor-upgrades",
    pack=Pack.SECURITY,
    description="A database takes minor engine versions by itself.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(DB_INSTANCE, DB_CLUSTER, DB_CLUSTER_INSTANCE),
    frameworks=("FSBP RDS.13", "FSBP RDS.35", "CKV_AWS_226"),
    remediation=(
        "Leave autoMinorVersionUpgrade out, name only the major engine version, and choose a maintenance window."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-13",
    check=_check,
)
