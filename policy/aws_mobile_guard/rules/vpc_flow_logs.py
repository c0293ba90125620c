"""Who talked to whom can be looked up afterwards."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import FLOW_LOGS, VPCS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    logs = stack.join(FLOW_LOGS, "vpcId", VPCS)
    for vpc in stack.of(VPCS):
        if logs.holders(vpc):
            continue
        if logs.loose:
            yield Undecided("FlowLog", vpc)
        else:
            yield Problem("FlowLog", None, "one for the VPC", "add a FlowLog with the VPC's id", vpc)


RULE = StackRule(
    id="vpc-flow-logs",
    pack=Pack.SECURITY,
    description="A VPC has flow logs.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*VPCS, *FLOW_LOGS),
    frameworks=("FSBP EC2.6", "AwsSolutions-VPC7", "CKV2_AWS_11", "AWS-0178"),
    remediation="Add a FlowLog with the VPC's id, into a log group or a bucket.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
    check=_check,
)
