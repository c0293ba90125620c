"""The peering of the Regions, by which the recovery Region's servers reach the writer, and later the other way."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .sites import Database, Network, Site


def create_peering(scope: Scope, primary: Site, recovery: Site) -> None:
    """Create the peering, its routes in both Regions, and the databases' rules for each other's servers.

    Names of RDS resolve to private addresses from everywhere, so that the peering needs no DNS of its own.
    """
    here, there = primary.network, recovery.network
    assert here is not None  # noqa: S101 - the rules demand it
    assert there is not None  # noqa: S101 - the rules demand it
    asked = aws.ec2.VpcPeeringConnection(
        scope.child("peering"),
        vpc_id=here.vpc_id,
        peer_vpc_id=there.vpc_id,
        peer_region=recovery.region,
        auto_accept=False,
        region=primary.region,
        tags=scope.tags("peering"),
        opts=scope.options(),
    )
    accepted = aws.ec2.VpcPeeringConnectionAccepter(
        scope.child("peering-accepter"),
        vpc_peering_connection_id=asked.id,
        auto_accept=True,
        region=recovery.region,
        tags=scope.tags("peering-accepter"),
        opts=scope.options(),
    )
    # A route leads nowhere until the peering is accepted: the id comes from whoever accepted it.
    _create_routes(scope, "primary", primary.region, here, there, accepted.id)
    _create_routes(scope, "recovery", recovery.region, there, here, accepted.id)
    for role, site, other in (("primary", primary, there), ("recovery", recovery, here)):
        if site.database is not None:
            _create_rule(scope, role, site.region, site.database, other, _port(primary))


def _create_routes(  # noqa: PLR0913, PLR0917 - where, what for, and through what
    scope: Scope, role: str, region: str, network: Network, other: Network, peering: pulumi.Output[str]
) -> None:
    tables: dict[str, Mapping[str, pulumi.Input[str]]] = {
        "application": network.application_route_table_ids,
        "data": network.data_route_table_ids,
    }
    for tier, ids in tables.items():
        for key, table in ids.items():
            aws.ec2.Route(
                scope.child(f"{role}-route-{tier}-{key}"),
                route_table_id=table,
                destination_cidr_block=other.cidr,
                vpc_peering_connection_id=peering,
                region=region,
                opts=scope.options(),
            )


def _create_rule(  # noqa: PLR0913, PLR0917 - whose rule, for whom
    scope: Scope, role: str, region: str, database: Database, other: Network, port: int
) -> None:
    child = f"{role}-database-from-other-region"
    aws.vpc.SecurityGroupIngressRule(
        scope.child(child),
        description="The servers of the other Region may connect",
        security_group_id=database.security_group_ids[0],
        cidr_ipv4=other.cidr,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        region=region,
        tags=scope.tags(child),
        opts=scope.options(),
    )


def _port(primary: Site) -> int:
    assert primary.database is not None  # noqa: S101 - the rules demand it
    assert primary.database.port is not None  # noqa: S101 - the rules demand it
    return primary.database.port
