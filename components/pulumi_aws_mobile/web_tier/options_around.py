"""The option settings of what environments stand on: network, roles, load balancers. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pulumi

from .environment_parts import EnvironmentSettings
from .settings import Https

_ASG = "aws:autoscaling:asg"
_LAUNCH = "aws:autoscaling:launchconfiguration"
_VPC = "aws:ec2:vpc"
_ENVIRONMENT = "aws:elasticbeanstalk:environment"
_BALANCER = "aws:elbv2:loadbalancer"
_LISTENER = "aws:elbv2:listener"

Value = pulumi.Input[str] | bool | float | None
Options = Iterator[tuple[str, Mapping[str, Value]]]
"""Namespaces with the values of some of their options; those without a value are left out."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all environments of a web tier stand on; lists are written with commas."""

    vpc_id: pulumi.Input[str]
    instance_subnet_ids: pulumi.Input[str]
    load_balancer_subnet_ids: pulumi.Input[str]
    zones: pulumi.Input[str] | None
    """The zones of the instances, if they are known."""
    public: bool
    https: Https | None
    instance_security_group_id: pulumi.Input[str]
    load_balancer_security_group_id: pulumi.Input[str]
    service_role: pulumi.Input[str]
    instance_profile: pulumi.Input[str]
    log_bucket: pulumi.Input[str]
    """The bucket for access logs, where an environment names none."""
    log_prefix: str


def network(ground: Ground) -> Options:
    """Yield where instances and load balancers stand, and who may talk to them."""
    yield (
        _VPC,
        {
            "AssociatePublicIpAddress": False,
            "ELBScheme": "public" if ground.public else "internal",
            "ELBSubnets": ground.load_balancer_subnet_ids,
            "Subnets": ground.instance_subnet_ids,
            "VPCId": ground.vpc_id,
        },
    )
    yield _ASG, {"Custom Availability Zones": ground.zones}
    # Without them Elastic Beanstalk would make groups of its own, with rules of its own.
    yield (
        _LAUNCH,
        {
            "DisableDefaultEC2SecurityGroup": True,
            "SecurityGroups": ground.instance_security_group_id,
        },
    )
    group = ground.load_balancer_security_group_id
    yield _BALANCER, {"ManagedSecurityGroup": group, "SecurityGroups": group}


def roles(ground: Ground) -> Options:
    """Yield the roles of Elastic Beanstalk and of the instances."""
    yield _ENVIRONMENT, {"ServiceRole": ground.service_role}
    yield _LAUNCH, {"IamInstanceProfile": ground.instance_profile}


def load_balancer(environment: EnvironmentSettings, ground: Ground) -> Options:
    """Yield the load balancer, dedicated to the environment, and its access logs."""
    balancer = environment.load_balancer
    yield (
        _ENVIRONMENT,
        {"EnvironmentType": "LoadBalanced", "LoadBalancerIsShared": False, "LoadBalancerType": "application"},
    )
    yield _BALANCER, {"AccessLogsS3Enabled": balancer.access_logs, "IdleTimeout": balancer.idle_timeout_seconds}
    if balancer.access_logs:
        own = balancer.access_logs_bucket is None
        yield (
            _BALANCER,
            {
                "AccessLogsS3Bucket": ground.log_bucket if own else balancer.access_logs_bucket,
                "AccessLogsS3Prefix": balancer.access_logs_prefix or ground.log_prefix,
            },
        )


def listeners(https: Https | None) -> Options:
    """Yield one listener: Elastic Beanstalk's own cannot redirect, so with HTTPS port 80 is left to others."""
    if https is None:
        yield (
            f"{_LISTENER}:default",
            {"DefaultProcess": "default", "ListenerEnabled": True, "Protocol": "HTTP"},
        )
        return
    yield f"{_LISTENER}:default", {"ListenerEnabled": False}
    yield (
        f"{_LISTENER}:443",
        {
            "DefaultProcess": "default",
            "ListenerEnabled": True,
            "Protocol": "HTTPS",
            "SSLCertificateArns": https.certificate_arn,
            "SSLPolicy": https.tls_policy,
        },
    )
