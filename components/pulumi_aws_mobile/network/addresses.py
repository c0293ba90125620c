"""How a VPC's addresses are divided.

A VPC has eight equal blocks, and a zone owns the block that its letter stands for: `a` the first, `h` the eighth. So
a zone's addresses depend on the VPC and on that zone alone. A zone's block is divided in eighths:

    | 0   1   2   3 | 4      | 5    | 6    | 7    |
    | application   | public | free | data | free |

The free eighth beside `public` and beside `data` lets either be doubled; five or six of the eight blocks are free.
"""

from collections.abc import Mapping
from enum import Enum
from ipaddress import IPv4Network

LARGEST_VPC_PREFIX = 16
"""The largest VPC that AWS allows."""
SMALLEST_SUBNET_PREFIX = 27
"""The smallest public subnet in which an Application Load Balancer starts and can grow.

See https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-subnets.html.
"""
ZONE_BLOCKS = 8
"""How many zones a VPC has room for; AWS names at most six in a Region, `a` to `f`."""
PRIVATE_RANGES = tuple(IPv4Network(cidr) for cidr in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))
"""RFC 1918's networks, then RFC 6598's."""

_ZONE_BITS = 3
_TIER_BITS = 3
SMALLEST_VPC_PREFIX = SMALLEST_SUBNET_PREFIX - _ZONE_BITS - _TIER_BITS
"""The smallest VPC whose public subnets are large enough."""

_PUBLIC_EIGHTH = 4
_DATA_EIGHTH = 6


class Tier(str, Enum):
    """What a subnet is for; its value is part of the names of resources."""

    PUBLIC = "public"
    APPLICATION = "application"
    DATA = "data"


def zone_slot(zone: str) -> int:
    """Return which of the eight blocks a zone owns; letters after `h`, which AWS does not use, begin again at 0."""
    return (ord(zone[-1]) - ord("a")) % ZONE_BLOCKS


def zone_block(vpc: IPv4Network, zone: str) -> IPv4Network:
    """Return the block of the VPC that a zone owns."""
    return _part(vpc, _ZONE_BITS, zone_slot(zone))


def zone_subnets(vpc: IPv4Network, zone: str) -> Mapping[Tier, IPv4Network]:
    """Return the subnets of one zone; no other zone has a say in them."""
    block = zone_block(vpc, zone)
    return {
        Tier.PUBLIC: _part(block, _TIER_BITS, _PUBLIC_EIGHTH),
        Tier.APPLICATION: _part(block, 1, 0),
        Tier.DATA: _part(block, _TIER_BITS, _DATA_EIGHTH),
    }


def is_private(network: IPv4Network) -> bool:
    """Tell whether the whole of `network` lies in addresses that are free for private use."""
    return any(network.subnet_of(private) for private in PRIVATE_RANGES)


def _part(network: IPv4Network, bits: int, index: int) -> IPv4Network:
    prefix = network.prefixlen + bits
    first = int(network.network_address) + (index << (network.max_prefixlen - prefix))
    return IPv4Network((first, prefix))
