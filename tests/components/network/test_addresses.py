"""The division of a VPC's addresses, for every VPC and every zone."""

from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.network.addresses import (
    LARGEST_VPC_PREFIX,
    PRIVATE_RANGES,
    SMALLEST_VPC_PREFIX,
    Tier,
    is_private,
    zone_block,
    zone_slot,
    zone_subnets,
)

ALL_ZONES = [f"eu-west-1{letter}" for letter in "abcdefgh"]


@st.composite
def vpcs(draw: st.DrawFn) -> IPv4Network:
    """Any VPC that a `Network` accepts."""
    around = draw(st.sampled_from(PRIVATE_RANGES))
    prefix = draw(st.integers(LARGEST_VPC_PREFIX, SMALLEST_VPC_PREFIX))
    index = draw(st.integers(0, 2 ** (prefix - around.prefixlen) - 1))
    return IPv4Network((int(around.network_address) + (index << (32 - prefix)), prefix))


def all_subnets(vpc: IPv4Network) -> list[IPv4Network]:
    return [subnet for zone in ALL_ZONES for subnet in zone_subnets(vpc, zone).values()]


def test_the_plan_of_the_default_vpc_is_the_documented_one() -> None:
    plan = {zone: zone_subnets(IPv4Network("10.0.0.0/16"), zone) for zone in ("eu-west-1a", "eu-west-1b", "us-east-1h")}
    assert {zone: {tier.value: str(subnet) for tier, subnet in tiers.items()} for zone, tiers in plan.items()} == {
        "eu-west-1a": {"public": "10.0.16.0/22", "application": "10.0.0.0/20", "data": "10.0.24.0/22"},
        "eu-west-1b": {"public": "10.0.48.0/22", "application": "10.0.32.0/20", "data": "10.0.56.0/22"},
        "us-east-1h": {"public": "10.0.240.0/22", "application": "10.0.224.0/20", "data": "10.0.248.0/22"},
    }


@given(vpcs())
def test_no_two_subnets_of_all_eight_zones_overlap(vpc: IPv4Network) -> None:
    assert not [pair for pair in combinations(all_subnets(vpc), 2) if pair[0].overlaps(pair[1])]


@given(vpcs())
def test_every_subnet_lies_inside_its_zones_block_and_the_vpc(vpc: IPv4Network) -> None:
    for zone in ALL_ZONES:
        block = zone_block(vpc, zone)
        assert block.subnet_of(vpc)
        assert all(subnet.subnet_of(block) for subnet in zone_subnets(vpc, zone).values())


@given(vpcs())
def test_the_eight_blocks_are_the_whole_vpc(vpc: IPv4Network) -> None:
    assert [zone_block(vpc, zone) for zone in ALL_ZONES] == list(vpc.subnets(prefixlen_diff=3))


@given(vpcs(), st.sampled_from(ALL_ZONES), st.sampled_from([Tier.PUBLIC, Tier.DATA]))
def test_a_public_or_data_subnet_can_be_doubled_where_it_stands(vpc: IPv4Network, zone: str, tier: Tier) -> None:
    doubled = zone_subnets(vpc, zone)[tier].supernet()
    assert doubled.network_address == zone_subnets(vpc, zone)[tier].network_address
    assert [subnet for subnet in all_subnets(vpc) if subnet.overlaps(doubled)] == [zone_subnets(vpc, zone)[tier]]


@given(vpcs())
def test_every_public_subnet_is_large_enough_for_a_load_balancer(vpc: IPv4Network) -> None:
    assert all(zone_subnets(vpc, zone)[Tier.PUBLIC].prefixlen <= 27 for zone in ALL_ZONES)


@given(vpcs(), st.sampled_from(ALL_ZONES))
def test_the_application_tier_has_half_of_its_zone_and_the_others_an_eighth(vpc: IPv4Network, zone: str) -> None:
    size = zone_block(vpc, zone).num_addresses
    assert {tier: size // subnet.num_addresses for tier, subnet in zone_subnets(vpc, zone).items()} == {
        Tier.PUBLIC: 8,
        Tier.APPLICATION: 2,
        Tier.DATA: 8,
    }


@given(vpcs())
def test_networks_inside_the_private_ranges_are_private(vpc: IPv4Network) -> None:
    assert is_private(vpc)


def test_networks_that_reach_out_of_the_private_ranges_are_not_private() -> None:
    around = ["9.255.0.0/16", "11.0.0.0/16", "172.32.0.0/16", "192.169.0.0/16", "100.128.0.0/16", "8.0.0.0/6"]
    assert not [cidr for cidr in around if is_private(IPv4Network(cidr))]


def test_a_letter_after_h_begins_again_at_the_first_block() -> None:
    assert [zone_slot(f"eu-west-1{letter}") for letter in "ahipqz"] == [0, 7, 0, 7, 0, 1]
