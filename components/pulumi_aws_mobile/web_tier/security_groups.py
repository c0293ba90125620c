"""Who may talk to whom: callers to the load balancers, these to the instances, and they to database and AWS."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from .options_inside import APP_PORT
from .scope import Scope

_HTTPS_PORT = 443
_EVERYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, slots=True)
class Groups:
    """The security groups, by id."""

    link: pulumi.Output[str]
    """Worn by who calls the load balancers."""
    balancer: pulumi.Output[str]
    instances: pulumi.Output[str]
    rules: tuple[pulumi.Resource, ...]
    """The rules without which an environment would not start."""


def create_groups(scope: Scope, vpc_id: pulumi.Input[str]) -> Groups:
    """Create the groups and their rules; what no rule names is closed."""
    link = _create_group(scope, "link", "who calls the load balancers", vpc_id)
    balancer = _create_group(scope, "balancer", "the load balancers", vpc_id)
    instances = _create_group(scope, "instances", "the instances", vpc_id)
    for port in scope.settings.ports:
        _egress(scope, f"link-to-balancer-{port}", "To the load balancers", link, port, to=balancer)
        _ingress(scope, f"balancer-from-link-{port}", "From who wears the link group", balancer, port, of=link)
        if scope.settings.public:
            _ingress(scope, f"balancer-from-everywhere-{port}", "From the internet", balancer, port, of=None)
    needed = [
        _egress(scope, "balancer-to-instances", "To the application", balancer, APP_PORT, to=instances),
        _ingress(scope, "instances-from-balancer", "From the load balancers", instances, APP_PORT, of=balancer),
        # The platform, its updates and AWS's services; names and time come from the VPC itself, which no group limits.
        _egress(scope, "instances-to-aws", "To the services of AWS", instances, _HTTPS_PORT, to=None),
        *_create_database_rules(scope, instances),
    ]
    return Groups(link, balancer, instances, tuple(needed))


def _create_database_rules(scope: Scope, instances: pulumi.Output[str]) -> list[pulumi.Resource]:
    database = scope.settings.database
    rules: list[pulumi.Resource] = []
    if database is not None and database.security_group_id is not None:
        group = pulumi.Output.from_input(database.security_group_id)
        says = f"From the instances of {scope.name}"
        rules += [
            _egress(scope, "instances-to-database", "To the database", instances, database.port, to=group),
            _ingress(scope, "database-from-instances", says, group, database.port, of=instances),
        ]
    if database is not None and database.cidr is not None:
        says, role = "To a network with a database", "instances-to-network"
        rule = _rule(scope, role, says, instances, database.port, None) | {"cidr_ipv4": database.cidr}
        rules.append(aws.vpc.SecurityGroupEgressRule(scope.child(role), **rule))
    return rules


def _create_group(scope: Scope, role: str, what: str, vpc_id: pulumi.Input[str]) -> pulumi.Output[str]:
    child = scope.child(role)
    group = aws.ec2.SecurityGroup(
        child,
        description=f"{scope.name}: {what}",
        vpc_id=vpc_id,
        region=scope.region,
        tags=scope.tags(child),
        opts=scope.owned,
    )
    return group.id


def _ingress(  # noqa: PLR0913 - a rule is made of these
    scope: Scope,
    role: str,
    says: str,
    group: pulumi.Output[str],
    port: pulumi.Input[int],
    *,
    of: pulumi.Output[str] | None,
) -> pulumi.Resource:
    return aws.vpc.SecurityGroupIngressRule(scope.child(role), **_rule(scope, role, says, group, port, of))


def _egress(  # noqa: PLR0913 - a rule is made of these
    scope: Scope,
    role: str,
    says: str,
    group: pulumi.Output[str],
    port: pulumi.Input[int],
    *,
    to: pulumi.Output[str] | None,
) -> pulumi.Resource:
    return aws.vpc.SecurityGroupEgressRule(scope.child(role), **_rule(scope, role, says, group, port, to))


def _rule(  # noqa: PLR0913, PLR0917 - as above
    scope: Scope,
    role: str,
    says: str,
    group: pulumi.Output[str],
    port: pulumi.Input[int],
    other: pulumi.Output[str] | None,
) -> dict[str, Any]:
    """Return what a rule says, whichever way it lets connections go; without another group, to or from everywhere."""
    return {
        "description": says,
        "security_group_id": group,
        "referenced_security_group_id": other,
        "cidr_ipv4": None if other is not None else _EVERYWHERE,
        "ip_protocol": "tcp",
        "from_port": port,
        "to_port": port,
        "region": scope.region,
        "tags": scope.tags(scope.child(role)),
        "opts": scope.owned,
    }
