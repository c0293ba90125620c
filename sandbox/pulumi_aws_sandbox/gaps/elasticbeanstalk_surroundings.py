"""What an environment's option settings name in the account: networks, zones, roles, groups and certificates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.gaps import elasticbeanstalk_options as options
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Store
from pulumi_aws_sandbox.gaps.elasticbeanstalk_validation import Problem, value_problem
from pulumi_aws_sandbox.zones import zones

Values = Mapping[tuple[str, str], str]

_VPC = "aws:ec2:vpc"
_ASG = "aws:autoscaling:asg"
_LAUNCH = "aws:autoscaling:launchconfiguration"
_ENVIRONMENT = "aws:elasticbeanstalk:environment"
_BALANCER = "aws:elbv2:loadbalancer"
_TWO_ZONES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an environment lives."""

    vpc_id: str
    instance_subnets: tuple[str, ...]
    load_balancer_subnets: tuple[str, ...]
    zones: tuple[str, ...]


def listed(values: Values, namespace: str, name: str) -> list[str]:
    """Return the parts of an option that is a list."""
    return [each.strip() for each in values.get((namespace, name), "").split(",") if each.strip()]


def balanced(values: Values) -> bool:
    """Tell whether an environment has a load balancer."""
    return values[_ENVIRONMENT, "EnvironmentType"] == "LoadBalanced"


def problems_around(store: Store, values: Values) -> list[Problem]:
    """Return what the settings name and the account does not have."""
    return [
        *_unsupported(values),
        *_network_problems(store, values),
        *_role_problems(store, values),
        *_certificate_problems(store, values),
    ]


def place(store: Store, values: Values) -> Place:
    """Return where an environment lives, its settings being right."""
    ec2 = _ec2(store)
    wanted = set(listed(values, _ASG, "Custom Availability Zones"))
    vpc = values.get((_VPC, "VPCId")) or ec2.default_vpc.id
    default = [each for each in ec2.describe_subnets() if each.vpc_id == vpc and each.default_for_az]
    chosen = listed(values, _VPC, "Subnets") or [
        each.id for each in default if not wanted or each.availability_zone in wanted
    ]
    at = _zones_of(store, chosen)
    everywhere = listed(values, _VPC, "Subnets") or [each.id for each in default]
    return Place(
        vpc_id=vpc,
        instance_subnets=tuple(chosen),
        load_balancer_subnets=tuple(listed(values, _VPC, "ELBSubnets") or everywhere),
        zones=tuple(sorted(set(at.values()))),
    )


def instance_profile(store: Store, name_or_arn: str) -> Any:  # noqa: ANN401 - moto's own types
    """Return the instance profile of a name or an ARN, `None` if there is none."""
    profiles = _iam(store).get_instance_profiles()
    return next((each for each in profiles if name_or_arn in {each.name, each.arn}), None)


def _unsupported(values: Values) -> Iterator[Problem]:
    kind = values[_ENVIRONMENT, "LoadBalancerType"]
    if balanced(values) and kind != "application":
        text = "The sandbox has application load balancers only."
        yield value_problem(_ENVIRONMENT, "LoadBalancerType", kind, text)
    if values[_ENVIRONMENT, "LoadBalancerIsShared"] == "true":
        text = "The sandbox has no shared load balancers."
        yield value_problem(_ENVIRONMENT, "LoadBalancerIsShared", "true", text)
    policy = values["aws:elasticbeanstalk:command", "DeploymentPolicy"]
    if policy == "TrafficSplitting" and not balanced(values):
        text = "It needs an application load balancer."
        yield value_problem("aws:elasticbeanstalk:command", "DeploymentPolicy", policy, text)


def _network_problems(store: Store, values: Values) -> Iterator[Problem]:
    custom = listed(values, _ASG, "Custom Availability Zones")
    for zone in custom:
        if zone not in zones()[store.region]:
            yield value_problem(_ASG, "Custom Availability Zones", zone, f"It is not a zone of {store.region}.")
    vpc = values.get((_VPC, "VPCId"))
    if not vpc:
        for name in ("Subnets", "ELBSubnets"):
            if values.get((_VPC, name)):
                yield value_problem(_VPC, name, values[_VPC, name], "Specify the VPC that the subnets lie in.")
        return
    if vpc not in _ec2(store).vpcs:
        yield value_problem(_VPC, "VPCId", vpc, f"The VPC {vpc} does not exist.")
        return
    if not values.get((_VPC, "Subnets")):
        kind = values[_ENVIRONMENT, "LoadBalancerType"]
        yield value_problem(_VPC, "Subnets", None, f"Specify the subnets for the VPC for load balancer type {kind}.")
        return
    found = [problem for name in ("Subnets", "ELBSubnets") for problem in _subnet_problems(store, values, name, vpc)]
    yield from found
    if not found:
        yield from _zone_problems(store, values, custom)
        yield from _group_problems(store, values, vpc)


