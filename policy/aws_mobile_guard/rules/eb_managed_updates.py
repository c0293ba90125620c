"""The platform gets its security fixes without anybody thinking of it."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_ACTIONS = "aws:elasticbeanstalk:managedactions"
_ENABLED = Setting(_ACTIONS, "ManagedActionsEnabled", "false")
_START = Setting(_ACTIONS, "PreferredStartTime")
_UPDATES = Setting(f"{_ACTIONS}:platformupdate", "UpdateLevel")


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    yield from settings.one_of(_ENABLED, ("true",), "set it to true")
    yield from settings.given(_START, "a day and an hour (UTC), such as Sun:03:00", "choose a quiet hour")
    yield from settings.one_of(_UPDATES, ("minor", "patch"), "set it to minor, which takes patches in")


RULE = Rule(
    id="eb-managed-updates",
    pack=Pack.SECURITY,
    description="A Beanstalk environment updates its platform every week.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP ElasticBeanstalk.2", "AwsSolutions-EB3", "CKV_AWS_340"),
    remediation="Set ManagedActionsEnabled and PreferredStartTime, and UpdateLevel of the platform update.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elasticbeanstalk-controls.html#elasticbeanstalk-2",
    check=_check,
)
