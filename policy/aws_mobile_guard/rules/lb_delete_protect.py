"""A load balancer is not deleted by mistake."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import LOAD_BALANCERS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(balancer: Resource, _: Options) -> Iterator[Answer]:
    fix = "set it; a balancer that is made anew has another address"
    yield from expect.on(balancer, "enableDeletionProtection", fix)


RULE = Rule(
    id="lb-delete-protect",
    pack=Pack.RESILIENCE,
    description="A load balancer has deletion protection on.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=LOAD_BALANCERS,
    frameworks=("FSBP ELB.6", "CKV_AWS_150"),
    remediation="Set enableDeletionProtection of the load balancer.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
    check=_check,
)
