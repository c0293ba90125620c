"""The subnets of a `Network`, their route tables and routes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.tags import named

from .addresses import Tier
from .settings import NetworkSettings

_ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a subnet's connections leave the VPC."""

    route_table_id: pulumi.Output[str]
    route_id: pulumi.Output[str] | None = None
    """The route to the internet; none where the table knows the VPC and the gateway endpoints alone."""


@dataclass(frozen=True, slots=True)
class RoutedTier:
    """One tier over all zones."""

    subnet_ids: Mapping[str, pulumi.Output[str]]
    """By zone, known as soon as the subnets exist."""
    routed_subnet_ids: pulumi.Output[list[str]]
    """In the order of the zones' names, known once the routes exist too, so that what starts there has its way out."""
    route_table_ids: tuple[pulumi.Output[str], ...]
    """Each table once, in the order of the zones' names."""


def create_public_tier(
    network: pulumi.Resource,
    name: str,
    settings: NetworkSettings,
    vpc_id: pulumi.Output[str],
    internet_gateway_id: pulumi.Output[str],
) -> RoutedTier:
    """Create the subnets that the internet can reach; one route table serves all, for the gateway spans the zones."""
    table_id = _create_route_table(network, f"{name}-public-routes", settings, vpc_id)
    route = aws.ec2.Route(
        f"{name}-public-internet",
        route_table_id=table_id,
        destination_cidr_block=_ANYWHERE,
        gateway_id=internet_gateway_id,
        region=settings.region,
        opts=pulumi.ResourceOptions(parent=network),
    )
    ways = {zone: WayOut(table_id, route.id) for zone in settings.zones}
    return _create_tier(network, name, settings, vpc_id, Tier.PUBLIC, ways)


def create_application_tier(
    network: pulumi.Resource,
    name: str,
    settings: NetworkSettings,
    vpc_id: pulumi.Output[str],
    nat_gateway_ids: Mapping[str, pulumi.Output[str]],
) -> RoutedTier:
    """Create the subnets for servers; every zone has its own route table, so a change of `nat` touches only routes."""
    ways: dict[str, WayOut] = {}
    for zone in settings.zones:
        table_id = _create_route_table(network, f"{name}-application-{zone}-routes", settings, vpc_id)
        nat_zone = settings.nat_zones.get(zone)
        if nat_zone is None:
            ways[zone] = WayOut(table_id)
            continue
        route = aws.ec2.Route(
            f"{name}-application-{zone}-nat",
            route_table_id=table_id,
            destination_cidr_block=_ANYWHERE,
            nat_gateway_id=nat_gateway_ids[nat_zone],
            region=settings.region,
            opts=pulumi.ResourceOptions(parent=network),
        )
        ways[zone] = WayOut(table_id, route.id)
    return _create_tier(network, name, settings, vpc_id, Tier.APPLICATION, ways)


def create_data_tier(
    network: pulumi.Resource, name: str, settings: NetworkSettings, vpc_id: pulumi.Output[str]
) -> RoutedTier:
    """Create the subnets for databases; their one route table never gets a route to the internet."""
    table_id = _create_route_table(network, f"{name}-data-routes", settings, vpc_id)
    return _create_tier(network, name, settings, vpc_id, Tier.DATA, dict.fromkeys(settings.zones, WayOut(table_id)))


def _create_tier(  # noqa: PLR0913, PLR0917 - the tier and its ways out, beside what every stage takes
    network: pulumi.Resource,
    name: str,
    settings: NetworkSettings,
    vpc_id: pulumi.Output[str],
    tier: Tier,
    ways: Mapping[str, WayOut],
) -> RoutedTier:
    subnet_ids: dict[str, pulumi.Output[str]] = {}
    routed: list[pulumi.Output[str]] = []
    for zone in settings.zones:
        role = f"{name}-{tier.value}-{zone}"
        subnet = aws.ec2.Subnet(
            role,
            vpc_id=vpc_id,
            availability_zone=zone,
            cidr_block=str(settings.subnets[zone][tier]),
            map_public_ip_on_launch=False,
            region=settings.region,
            tags=named(role, settings.tags),
            opts=pulumi.ResourceOptions(parent=network),
        )
        association = aws.ec2.RouteTableAssociation(
            f"{role}-association",
            subnet_id=subnet.id,
            route_table_id=ways[zone].route_table_id,
            region=settings.region,
            opts=pulumi.ResourceOptions(parent=network),
        )
        subnet_ids[zone] = subnet.id
        route_id = ways[zone].route_id
        waited_for = [association.id] if route_id is None else [association.id, route_id]
        routed.append(pulumi.Output.all(subnet.id, *waited_for).apply(lambda ids: ids[0]))
    table_ids = tuple(dict.fromkeys(way.route_table_id for way in ways.values()))
    return RoutedTier(subnet_ids, pulumi.Output.all(*routed), table_ids)


def _create_route_table(
    network: pulumi.Resource, name: str, settings: NetworkSettings, vpc_id: pulumi.Output[str]
) -> pulumi.Output[str]:
    return aws.ec2.RouteTable(
        name,
        vpc_id=vpc_id,
        region=settings.region,
        tags=named(name, settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    ).id
