"""The ways between a `Network` and the internet."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.tags import named

from .settings import NetworkSettings


@dataclass(frozen=True, slots=True)
class NatGateways:
    """The NAT gateways, by zone in the order of the zones' names."""

    ids: Mapping[str, pulumi.Output[str]]
    public_ips: pulumi.Output[list[str]]


def create_internet_gateway(
    network: pulumi.Resource, name: str, settings: NetworkSettings, vpc_id: pulumi.Output[str]
) -> "aws.ec2.InternetGateway":
    """Create the internet gateway, attached to the VPC."""
    role = f"{name}-internet-gateway"
    return aws.ec2.InternetGateway(
        role,
        vpc_id=vpc_id,
        region=settings.region,
        tags=named(role, settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    )


def create_nat_gateways(
    network: pulumi.Resource,
    name: str,
    settings: NetworkSettings,
    public_subnet_ids: Mapping[str, pulumi.Output[str]],
    internet_gateway: "aws.ec2.InternetGateway",
) -> NatGateways:
    """Create a NAT gateway, with an address that stays, in each zone that has one."""
    ids: dict[str, pulumi.Output[str]] = {}
    public_ips: list[pulumi.Output[str]] = []
    for zone in sorted(set(settings.nat_zones.values())):
        role = f"{name}-nat-{zone}"
        address = aws.ec2.Eip(
            f"{role}-address",
            domain="vpc",
            region=settings.region,
            tags=named(f"{role}-address", settings.tags),
            opts=pulumi.ResourceOptions(parent=network),
        )
        gateway = aws.ec2.NatGateway(
            role,
            subnet_id=public_subnet_ids[zone],
            allocation_id=address.id,
            region=settings.region,
            tags=named(role, settings.tags),
            # AWS makes a NAT gateway fail whose VPC has no internet gateway yet; nothing else orders the two.
            opts=pulumi.ResourceOptions(parent=network, depends_on=[internet_gateway]),
        )
        ids[zone] = gateway.id
        public_ips.append(address.public_ip)
    return NatGateways(ids, pulumi.Output.all(*public_ips))
