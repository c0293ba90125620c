"""What a `Network`'s options must be to each other and to AWS, beyond what each may hold by itself."""

from collections.abc import Sequence
from ipaddress import IPv4Network

from pulumi_aws_mobile.errors import Problem, Problems

from .addresses import (
    LARGEST_VPC_PREFIX,
    PRIVATE_RANGES,
    SMALLEST_SUBNET_PREFIX,
    SMALLEST_VPC_PREFIX,
    ZONE_BLOCKS,
    is_private,
    zone_slot,
)
from .args import NatMode

FEWEST_ZONES = 2
"""A network of one zone is lost with it."""
MOST_ZONES = 3
"""As many as a Multi-AZ DB cluster needs; also how many a network takes when none are named."""

_SIZES = (
    f"a network from /{LARGEST_VPC_PREFIX}, AWS's largest VPC, to /{SMALLEST_VPC_PREFIX}, the smallest whose public "
    f"subnets have the /{SMALLEST_SUBNET_PREFIX} that a load balancer needs"
)


def check_cidr(cidr: str, problems: Problems) -> None:
    """Note what keeps a VPC from having these addresses."""
    try:
        network = IPv4Network(cidr, strict=False)
    except ValueError:
        problems.add("cidr", cidr, "an IPv4 network, for example 10.0.0.0/16", "correct the numbers")
        return
    prefix = network.prefixlen
    if not LARGEST_VPC_PREFIX <= prefix <= SMALLEST_VPC_PREFIX:
        wanted = LARGEST_VPC_PREFIX if prefix < LARGEST_VPC_PREFIX else SMALLEST_VPC_PREFIX
        fits = IPv4Network((network.network_address, wanted), strict=False)
        problems.add("cidr", cidr, _SIZES, f"write {fits} or choose another")
        return
    if str(network) != cidr:
        problems.add("cidr", cidr, "a network written by its first address", f"write {network}")
    if not is_private(network):
        ranges = ", ".join(str(private) for private in PRIVATE_RANGES)
        fix = "choose private addresses: with public ones the VPC cannot reach their owners"
        problems.add("cidr", cidr, f"a network inside one of {ranges}", fix)


def check_zones(zones: Sequence[str], region: str | None, problems: Problems) -> None:
    """Note what keeps a network from spanning these zones."""
    for index, zone in enumerate(zones):
        if zone in zones[:index]:
            problems.add(f"zones[{index}]", zone, "each zone once", "remove the repetition")
        elif region is not None and zone[:-1] != region:
            problems.add(f"zones[{index}]", zone, f"a zone of {region}", "name a zone of that Region or change region")
    distinct = sorted(set(zones))
    check_zone_count(distinct, problems, found=False)
    if region is None and len({zone[:-1] for zone in distinct}) > 1:
        problems.add("zones", _listed(distinct), "zones of one Region", "make one Network in each Region")
    elif len({zone_slot(zone) for zone in distinct}) < len({zone[-1] for zone in distinct}):
        allowed = f"zones whose letters do not lie {ZONE_BLOCKS} apart, because such zones share addresses"
        problems.add("zones", _listed(distinct), allowed, "leave one of them out")


def check_zone_count(zones: Sequence[str], problems: Problems, *, found: bool) -> None:
    """Note that there are too few or too many zones; `found` ones are the account's, not the caller's."""
    allowed = f"{FEWEST_ZONES} or {MOST_ZONES} zones"
    if len(zones) < FEWEST_ZONES and found:
        got = f"none, and the account has {len(zones)} to offer"
        problems.extend([Problem("zones", got, allowed, "name the zones or change region")])
    elif len(zones) < FEWEST_ZONES:
        problems.add("zones", _listed(zones), allowed, "add a zone: a network of one is lost with it")
    elif len(zones) > MOST_ZONES:
        problems.add("zones", _listed(zones), allowed, f"keep {MOST_ZONES} of them")


def check_nat_zone(nat_zone: str | None, nat: NatMode, zones: Sequence[str], problems: Problems) -> None:
    """Note that the zone of the one NAT gateway is not wanted, or is none of the network's."""
    if nat_zone is None:
        return
    if nat is not NatMode.SINGLE:
        problems.add("nat_zone", nat_zone, "only with nat single", 'set nat to "single" or remove nat_zone')
    elif zones and nat_zone not in zones:
        problems.add("nat_zone", nat_zone, " | ".join(zones), "choose one of the network's zones")


def check_interface_endpoints(services: Sequence[str], problems: Problems) -> None:
    """Note services that are reached through gateway endpoints."""
    for index, service in enumerate(services):
        if service in ("s3", "dynamodb"):
            allowed = "services that have no gateway endpoint"
            fix = "list it under gateway_endpoints, which costs nothing"
            problems.add(f"interface_endpoints[{index}]", service, allowed, fix)


def _listed(zones: Sequence[str]) -> str | None:
    return ", ".join(zones) or None
