"""From a `Network`'s arguments to what it is made of: defaults and rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import KEY_ARN, REGION, ZONE, Limits, Matching, OneOf

from .addresses import Tier, zone_subnets
from .args import FlowLogArgs, FlowLogTraffic, NatMode, NetworkArgs
from .rules import MOST_ZONES, check_cidr, check_interface_endpoints, check_nat_zone, check_zone_count, check_zones

GATEWAY_SERVICES = ("s3", "dynamodb")
"""The services that have gateway endpoints."""
RETENTION_DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)
"""The periods that CloudWatch Logs can keep records for."""

LIMITS: Limits = {
    NetworkArgs: {
        "region": REGION,
        "cidr": Matching(r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}", "an IPv4 network, for example 10.0.0.0/16"),
        "zones": ZONE,
        "nat_zone": ZONE,
        "gateway_endpoints": OneOf(GATEWAY_SERVICES),
        "interface_endpoints": Matching(
            r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*){0,2}",
            "the short name of a service, for example secretsmanager or ecr.api",
        ),
    },
    FlowLogArgs: {"retention_days": OneOf(RETENTION_DAYS), "kms_key_arn": KEY_ARN},
}
"""What each option by itself may hold."""


@dataclass(frozen=True, slots=True)
class FlowLogSettings:
    """The flow logs that are made."""

    retention_days: int
    traffic: FlowLogTraffic
    kms_key_arn: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """A network that can be built."""

    region: str | None
    """The Region for every child and call; none is the provider's."""
    cidr: str
    subnets: Mapping[str, Mapping[Tier, IPv4Network]]
    """The subnets by zone and tier, the zones in the order of their names."""
    nat_zones: Mapping[str, str]
    """For each zone, the zone of the NAT gateway that its application tier uses; empty without NAT."""
    gateway_endpoints: tuple[str, ...]
    interface_endpoints: tuple[str, ...]
    flow_logs: FlowLogSettings | None
    tags: Mapping[str, pulumi.Input[str]]

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones, by name."""
        return tuple(self.subnets)

    @property
    def zones_region(self) -> str:
        """The name of the Region, which the zones carry even where none was given."""
        return self.zones[0][:-1]


def resolve(name: str, args: NetworkArgs, find_zones: Callable[[str | None], Sequence[str]]) -> NetworkSettings:
    """Return the settings for `args`, or raise an `ArgsError` with every problem.

    `find_zones` tells the account's zones in a Region; it is asked only if no zones are named and all else is right.
    """
    problems = Problems()
    values = read_args(NetworkArgs, args, LIMITS, problems)
    cidr: str = values.get("cidr", "10.0.0.0/16")
    if "cidr" in values:
        check_cidr(cidr, problems)
    if "zones" in values:
        check_zones(values["zones"], values.get("region"), problems)
    check_interface_endpoints(values.get("interface_endpoints", []), problems)
    if not problems and "zones" not in values:
        values["zones"] = sorted(find_zones(values.get("region")))[:MOST_ZONES]
        check_zone_count(values["zones"], problems, found=True)
    zones = sorted(values.get("zones", []))
    nat: NatMode = values.get("nat", NatMode.PER_ZONE)
    if not problems.touches("nat"):
        check_nat_zone(values.get("nat_zone"), nat, zones, problems)
    problems.raise_for(f'Network "{name}"')
    return NetworkSettings(
        region=values.get("region"),
        cidr=cidr,
        subnets={zone: zone_subnets(IPv4Network(cidr), zone) for zone in zones},
        nat_zones=_nat_zones(nat, values.get("nat_zone"), zones),
        gateway_endpoints=_each_once(values.get("gateway_endpoints", GATEWAY_SERVICES)),
        interface_endpoints=_each_once(values.get("interface_endpoints", ())),
        flow_logs=_flow_logs(values.get("flow_logs", {})),
        tags=values.get("tags", {}),
    )


def _nat_zones(nat: NatMode, nat_zone: str | None, zones: Sequence[str]) -> dict[str, str]:
    if nat is NatMode.NONE:
        return {}
    if nat is NatMode.SINGLE:
        return dict.fromkeys(zones, nat_zone or zones[0])
    return {zone: zone for zone in zones}


def _flow_logs(values: Mapping[str, Any]) -> FlowLogSettings | None:
    if not values.get("enabled", True):
        return None
    return FlowLogSettings(
        retention_days=values.get("retention_days", 365),
        traffic=values.get("traffic", FlowLogTraffic.ALL),
        kms_key_arn=values.get("kms_key_arn"),
    )


def _each_once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
