"""Which requests a load balancer took can be looked up."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import LOAD_BALANCERS
from aws_mobile_guard.balancers import is_application
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(balancer: Resource, _: Options) -> Iterator[Answer]:
    application = is_application(balancer)
    if application is UNKNOWN:
        yield Undecided("loadBalancerType")
    elif application:
        yield from expect.on(balancer, "accessLogs.enabled", "set it")
        fix = "name one that Elastic Load Balancing may write to"
        yield from expect.given(balancer, "accessLogs.bucket", "a bucket", fix)


RULE = Rule(
    id="lb-logs",
    pack=Pack.SECURITY,
    description="An application load balancer logs its requests.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=LOAD_BALANCERS,
    frameworks=("FSBP ELB.5", "AwsSolutions-ELB2", "CKV_AWS_91"),
    remediation="Set accessLogs with a bucket and enabled.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5",
    check=_check,
)
