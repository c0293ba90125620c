"""A sick server is seen before its users say so."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_SYSTEM = Setting("aws:elasticbeanstalk:healthreporting:system", "SystemType", "basic")


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    yield from Settings(environment).one_of(_SYSTEM, ("enhanced",), "set it to enhanced")


RULE = Rule(
    id="eb-enhanced-health",
    pack=Pack.RESILIENCE,
    description="A Beanstalk environment reports its health in detail.",
    severity=Severity.LOW,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP ElasticBeanstalk.1", "CKV_AWS_312"),
    remediation="Set SystemType of aws:elasticbeanstalk:healthreporting:system to enhanced.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elasticbeanstalk-controls.html#elasticbeanstalk-1",
    check=_check,
)
