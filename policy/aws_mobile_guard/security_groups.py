"""Ingress rules in the three shapes that pulumi-aws has for them, read as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from aws_mobile_guard.aws_types import SECURITY_GROUP_INGRESS_RULES, SECURITY_GROUP_RULES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.view import UNKNOWN, Node, Unknown

# A wider network than these is the internet, whole or in a few pieces.
_WIDEST = {4: 8, 6: 16}
_ALL_PORTS = (0, 65535)


@dataclass(frozen=True, slots=True)
class IngressRule:
    """One rule that lets traffic in."""

    node: Node
    networks: Sequence[tuple[str, str | Unknown]]
    """The networks it lets in, each with the property that names it."""
    prefix_list: str | None
    """The property by which it lets prefix lists in, if it does."""
    ports: tuple[float, float] | Unknown | None
    """The first and the last port; none where the protocol has no ports."""

    def path(self, name: str) -> str:
        """Return the path of one of the rule's properties."""
        return self.node.path(name)

    def describe_ports(self) -> str:
        """Return the ports in words."""
        if self.ports is None:
            return "a protocol without ports"
        if self.ports is UNKNOWN or self.ports == _ALL_PORTS:
            return "all ports"
        first, last = self.ports
        return f"port {first:g}" if first == last else f"ports {first:g} to {last:g}"


def ingress_rules(resource: Resource) -> Iterator[IngressRule | Unknown]:
    """Go through the ingress rules that a resource is, or has."""
    if resource.type in SECURITY_GROUP_INGRESS_RULES:
        yield _rule(resource, ("cidrIpv4", "cidrIpv6"), "prefixListId", "ipProtocol")
    elif resource.type in SECURITY_GROUP_RULES:
        if resource.text("type") != "egress":
            yield _rule(resource, ("cidrBlocks", "ipv6CidrBlocks"), "prefixListIds", "protocol")
    else:
        inline = resource.items("ingress")
        if inline is UNKNOWN:
            yield UNKNOWN
            return
        for rule in inline or ():
            if rule is UNKNOWN:
                yield UNKNOWN
            else:
                yield _rule(rule, ("cidrBlocks", "ipv6CidrBlocks"), "prefixListIds", "protocol")


def is_wide(cidr: str) -> bool:
    """Tell whether a network is so wide that it means everyone."""
    try:
        network = ip_network(cidr, strict=False)
    except ValueError:
        return False  # AWS refuses it.
    return network.prefixlen < _WIDEST[network.version]


def _rule(node: Node, cidrs: tuple[str, ...], prefix_list: str, protocol: str) -> IngressRule:
    networks: list[tuple[str, str | Unknown]] = []
    for name in cidrs:
        values = node.texts(name)
        networks.extend((name, value) for value in ([UNKNOWN] if values is UNKNOWN else values or ()))
    return IngressRule(node, networks, prefix_list if node.has(prefix_list) else None, _ports(node, protocol))


def _ports(node: Node, protocol: str) -> tuple[float, float] | Unknown | None:
    name = node.text(protocol)
    if name in {"-1", "all"}:
        return _ALL_PORTS
    first, last = node.number("fromPort"), node.number("toPort")
    if name is UNKNOWN or first is UNKNOWN or last is UNKNOWN:
        return UNKNOWN
    if name in {"icmp", "icmpv6", "1", "58"}:
        return None
    if first is None:
        return _ALL_PORTS
    return first, first if last is None else last