def _subnet_problems(store: Store, values: Values, name: str, vpc: str) -> Iterator[Problem]:
    for each in listed(values, _VPC, name):
        subnet = _subnet(store, each)
        if subnet is None:
            yield value_problem(_VPC, name, values[_VPC, name], f"The subnet {each} does not exist.")
        elif subnet.vpc_id != vpc:
            yield value_problem(_VPC, name, values[_VPC, name], f"The subnet {each} does not lie in {vpc}.")


def _zone_problems(store: Store, values: Values, custom: list[str]) -> Iterator[Problem]:
    subnets = listed(values, _VPC, "Subnets")
    if custom and set(custom) != set(_zones_of(store, subnets).values()):
        text = "The availability zones of the specified subnets and the AutoScalingGroup do not match."
        yield value_problem(_ASG, "Custom Availability Zones", ",".join(custom), text)
    at = list(_zones_of(store, listed(values, _VPC, "ELBSubnets") or subnets).values())
    if balanced(values) and len(set(at)) < _TWO_ZONES:
        text = "At least two subnets in two different Availability Zones must be specified."
        yield value_problem(_VPC, "ELBSubnets", values.get((_VPC, "ELBSubnets")), text)
    if balanced(values) and len(set(at)) != len(at):
        text = "A load balancer cannot be attached to several subnets in the same Availability Zone."
        yield value_problem(_VPC, "ELBSubnets", values.get((_VPC, "ELBSubnets")), text)


def _group_problems(store: Store, values: Values, vpc: str) -> Iterator[Problem]:
    for namespace, name in (
        (_LAUNCH, "SecurityGroups"),
        (_BALANCER, "SecurityGroups"),
        (_BALANCER, "ManagedSecurityGroup"),
    ):
        for each in listed(values, namespace, name):
            group = _ec2(store).get_security_group_from_id(each)
            if group is None:
                yield value_problem(namespace, name, each, f"The security group {each} does not exist.")
            elif group.vpc_id != vpc:
                yield value_problem(namespace, name, each, f"The security group {each} does not lie in {vpc}.")


def _role_problems(store: Store, values: Values) -> Iterator[Problem]:
    profile = values.get((_LAUNCH, "IamInstanceProfile"))
    if not profile:
        text = "Environment must have instance profile associated with it."
        yield value_problem(_LAUNCH, "IamInstanceProfile", None, text)
    elif instance_profile(store, profile) is None:
        text = f"The instance profile {profile} associated with the environment does not exist."
        yield value_problem(_LAUNCH, "IamInstanceProfile", profile, text)
    role = values.get((_ENVIRONMENT, "ServiceRole"))
    if role and not any(role in {each.name, each.arn} for each in _iam(store).get_roles()):
        text = f"The service role {role} does not exist."
        yield value_problem(_ENVIRONMENT, "ServiceRole", role, text)


def _certificate_problems(store: Store, values: Values) -> Iterator[Problem]:
    from moto.elbv2.models import elbv2_backends  # noqa: PLC0415 - moto loads only when something is deployed

    elbv2 = elbv2_backends[store.account][store.region]
    for namespace in sorted({namespace for namespace, _ in values if namespace.startswith(options.LISTENER)}):
        for arn in listed(values, namespace, "SSLCertificateArns"):
            if not elbv2._certificate_exists(arn):  # noqa: SLF001 - moto offers no public way
                yield value_problem(namespace, "SSLCertificateArns", arn, f"Certificate ARN '{arn}' is not valid.")


def _zones_of(store: Store, subnets: list[str]) -> dict[str, str]:
    return {each: _subnet(store, each).availability_zone for each in subnets}


def _subnet(store: Store, subnet_id: str) -> Any:  # noqa: ANN401 - moto's own types
    return next((each for each in _ec2(store).describe_subnets() if each.id == subnet_id), None)


def _ec2(store: Store) -> Any:  # noqa: ANN401 - moto's own types
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return ec2_backends[store.account][store.region]


def _iam(store: Store) -> Any:  # noqa: ANN401 - moto's own types
    from moto.iam.models import iam_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return iam_backends[store.account][store.partition]
