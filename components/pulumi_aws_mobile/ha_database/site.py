"""What databases stand on in one Region: keys, network, security group, subnet and parameter groups, alarm topic."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.network import Network

from .documents import key_policy, topic_policy
from .identifiers import identifier_base
from .places import ExistingPlace, Place
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Keys:
    """The encryption keys of a Region."""

    data: pulumi.Output[str]
    """For storage, secret and insights: the caller's, else the component's own."""
    operations: pulumi.Output[str] | None
    """For logs and alarms: always the component's own, whose policy lets those services use it; none if not needed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the instances of a Region stand."""

    vpc_id: pulumi.Output[str]
    subnet_group_name: pulumi.Output[str]
    security_group_id: pulumi.Output[str]


def create_keys(scope: Scope, given: pulumi.Input[str] | None, *, operated: bool) -> Keys:
    """Create the Region's key, or beside the caller's one for logs and alarms, whose services that may not let in."""
    if given is None:
        own = _create_key(scope, scope.child("key"), "data, logs and alarms")
        return Keys(data=own, operations=own)
    operations = _create_key(scope, scope.child("operations-key"), "logs and alarms") if operated else None
    return Keys(data=pulumi.Output.from_input(given), operations=operations)


def _create_key(scope: Scope, child: str, purpose: str) -> pulumi.Output[str]:
    settings, account = scope.settings, scope.account
    facts = pulumi.Output.all(account.partition, account.account_id, scope.region_name)
    key = aws.kms.Key(
        child,
        description=f"{child}: {purpose}",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=facts.apply(lambda found: key_policy(*found)),
        region=scope.region,
        tags=scope.tags(child),
        # Snapshots and backups that outlive the database can only be read with its key.
        opts=pulumi.ResourceOptions(
            parent=scope.parent, protect=settings.safety.protect, retain_on_delete=settings.leaves_backups
        ),
    )
    aws.kms.Alias(
        f"{child}-alias",
        name=pulumi.Output.concat("alias/", identifier_base(child), "-", key.id),
        target_key_id=key.id,
        region=scope.region,
        opts=scope.owned,
    )
    return key.arn


def create_ground(scope: Scope, place: Place, allowed: Mapping[str, pulumi.Input[str]]) -> Ground:
    """Create the subnet group and the security group, in subnets that exist or in a network of their own."""
    vpc_id, subnet_ids = _find_or_create_network(scope, place)
    subnets = scope.child("subnets")
    subnet_group = aws.rds.SubnetGroup(
        subnets,
        description=f"{scope.prefix}: subnets without a route to the internet",
        subnet_ids=subnet_ids,
        region=scope.region,
        tags=scope.tags(subnets),
        opts=scope.owned,
    )
    group = scope.child("security-group")
    security_group = aws.ec2.SecurityGroup(
        group,
        description=f"{scope.prefix}: the port of the database, from named security groups only",
        vpc_id=vpc_id,
        region=scope.region,
        tags=scope.tags(group),
        opts=scope.owned,
    )
    for key, group_id in allowed.items():
        rule = scope.child(f"from-{key}")
        aws.vpc.SecurityGroupIngressRule(
            rule,
            description=f"{key} may connect",
            security_group_id=security_group.id,
            referenced_security_group_id=group_id,
            ip_protocol="tcp",
            from_port=scope.settings.port,
            to_port=scope.settings.port,
            region=scope.region,
            tags=scope.tags(rule),
            opts=scope.owned,
        )
    return Ground(pulumi.Output.from_input(vpc_id), subnet_group.name, security_group.id)


def _find_or_create_network(
    scope: Scope, place: Place
) -> tuple[pulumi.Input[str], pulumi.Input[list[pulumi.Input[str]]]]:
    if isinstance(place, ExistingPlace):
        return place.vpc_id, place.subnet_ids
    network = Network(scope.child("network"), place.args, scope.owned)
    return network.vpc_id, network.data_subnet_ids.apply(list[pulumi.Input[str]])


def create_parameter_group(scope: Scope) -> pulumi.Output[str]:
    """Create the parameter group; a new family makes a new one first, since its name is not fixed."""
    settings = scope.settings
    child = scope.child("parameters")
    make = aws.rds.ClusterParameterGroup if settings.cluster else aws.rds.ParameterGroup
    group = make(
        child,
        family=settings.version.family,
        description=f"{scope.prefix}: TLS only, logs to files",
        parameters=[
            {"name": parameter.name, "value": parameter.value, "apply_method": parameter.apply_method}
            for parameter in settings.parameters
        ],
        region=scope.region,
        tags=scope.tags(child),
        opts=scope.owned,
    )
    return group.name


def create_topic(scope: Scope, keys: Keys) -> pulumi.Output[str]:
    """Create an encrypted topic for alarms and events; return its ARN once its policy lets both publish."""
    child = scope.child("alarms")
    topic = aws.sns.Topic(
        child, kms_master_key_id=keys.operations, region=scope.region, tags=scope.tags(child), opts=scope.owned
    )
    policy = aws.sns.TopicPolicy(
        f"{child}-policy",
        arn=topic.arn,
        policy=pulumi.Output.all(topic.arn, scope.account.account_id).apply(lambda found: topic_policy(*found)),
        region=scope.region,
        opts=scope.owned,
    )
    # RDS tries to publish when a subscription is made: the ARN comes from the policy, so that it is in force by then.
    return policy.arn
