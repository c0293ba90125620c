"""A load balancer passes on no request that it and the servers would read differently."""

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
        yield from expect.on(balancer, "dropInvalidHeaderFields", "set it")
        # It is defensive where nobody says otherwise.
        if balancer.has("desyncMitigationMode"):
            fix = "leave it out, or set it to strictest"
            yield from expect.one_of(balancer, "desyncMitigationMode", ("defensive", "strictest"), fix)


RULE = Rule(
    id="lb-headers",
    pack=Pack.SECURITY,
    description="An application load balancer drops invalid headers and ambiguous requests.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=LOAD_BALANCERS,
    frameworks=("FSBP ELB.4", "FSBP ELB.12", "CKV_AWS_131", "CKV_AWS_328", "AWS-0052"),
    remediation="Set dropInvalidHeaderFields, and leave desyncMitigationMode at defensive.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-4",
    check=_check,
)
