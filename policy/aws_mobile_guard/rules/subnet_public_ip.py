"""Nothing gets a public address by being started."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import DEFAULT_SUBNET, SUBNETS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    fix = "leave it out; give a public address to the one resource that needs it"
    if resource.type == DEFAULT_SUBNET and resource.flag("mapPublicIpOnLaunch") is None:
        fix = "set it to false; AWS's own default subnets hand out public addresses"
        yield Problem("mapPublicIpOnLaunch", None, "false", fix)
    yield from expect.not_on(resource, "mapPublicIpOnLaunch", fix)


RULE = Rule(
    id="subnet-public-ip",
    pack=Pack.SECURITY,
    description="A subnet hands out no public addresses by itself.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=SUBNETS,
    frameworks=("FSBP EC2.15", "CKV_AWS_130", "AWS-0164"),
    remediation="Leave mapPublicIpOnLaunch out. Load balancers and NAT gateways have public addresses without it.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
    check=_check,
)
