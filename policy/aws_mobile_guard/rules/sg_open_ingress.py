"""The internet reaches web ports only."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    DEFAULT_SECURITY_GROUPS,
    SECURITY_GROUP_INGRESS_RULES,
    SECURITY_GROUP_RULES,
    SECURITY_GROUPS,
)
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.security_groups import IngressRule, ingress_rules, is_wide
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    for rule in ingress_rules(resource):
        if rule is UNKNOWN:
            yield Undecided("ingress")
            continue
        if _harmless(rule, options):
            continue
        wide = [(name, cidr) for name, cidr in rule.networks if cidr is not UNKNOWN and is_wide(cidr)]
        unknown = [name for name, cidr in rule.networks if cidr is UNKNOWN]
        if wide and rule.ports is not UNKNOWN:
            name, cidr = wide[0]
            ports = ", ".join(f"{port:g}" for port in options.numbers("publicPorts"))
            got = Words(f"{rule.describe_ports()} open to {cidr}")
            fix = "name the security groups or the networks that need it"
            yield Problem(rule.path(name), got, f"the ports {ports} only", fix)
        elif wide or unknown:
            yield Undecided(rule.path("fromPort" if wide else unknown[0]))


def _harmless(rule: IngressRule, options: Options) -> bool:
    public = options.numbers("publicPorts")
    if not isinstance(rule.ports, tuple):
        return False
    first, last = rule.ports
    return last - first < len(public) and all(port in public for port in range(int(first), int(last) + 1))


RULE = Rule(
    id="sg-open-ingress",
    pack=Pack.SECURITY,
    description="A security group opens web ports at most to the whole internet.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*SECURITY_GROUP_INGRESS_RULES, *SECURITY_GROUP_RULES, *SECURITY_GROUPS, *DEFAULT_SECURITY_GROUPS),
    frameworks=(
        "FSBP EC2.18",
        "FSBP EC2.19",
        "AwsSolutions-EC23",
        "CKV_AWS_24",
        "CKV_AWS_25",
        "CKV_AWS_260",
        "AWS-0107",
    ),
    remediation="Replace the open range by the security group or the network that needs access.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
    options=(Option("publicPorts", (80, 443), "The ports that may be open to everyone."),),
    check=_check,
)
