"""Rotated logs are kept where a lost server does not take them along."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_PUBLISH = Setting("aws:elasticbeanstalk:hostmanager", "LogPublicationControl", "false")


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    yield from Settings(environment).one_of(_PUBLISH, ("true",), "set it to true; streamed logs lack some files")


RULE = Rule(
    id="eb-logs-s3",
    pack=Pack.COST,
    description="A Beanstalk environment copies rotated logs to S3.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("AwsSolutions-EB4",),
    remediation="Set LogPublicationControl of aws:elasticbeanstalk:hostmanager to true.",
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.logging.html",
    check=_check,
)
