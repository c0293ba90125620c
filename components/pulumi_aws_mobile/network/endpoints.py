"""A `Network`'s ways to AWS services that do not lead through the internet."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.tags import named

from .settings import NetworkSettings

_HTTPS = 443


def create_gateway_endpoints(
    network: pulumi.Resource,
    name: str,
    settings: NetworkSettings,
    vpc_id: pulumi.Output[str],
    route_table_ids: Sequence[pulumi.Output[str]],
) -> None:
    """Create gateway endpoints for all tiers.

    Their policy stays AWS's own, which forbids nothing: a narrower one grants nobody anything and silently breaks
    what lies in buckets of AWS (packages of Amazon Linux, Beanstalk's platforms, ECR's layers). Who may do what is
    said by identities and buckets.
    """
    for service in settings.gateway_endpoints:
        role = f"{name}-endpoint-{service}"
        aws.ec2.VpcEndpoint(
            role,
            vpc_id=vpc_id,
            service_name=_service_name(service, settings),
            vpc_endpoint_type="Gateway",
            route_table_ids=list(route_table_ids),
            region=settings.region,
            tags=named(role, settings.tags),
            opts=pulumi.ResourceOptions(parent=network),
        )


def create_interface_endpoints(
    network: pulumi.Resource,
    name: str,
    settings: NetworkSettings,
    vpc_id: pulumi.Output[str],
    subnet_ids: Sequence[pulumi.Output[str]],
) -> None:
    """Create interface endpoints, which the whole VPC reaches by the services' usual names."""
    if not settings.interface_endpoints:
        return
    security_group_id = _create_security_group(network, name, settings, vpc_id)
    for service in settings.interface_endpoints:
        role = f"{name}-endpoint-{service}"
        aws.ec2.VpcEndpoint(
            role,
            vpc_id=vpc_id,
            service_name=_service_name(service, settings),
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=list(subnet_ids),
            security_group_ids=[security_group_id],
            region=settings.region,
            tags=named(role, settings.tags),
            opts=pulumi.ResourceOptions(parent=network),
        )


def _create_security_group(
    network: pulumi.Resource, name: str, settings: NetworkSettings, vpc_id: pulumi.Output[str]
) -> pulumi.Output[str]:
    role = f"{name}-endpoints"
    group = aws.ec2.SecurityGroup(
        role,
        vpc_id=vpc_id,
        description="Interface endpoints: HTTPS from inside the VPC",
        region=settings.region,
        tags=named(role, settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{role}-https",
        security_group_id=group.id,
        description="HTTPS from inside the VPC",
        cidr_ipv4=settings.cidr,
        ip_protocol="tcp",
        from_port=_HTTPS,
        to_port=_HTTPS,
        region=settings.region,
        tags=named(f"{role}-https", settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    )
    return group.id


def _service_name(service: str, settings: NetworkSettings) -> str:
    return f"com.amazonaws.{settings.zones_region}.{service}"
