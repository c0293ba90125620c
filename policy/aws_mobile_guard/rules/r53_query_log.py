"""Which names were asked for is written down."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import HOSTED_ZONE, QUERY_LOG
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    logs = stack.join((QUERY_LOG,), "zoneId", (HOSTED_ZONE,))
    for zone in stack.of((HOSTED_ZONE,)):
        # What is asked of a private zone is logged by Route 53's resolver.
        if zone.has("vpcs") or logs.holders(zone):
            continue
        if logs.loose:
            yield Undecided("QueryLog", zone)
        else:
            fix = "add one, with a log group in us-east-1 to which Route 53 may write"
            yield Problem("QueryLog", None, "one for the hosted zone", fix, zone)


RULE = StackRule(
    id="r53-query-log",
    pack=Pack.SECURITY,
    description="A public hosted zone logs its queries.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(HOSTED_ZONE, QUERY_LOG),
    frameworks=("FSBP Route53.2", "CKV2_AWS_39"),
    remediation="Add a QueryLog with a log group in us-east-1, and a log resource policy for route53.amazonaws.com.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/route53-controls.html#route53-2",
    check=_check,
)
