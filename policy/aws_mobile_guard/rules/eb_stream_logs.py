"""A server's logs outlive the server."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Rule, Severity

_LOGS = "aws:elasticbeanstalk:cloudwatch:logs"
_STREAM = Setting(_LOGS, "StreamLogs", "false")
_DAYS = Setting(_LOGS, "RetentionInDays", "7")


def _check(environment: Resource, options: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    yield from settings.one_of(_STREAM, ("true",), "set it to true")
    yield from settings.at_least(_DAYS, options.number("minimumDays"), "days", "raise it")


RULE = Rule(
    id="eb-stream-logs",
    pack=Pack.SECURITY,
    description="A Beanstalk environment sends its logs to CloudWatch and keeps them.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP ElasticBeanstalk.3",),
    remediation="Set StreamLogs and RetentionInDays of aws:elasticbeanstalk:cloudwatch:logs.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elasticbeanstalk-controls.html#elasticbeanstalk-3",
    options=(Option("minimumDays", 30, "The fewest days that a server's logs are kept."),),
    check=_check,
)
