"""A database stands where the internet has no route to."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    DB_SUBNET_GROUP,
    INTERNET_GATEWAYS,
    ROUTE_TABLE_ASSOCIATIONS,
    ROUTE_TABLES,
    ROUTES,
    SUBNETS,
)
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Unknown

_FEWEST_ZONES = 2


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    for group in stack.of((DB_SUBNET_GROUP,)):
        links = stack.links(group, "subnetIds", SUBNETS)
        yield from _check_zones(group, links.resources, complete=not (links.outside or links.unknown))
        found = {subnet.name: _has_route_out(stack, subnet) for subnet in links.resources}
        public = [name for name, leads in found.items() if leads is True]
        if public:
            got = Words(f"subnets with a route to an internet gateway: {', '.join(public)}")
            yield Problem("subnetIds", got, "private subnets", "name subnets of the data tier", group)
        elif UNKNOWN in found.values():
            yield Undecided("subnetIds", group)


def _check_zones(group: Resource, subnets: tuple[Resource, ...], *, complete: bool) -> Iterator[Answer]:
    zones = {
        subnet.text("availabilityZone") or subnet.text("availabilityZoneId") for subnet in subnets if _placed(subnet)
    }
    unplaced = sum(not _placed(subnet) for subnet in subnets)
    if len(zones) >= _FEWEST_ZONES:
        return
    if not complete or (unplaced and len(subnets) >= _FEWEST_ZONES):
        yield Undecided("subnetIds", group)
    else:
        got = Words("subnets in one zone")
        yield Problem("subnetIds", got, "2 zones or more", "add a subnet in another zone", group)


def _placed(subnet: Resource) -> bool:
    zones = (subnet.text("availabilityZone"), subnet.text("availabilityZoneId"))
    return any(zone is not None and zone is not UNKNOWN for zone in zones)


def _has_route_out(stack: Stack, subnet: Resource) -> bool | Unknown:
    associations = stack.join(ROUTE_TABLE_ASSOCIATIONS, "subnetId", SUBNETS)
    routes = stack.join(ROUTES, "routeTableId", ROUTE_TABLES)
    found: set[bool | Unknown] = set()
    for association in associations.holders(subnet):
        for table in stack.links(association, "routeTableId", ROUTE_TABLES).resources:
            found.update(_leads_out(stack, route, "gatewayId") for route in routes.holders(table))
            found.add(_leads_out(stack, table, "routes"))
    return True if True in found else UNKNOWN if UNKNOWN in found else False


def _leads_out(stack: Stack, holder: Resource, name: str) -> bool | Unknown:
    """Tell whether a route, or the routes inside a table, lead to an internet gateway."""
    if not holder.has(name):
        return False
    if stack.links(holder, name, INTERNET_GATEWAYS).resources:
        return True
    routes = [holder] if name == "gatewayId" else holder.items(name)
    found: set[bool | Unknown] = set()
    for route in (UNKNOWN,) if routes is UNKNOWN else routes or ():
        gateway = UNKNOWN if route is UNKNOWN else route.text("gatewayId")
        found.add(UNKNOWN if gateway is UNKNOWN else bool(gateway and gateway.startswith("igw-")))
    if UNKNOWN in found and holder.sources(name):
        found.discard(UNKNOWN)  # It comes from something in the stack, which is no internet gateway.
    return True if True in found else UNKNOWN if UNKNOWN in found else False


RULE = StackRule(
    id="rds-private-subnets",
    pack=Pack.SECURITY,
    description="A database's subnets lie in two zones or more, none of them public.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(DB_SUBNET_GROUP, *SUBNETS, *ROUTE_TABLE_ASSOCIATIONS, *ROUTE_TABLES, *ROUTES, *INTERNET_GATEWAYS),
    frameworks=("FSBP RDS.46",),
    remediation="Name subnets in two or three zones whose route table has no route to an internet gateway.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-46",
    check=_check,
)
