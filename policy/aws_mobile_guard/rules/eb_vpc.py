"""Servers stand in a network of your own, without public addresses."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import SUBNETS, Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_VPC = Setting("aws:ec2:vpc", "VPCId")
_PUBLIC_IP = Setting("aws:ec2:vpc", "AssociatePublicIpAddress", "false")


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    yield from settings.given(_VPC, "a VPC", "name it; the default VPC has public subnets only")
    yield from settings.given(SUBNETS, "the subnets of the servers", "name private subnets")
    fix = "set it to false; servers reach the internet through a NAT gateway"
    yield from settings.one_of(_PUBLIC_IP, ("false",), fix)


RULE = Rule(
    id="eb-vpc",
    pack=Pack.SECURITY,
    description="A Beanstalk environment is in a VPC, and its servers have no public addresses.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("AwsSolutions-EB1",),
    remediation="Set VPCId and Subnets of aws:ec2:vpc, and AssociatePublicIpAddress to false.",
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/vpc.html",
    check=_check,
)
