"""A request that the application is tricked into does not fetch the server's credentials."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_NAMESPACE, _NAME = "aws:autoscaling:launchconfiguration", "DisableIMDSv1"


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    platforms = [environment.text(name) for name in ("solutionStackName", "platformArn")]
    settings = Settings(environment)
    # Off by itself on Amazon Linux 2023, on with older platforms.
    current = any(one is not None and one is not UNKNOWN and "Amazon Linux 2023" in one for one in platforms)
    if UNKNOWN in platforms and _NAME not in settings.names(_NAMESPACE):
        yield Undecided("solutionStackName" if platforms[0] is UNKNOWN else "platformArn")
        return
    setting = Setting(_NAMESPACE, _NAME, "true" if current else "false")
    yield from settings.one_of(setting, ("true",), "set it to true")


RULE = Rule(
    id="eb-imdsv2",
    pack=Pack.SECURITY,
    description="A Beanstalk environment's servers ask for a token before they give their credentials.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP AutoScaling.3", "FSBP EC2.170", "CKV_AWS_79", "AWS-0130"),
    remediation="Set DisableIMDSv1 of aws:autoscaling:launchconfiguration to true.",
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html",
    check=_check,
)
