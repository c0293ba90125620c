"""Which requests an environment's load balancer took can be looked up."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import BALANCER_IS_SHARED, BALANCER_TYPE, ENVIRONMENT_TYPE, Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_BALANCER = "aws:elbv2:loadbalancer"
_ENABLED = Setting(_BALANCER, "AccessLogsS3Enabled", "false")
_BUCKET = Setting(_BALANCER, "AccessLogsS3Bucket")


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    # Without an application load balancer of its own there is nothing to set; eb-https speaks of that.
    alone = settings.holds(ENVIRONMENT_TYPE, ("SingleInstance",)) is True
    if alone or settings.holds(BALANCER_TYPE, ("application",)) is False:
        return
    if settings.holds(BALANCER_IS_SHARED, ("true",)) is True:
        return
    yield from settings.one_of(_ENABLED, ("true",), "set it to true")
    yield from settings.given(_BUCKET, "a bucket", "name one that Elastic Load Balancing may write to")


RULE = Rule(
    id="eb-access-logs",
    pack=Pack.SECURITY,
    description="A Beanstalk environment's load balancer logs its requests.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP ELB.5",),
    remediation="Set AccessLogsS3Enabled and AccessLogsS3Bucket of aws:elbv2:loadbalancer.",
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-loadbalancer-accesslogs.html",
    check=_check,
)
