"""A security group's rules have one home."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    SECURITY_GROUP_EGRESS_RULES,
    SECURITY_GROUP_INGRESS_RULES,
    SECURITY_GROUP_RULES,
    SECURITY_GROUPS,
)
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Words
from aws_mobile_guard.stack import Stack

_SEPARATE = (*SECURITY_GROUP_INGRESS_RULES, *SECURITY_GROUP_EGRESS_RULES, *SECURITY_GROUP_RULES)


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    separate = stack.join(_SEPARATE, "securityGroupId", SECURITY_GROUPS)
    for group in stack.of(SECURITY_GROUPS):
        for name in ("ingress", "egress"):
            if group.has(name) and separate.holders(group):
                fix = f"move {name} into rules of their own; with both, each update undoes the other"
                got = Words(f"inline rules, and {len(separate.holders(group))} separate")
                yield Problem(name, got, "one or the other", fix, group)


RULE = StackRule(
    id="sg-mix",
    pack=Pack.SECURITY,
    description="A security group has its rules inline or separate, not both.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*SECURITY_GROUPS, *_SEPARATE),
    frameworks=(),
    remediation="Move the inline rules into SecurityGroupIngressRule and SecurityGroupEgressRule resources.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
    check=_check,
)
