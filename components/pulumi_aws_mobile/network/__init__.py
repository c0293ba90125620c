"""A VPC over two or three zones: public, application and data tiers."""

from .args import FlowLogArgs, FlowLogTraffic, NatMode, NetworkArgs
from .component import Network

__all__ = ["FlowLogArgs", "FlowLogTraffic", "NatMode", "Network", "NetworkArgs"]
