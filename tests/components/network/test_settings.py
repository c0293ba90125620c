"""A network's arguments: defaults, and what is said about each that cannot work."""

from collections.abc import Sequence
from ipaddress import IPv4Network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.network.addresses import Tier
from pulumi_aws_mobile.network.args import FlowLogTraffic, NatMode
from pulumi_aws_mobile.network.settings import RETENTION_DAYS, FlowLogSettings, NetworkSettings, resolve

ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


def not_asked(region: str | None) -> Sequence[str]:
    message = f"the account's zones in {region} were asked for"
    raise AssertionError(message)


def settle(args: dict[str, Any]) -> NetworkSettings:
    return resolve("net", args, not_asked)


def test_without_options_a_network_is_made_for_production() -> None:
    settings = resolve("net", {}, lambda _: ZONES)
    assert settings == NetworkSettings(
        region=None,
        cidr="10.0.0.0/16",
        subnets={
            "eu-west-1a": networks("10.0.16.0/22", "10.0.0.0/20", "10.0.24.0/22"),
            "eu-west-1b": networks("10.0.48.0/22", "10.0.32.0/20", "10.0.56.0/22"),
            "eu-west-1c": networks("10.0.80.0/22", "10.0.64.0/20", "10.0.88.0/22"),
        },
        nat_zones={"eu-west-1a": "eu-west-1a", "eu-west-1b": "eu-west-1b", "eu-west-1c": "eu-west-1c"},
        gateway_endpoints=("dynamodb", "s3"),
        interface_endpoints=(),
        flow_logs=FlowLogSettings(retention_days=365, traffic=FlowLogTraffic.ALL, kms_key_arn=None),
        tags={},
    )


def networks(public: str, application: str, data: str) -> dict[Tier, IPv4Network]:
    return {
        Tier.PUBLIC: IPv4Network(public),
        Tier.APPLICATION: IPv4Network(application),
        Tier.DATA: IPv4Network(data),
    }


@given(st.permutations([f"eu-west-1{letter}" for letter in "abcdef"]), st.integers(2, 3))
def test_the_order_of_the_zones_changes_nothing(zones: list[str], count: int) -> None:
    named = zones[:count]
    assert settle({"zones": named}) == settle({"zones": sorted(named)})


@given(st.permutations([f"eu-west-1{letter}" for letter in "abcdef"]))
def test_adding_a_zone_moves_no_subnet(zones: list[str]) -> None:
    before = settle({"zones": zones[:2]}).subnets
    after = settle({"zones": zones[:3]}).subnets
    assert {zone: after[zone] for zone in before} == before


@given(st.permutations([f"eu-west-1{letter}" for letter in "abcdef"]), st.integers(0, 2))
def test_removing_a_zone_moves_no_subnet(zones: list[str], gone: int) -> None:
    before = settle({"zones": zones[:3]}).subnets
    after = settle({"zones": [zone for zone in zones[:3] if zone != zones[gone]]}).subnets
    assert after == {zone: subnets for zone, subnets in before.items() if zone != zones[gone]}


@given(st.permutations(["s3", "dynamodb", "s3"]), st.permutations(["logs", "ecr.api", "ecr.dkr", "logs"]))
def test_services_named_twice_count_once(gateways: list[str], interfaces: list[str]) -> None:
    settings = settle({"zones": ZONES, "gateway_endpoints": gateways, "interface_endpoints": interfaces})
    assert settings.gateway_endpoints == ("dynamodb", "s3")
    assert settings.interface_endpoints == ("ecr.api", "ecr.dkr", "logs")


def test_one_nat_gateway_stands_in_the_first_zone() -> None:
    settings = settle({"zones": ["eu-west-1c", "eu-west-1b"], "nat": "single"})
    assert settings.nat_zones == {"eu-west-1b": "eu-west-1b", "eu-west-1c": "eu-west-1b"}


def test_one_nat_gateway_stands_in_the_zone_that_is_named() -> None:
    settings = settle({"zones": ["eu-west-1c", "eu-west-1b"], "nat": NatMode.SINGLE, "nat_zone": "eu-west-1c"})
    assert settings.nat_zones == {"eu-west-1b": "eu-west-1c", "eu-west-1c": "eu-west-1c"}


def test_without_nat_no_zone_has_a_gateway() -> None:
    assert settle({"zones": ZONES, "nat": "none"}).nat_zones == {}


@pytest.mark.parametrize("days", RETENTION_DAYS)
def test_flow_logs_are_kept_for_any_period_that_cloudwatch_knows(days: int) -> None:
    settings = settle({"zones": ZONES, "flow_logs": {"retention_days": float(days)}})
    assert settings.flow_logs == FlowLogSettings(days, FlowLogTraffic.ALL, None)


def test_flow_logs_can_be_turned_off() -> None:
    assert settle({"zones": ZONES, "flow_logs": {"enabled": False}}).flow_logs is None


@pytest.mark.parametrize(
    "zones",
    [
        ["us-gov-west-1a", "us-gov-west-1b"],
        ["ap-southeast-7a", "ap-southeast-7c"],
        ["us-iso-east-1a", "us-iso-east-1b"],
    ],
)
def test_zones_of_any_region_are_taken(zones: list[str]) -> None:
    settings = settle({"zones": zones})
    assert settings.zones == tuple(zones)
    assert settings.zones_region == zones[0][:-1]


@pytest.mark.parametrize("cidr", ["10.0.0.0/16", "172.31.0.0/16", "192.168.248.0/21", "100.64.0.0/18"])
def test_private_networks_of_a_fitting_size_are_taken(cidr: str) -> None:
    assert settle({"zones": ZONES, "cidr": cidr}).cidr == cidr


def test_the_first_three_zones_of_the_account_are_taken_by_name() -> None:
    asked: list[str | None] = []

    def find(region: str | None) -> Sequence[str]:
        asked.append(region)
        return ["us-east-1f", "us-east-1b", "us-east-1d", "us-east-1c"]

    assert resolve("net", {"region": "us-east-1"}, find).zones == ("us-east-1b", "us-east-1c", "us-east-1d")
    assert asked == ["us-east-1"]


def test_the_two_zones_of_an_account_that_has_no_more_are_taken() -> None:
    assert resolve("net", {}, lambda _: ["us-west-1c", "us-west-1a"]).zones == ("us-west-1a", "us-west-1c")
