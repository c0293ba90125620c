"""The subnets of a network and their ways out."""

from collections.abc import Callable
from typing import Any

import pulumi_aws as aws
import pytest

from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.testing import Recorded, Recording, record

Build = Callable[..., Recording]

A, B, C = ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
NETWORK = "urn:pulumi:stack::project::aws-mobile:index:Network::net"
SUBNET = "aws:ec2/subnet:Subnet"
ROUTE = "aws:ec2/route:Route"
ROUTE_TABLE = "aws:ec2/routeTable:RouteTable"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
NAT_GATEWAY = "aws:ec2/natGateway:NatGateway"
EIP = "aws:ec2/eip:Eip"


def untagged(resource: Recorded) -> dict[str, Any]:
    return {key: value for key, value in resource.inputs.items() if key != "tags"}


def routes(recording: Recording) -> dict[str, dict[str, Any]]:
    return {route.name: route.inputs for route in recording.of_type(ROUTE)}


@pytest.mark.parametrize("preview", [True, False])
def test_the_vpc_has_the_given_addresses_and_dns_names(build: Build, preview: bool) -> None:
    vpc = build({"cidr": "10.40.0.0/18"}, preview=preview).only("aws:ec2/vpc:Vpc")
    assert vpc.inputs == {
        "cidrBlock": "10.40.0.0/18",
        "enableDnsSupport": True,
        "enableDnsHostnames": True,
        "tags": {"Name": "net-vpc"},
    }


@pytest.mark.parametrize(
    ("name", "cidr", "zone"),
    [
        ("net-public-eu-west-1a", "10.0.16.0/22", A),
        ("net-public-eu-west-1b", "10.0.48.0/22", B),
        ("net-public-eu-west-1c", "10.0.80.0/22", C),
        ("net-application-eu-west-1a", "10.0.0.0/20", A),
        ("net-application-eu-west-1b", "10.0.32.0/20", B),
        ("net-application-eu-west-1c", "10.0.64.0/20", C),
        ("net-data-eu-west-1a", "10.0.24.0/22", A),
        ("net-data-eu-west-1b", "10.0.56.0/22", B),
        ("net-data-eu-west-1c", "10.0.88.0/22", C),
    ],
)
def test_each_zone_has_its_subnets_and_none_gives_out_public_addresses(
    build: Build, name: str, cidr: str, zone: str
) -> None:
    recording = build({})
    assert len(recording.of_type(SUBNET)) == 9
    assert recording.named(name).inputs == {
        "vpcId": "net-vpc-id",
        "availabilityZone": zone,
        "cidrBlock": cidr,
        "mapPublicIpOnLaunch": False,
        "tags": {"Name": name},
    }


def test_two_zones_get_six_subnets(build: Build) -> None:
    assert len(build({"zones": [A, C]}).of_type(SUBNET)) == 6


def test_public_subnets_route_to_the_internet_gateway(build: Build) -> None:
    recording = build({})
    assert routes(recording)["net-public-internet"] == {
        "routeTableId": "net-public-routes-id",
        "destinationCidrBlock": "0.0.0.0/0",
        "gatewayId": "net-internet-gateway-id",
    }
    assert tables_of(recording, "public") == dict.fromkeys(ZONES, "net-public-routes-id")


def tables_of(recording: Recording, tier: str) -> dict[str, str]:
    """Return the route table of each zone's subnet in a tier."""
    return {
        zone: association.inputs["routeTableId"]
        for zone in ZONES
        for association in recording.of_type(ASSOCIATION)
        if association.inputs["subnetId"] == f"net-{tier}-{zone}-id"
    }


