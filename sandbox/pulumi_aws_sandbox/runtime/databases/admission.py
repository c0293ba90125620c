"""Who gets to a database: what EC2's security groups, peering connections and routes say of it."""

import ipaddress
from collections.abc import Iterable, Iterator
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT


def admits(region: str, group_ids: Iterable[str], port: int) -> bool:
    """Tell whether a rule of the groups lets anybody reach a port.

    A VPC's default group, which an instance has that was given none, lets its members in; moto's has no such rule.
    """
    known = list(_groups(region, group_ids))
    if not known or any(each.is_default for each in known):
        return True
    return any(_covers(rule, port) for group in known for rule in group.ingress_rules)


def reaches(region: str, vpc: str, database: Any) -> bool:  # noqa: ANN401 - moto's own types
    """Tell whether an instance in a VPC reaches a database of another: over a peering connection, routes and a rule.

    In the database's own VPC, or where either is not said to be in one, its groups decide alone.
    """
    group = getattr(database, "db_subnet_group", None)
    other = getattr(group, "vpc_id", None)
    if not vpc or not other or vpc == other:
        return True
    cidrs = _cidrs(region, vpc)
    peered = _peering(region, vpc, other)
    if peered is None or not cidrs:
        return False
    here = _routed(region, vpc, peered, _cidrs(database.region, other))
    there = _routed(database.region, other, peered, cidrs)
    known = list(_groups(database.region, database.vpc_security_group_ids))
    rules = [rule for each in known for rule in each.ingress_rules if _covers(rule, int(database.port))]
    return here and there and any(_names(rule, cidrs) for rule in rules)


def _groups(region: str, group_ids: Iterable[str]) -> Iterator[Any]:
    backend = _ec2(region)
    for group_id in group_ids or ():
        found = backend.get_security_group_from_id(group_id)
        if found is not None:
            yield found


def _covers(rule: Any, port: int) -> bool:  # noqa: ANN401 - moto's own types
    protocol = str(rule.ip_protocol)
    if protocol == "-1":
        return True
    if protocol not in {"tcp", "6"} or rule.from_port is None:
        return False
    return int(rule.from_port) <= port <= int(rule.to_port)


def _names(rule: Any, cidrs: list[str]) -> bool:  # noqa: ANN401 - moto's own types
    """Tell whether a rule lets addresses of a VPC in."""
    return rule.cidr_ipv4 is not None and any(_within(cidr, rule.cidr_ipv4) for cidr in cidrs)


def _within(inner: str, outer: str) -> bool:
    a, b = ipaddress.ip_network(inner), ipaddress.ip_network(outer, strict=False)
    return a.version == b.version and a.overlaps(b)


def _cidrs(region: str, vpc: str) -> list[str]:
    found = _ec2(region).vpcs.get(vpc)
    return (
        [each["cidr_block"] for each in found.get_cidr_block_association_set(ipv6=False)] if found is not None else []
    )


def _peering(region: str, one: str, other: str) -> str | None:
    """Return the id of the active connection between two VPCs."""
    for pcx in list(_ec2(region).vpc_pcxs.values()):
        if {pcx.vpc.id, pcx.peer_vpc.id} == {one, other} and pcx._status.code == "active":  # noqa: SLF001 - moto has no other
            return pcx.id
    return None


def _routed(region: str, vpc: str, peering: str, cidrs: list[str]) -> bool:
    """Tell whether a VPC has a route to addresses over a connection."""
    for table in list(_ec2(region).route_tables.values()):
        if table.vpc_id != vpc:
            continue
        for route in list(table.routes):
            pcx = getattr(route, "vpc_pcx", None)
            to = route.destination_cidr_block
            if pcx is not None and pcx.id == peering and to and any(_within(cidr, to) for cidr in cidrs):
                return True
    return False


def _ec2(region: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return ec2_backends[ACCOUNT][region]
