"""A new version does not stop the application while it is deployed."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_POLICY = Setting("aws:elasticbeanstalk:command", "DeploymentPolicy", "AllAtOnce")
_ALLOWED = ("Immutable", "Rolling", "RollingWithAdditionalBatch", "TrafficSplitting")


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    fix = "set it to RollingWithAdditionalBatch, which keeps every server's worth of capacity"
    yield from Settings(environment).one_of(_POLICY, _ALLOWED, fix)


RULE = Rule(
    id="eb-rolling",
    pack=Pack.RESILIENCE,
    description="A Beanstalk environment takes new versions without an outage.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=(),
    remediation="Set DeploymentPolicy of aws:elasticbeanstalk:command to anything but AllAtOnce.",
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.rolling-version-deploy.html",
    check=_check,
)
