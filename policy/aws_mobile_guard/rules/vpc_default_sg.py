"""The security group that everything gets by default lets nothing through."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import DEFAULT_SECURITY_GROUPS, VPCS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    defaults = stack.join(DEFAULT_SECURITY_GROUPS, "vpcId", VPCS)
    for vpc in stack.of(VPCS):
        groups = defaults.holders(vpc)
        for group in groups:
            for name in ("ingress", "egress"):
                if group.has(name):
                    yield Problem(name, Words("rules"), "nothing", f"leave {name} out", group)
        if not groups and defaults.loose:
            yield Undecided("DefaultSecurityGroup", vpc)
        elif not groups:
            fix = "add one without rules; it takes over the group that AWS made"
            yield Problem("DefaultSecurityGroup", None, "one for the VPC", fix, vpc)


RULE = StackRule(
    id="vpc-default-sg",
    pack=Pack.SECURITY,
    description="A VPC's default security group is taken over and empty.",
    severity=Severity.HIGH,
    level=Level.ADVISORY,
    types=(*VPCS, *DEFAULT_SECURITY_GROUPS),
    frameworks=("FSBP EC2.2", "CKV2_AWS_12", "AWS-0173"),
    remediation="Add a DefaultSecurityGroup for the VPC with neither ingress nor egress.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
    check=_check,
)
