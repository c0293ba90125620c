"""Elastic Compute Cloud: peering connections between VPCs, asked for in one Region and accepted in the other."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._ec2 import ec2_of, one, retag, tag_specification
from pulumi_aws_sandbox.resources._make import handler, region_of, tags_from, to_aws

_KIND = "vpc-peering-connection"
_GONE = ("InvalidVpcPeeringConnectionId.NotFound", "InvalidVpcPeeringConnectionID.NotFound")
_ENDED = {"deleted", "deleting", "expired", "failed", "rejected"}
_SIDES = {"accepter": "AccepterPeeringConnectionOptions", "requester": "RequesterPeeringConnectionOptions"}


def _connection(clients: Clients, connection: str, properties: Properties) -> dict[str, Any] | None:
    ec2 = ec2_of(clients, properties)
    answer = one(
        lambda: ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[connection])["VpcPeeringConnections"],
        *_GONE,
    )
    return answer if answer is not None and answer["Status"]["Code"] not in _ENDED else None


def _accept(clients: Clients, connection: str, properties: Properties) -> None:
    answer = _connection(clients, connection, properties)
    if properties.get("autoAccept") and answer is not None and answer["Status"]["Code"] == "pending-acceptance":
        ec2_of(clients, properties).accept_vpc_peering_connection(VpcPeeringConnectionId=connection)


def _set_options(clients: Clients, connection: str, old: Properties, new: Properties) -> None:
    changed = {aws: new[side] for side, aws in _SIDES.items() if side in new and new[side] != old.get(side)}
    if changed:
        ec2_of(clients, new).modify_vpc_peering_connection_options(
            VpcPeeringConnectionId=connection,
            **{
                aws: {"AllowDnsResolutionFromRemoteVpc": side.get("allowRemoteVpcDnsResolution", False)}
                for aws, side in changed.items()
            },
        )


def _make(clients: Clients, inputs: Properties) -> str:
    names = {"vpcId": "VpcId", "peerVpcId": "PeerVpcId", "peerOwnerId": "PeerOwnerId", "peerRegion": "PeerRegion"}
    answer = ec2_of(clients, inputs).create_vpc_peering_connection(
        **to_aws(inputs, names), **tag_specification(_KIND, inputs)
    )
    connection = answer["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    _accept(clients, connection, inputs)
    _set_options(clients, connection, {}, inputs)
    return connection


def _describe(clients: Clients, connection: str, known: Properties) -> Properties | None:
    answer = _connection(clients, connection, known)
    if answer is None:
        return None
    here, there = answer["RequesterVpcInfo"], answer["AccepterVpcInfo"]
    # Either side has tags of its own.
    tags = ec2_of(clients, known).describe_tags(Filters=[{"Name": "resource-id", "Values": [connection]}])["Tags"]
    sides = {"accepter": there, "requester": here}
    options = {
        side: {"allowRemoteVpcDnsResolution": about["PeeringOptions"].get("AllowDnsResolutionFromRemoteVpc", False)}
        for side, about in sides.items()
        if side in known
    }
    return {
        "acceptStatus": answer["Status"]["Code"],
        "vpcId": here["VpcId"],
        "peerVpcId": there["VpcId"],
        "peerOwnerId": there.get("OwnerId", clients.account),
        "peerRegion": there.get("Region", region_of(clients, known)),
        **options,
        **tags_from(tags, known),
    }


def _change(clients: Clients, connection: str, _: Properties, old: Properties, new: Properties) -> None:
    _accept(clients, connection, new)
    _set_options(clients, connection, old, new)
    retag(ec2_of(clients, new), connection, old, new)


def _remove(clients: Clients, connection: str, outputs: Properties) -> None:
    if _connection(clients, connection, outputs) is not None:
        ec2_of(clients, outputs).delete_vpc_peering_connection(VpcPeeringConnectionId=connection)


def _make_accepter(clients: Clients, inputs: Properties) -> str:
    connection = inputs["vpcPeeringConnectionId"]
    _accept(clients, connection, inputs)
    _set_options(clients, connection, {}, inputs)
    retag(ec2_of(clients, inputs), connection, {}, inputs)
    return connection


def _describe_accepter(clients: Clients, connection: str, known: Properties) -> Properties | None:
    found = _describe(clients, connection, known)
    if found is None:
        return None
    answer = _connection(clients, connection, known) or {}
    here, there = answer["AccepterVpcInfo"], answer["RequesterVpcInfo"]
    return found | {
        "vpcPeeringConnectionId": connection,
        # Seen from here, the other side is who asked.
        "vpcId": here["VpcId"],
        "peerVpcId": there["VpcId"],
        "peerOwnerId": there.get("OwnerId", clients.account),
        "peerRegion": there.get("Region", region_of(clients, known)),
    }


def _leave(_: Clients, __: str, ___: Properties) -> None:
    """Stop looking after a connection that whoever asked for it deletes."""


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"peerVpcId", "vpcId"}),
            replace_on=frozenset({"peerOwnerId", "peerRegion", "peerVpcId", "vpcId"}),
        ),
        handler(
            "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
            make=_make_accepter,
            describe=_describe_accepter,
            change=_change,
            remove=_leave,
            required=frozenset({"vpcPeeringConnectionId"}),
            replace_on=frozenset({"vpcPeeringConnectionId"}),
        ),
    )
}