@pytest.mark.parametrize("zone", ZONES)
def test_each_application_subnet_routes_to_the_nat_gateway_of_its_own_zone(build: Build, zone: str) -> None:
    recording = build({})
    assert tables_of(recording, "application")[zone] == f"net-application-{zone}-routes-id"
    assert routes(recording)[f"net-application-{zone}-nat"] == {
        "routeTableId": f"net-application-{zone}-routes-id",
        "destinationCidrBlock": "0.0.0.0/0",
        "natGatewayId": f"net-nat-{zone}-id",
    }
    assert untagged(recording.named(f"net-nat-{zone}")) == {
        "subnetId": f"net-public-{zone}-id",
        "allocationId": f"net-nat-{zone}-address-id",
    }
    assert untagged(recording.named(f"net-nat-{zone}-address")) == {"domain": "vpc"}


@pytest.mark.parametrize(("choice", "zone"), [({}, A), ({"nat_zone": C}, C)])
def test_one_nat_gateway_serves_all_zones(build: Build, choice: dict[str, Any], zone: str) -> None:
    recording = build({"nat": "single", **choice})
    assert [gateway.name for gateway in recording.of_type(NAT_GATEWAY)] == [f"net-nat-{zone}"]
    assert [address.name for address in recording.of_type(EIP)] == [f"net-nat-{zone}-address"]
    to_nat = {name: route["natGatewayId"] for name, route in routes(recording).items() if "natGatewayId" in route}
    assert to_nat == {f"net-application-{each}-nat": f"net-nat-{zone}-id" for each in ZONES}


def test_without_nat_the_application_tier_keeps_its_tables_and_has_no_way_out(build: Build) -> None:
    recording = build({"nat": "none"})
    assert recording.of_type(NAT_GATEWAY) == recording.of_type(EIP) == []
    assert list(routes(recording)) == ["net-public-internet"]
    assert tables_of(recording, "application") == {zone: f"net-application-{zone}-routes-id" for zone in ZONES}


def test_a_change_of_nat_touches_only_gateways_addresses_and_routes(build: Build) -> None:
    def shape(nat: str) -> dict[str, dict[str, Any]]:
        changing = (NAT_GATEWAY, EIP, ROUTE)
        return {resource.urn: resource.inputs for resource in build({"nat": nat}) if resource.type not in changing}

    assert shape("per_zone") == shape("single") == shape("none")


@pytest.mark.parametrize("preview", [True, False])
def test_nat_gateways_wait_for_the_internet_gateway(build: Build, preview: bool) -> None:
    recording = build({}, preview=preview)
    internet_gateway = recording.named("net-internet-gateway").urn
    assert all(internet_gateway in gateway.dependencies for gateway in recording.of_type(NAT_GATEWAY))


def test_the_data_tier_has_no_route_to_the_internet(build: Build) -> None:
    recording = build({})
    assert tables_of(recording, "data") == dict.fromkeys(ZONES, "net-data-routes-id")
    assert "net-data-routes-id" not in {route["routeTableId"] for route in routes(recording).values()}


def test_no_route_table_has_inline_routes_that_would_fight_with_the_others(build: Build) -> None:
    assert {tuple(untagged(table)) for table in build({}).of_type(ROUTE_TABLE)} == {("vpcId",)}


def test_without_nat_there_are_no_public_addresses(build: Build) -> None:
    assert build({"nat": "none"}).component_outputs[NETWORK]["nat_public_ips"] == []


@pytest.mark.parametrize(
    ("output", "waited_for"),
    [
        ("public_subnet_ids", {"net-public-internet", *(f"net-public-{zone}-association" for zone in ZONES)}),
        (
            "application_subnet_ids",
            {f"net-application-{zone}-{role}" for zone in ZONES for role in ("nat", "association")},
        ),
        ("data_subnet_ids", {f"net-data-{zone}-association" for zone in ZONES}),
    ],
)
def test_what_starts_in_a_subnet_waits_for_its_way_out(output: str, waited_for: set[str]) -> None:
    def program() -> None:
        network = Network("net", {"zones": ZONES})
        aws.rds.SubnetGroup("user", subnet_ids=getattr(network, output))

    dependencies = record(program, preview=True).named("user").dependencies
    assert {urn.split("::")[-1] for urn in dependencies if ASSOCIATION in urn or ROUTE in urn} == waited_for
