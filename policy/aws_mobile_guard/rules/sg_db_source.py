"""Only named parts of the system reach a database."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    DATABASES,
    SECURITY_GROUP_INGRESS_RULES,
    SECURITY_GROUP_RULES,
    SECURITY_GROUPS,
)
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.security_groups import ingress_rules
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    groups = {
        group.urn: group
        for database in stack.of(DATABASES)
        if database.has("vpcSecurityGroupIds")
        for group in stack.links(database, "vpcSecurityGroupIds", SECURITY_GROUPS).resources
    }
    separate = stack.join((*SECURITY_GROUP_INGRESS_RULES, *SECURITY_GROUP_RULES), "securityGroupId", SECURITY_GROUPS)
    for group in groups.values():
        for holder in (group, *separate.holders(group)):
            yield from _check_rules(holder)
    for holder in separate.loose:
        if groups and list(_check_rules(holder)):
            yield Undecided("securityGroupId", holder)


def _check_rules(holder: Resource) -> Iterator[Answer]:
    for rule in ingress_rules(holder):
        if rule is UNKNOWN:
            yield Undecided("ingress", holder)
            continue
        names = [name for name, _ in rule.networks] + ([rule.prefix_list] if rule.prefix_list else [])
        if names:
            got = Words("a prefix list" if names[0] == rule.prefix_list else "a network")
            fix = "name the security group of whoever needs the database"
            yield Problem(rule.path(names[0]), got, "security groups only", fix, holder)


RULE = StackRule(
    id="sg-db-source",
    pack=Pack.SECURITY,
    description="A database's security group admits security groups, not networks.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*DATABASES, *SECURITY_GROUPS, *SECURITY_GROUP_INGRESS_RULES, *SECURITY_GROUP_RULES),
    frameworks=("AwsSolutions-RDS8",),
    remediation=(
        "Replace the network by referencedSecurityGroupId, with the group of the servers or functions that "
        "need the database."
    ),
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
    check=_check,
)
