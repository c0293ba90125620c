"""EC2: route tables, routes and what they are associated with."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._ec2 import arn, ec2_of, one, retag, tag_specification
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws

_GONE_TABLE = ("InvalidRouteTableID.NotFound", "InvalidRouteTableId.NotFound")
_GONE_ROUTE = (*_GONE_TABLE, "InvalidRoute.NotFound")
_DESTINATIONS = {
    "destinationCidrBlock": "DestinationCidrBlock",
    "destinationIpv6CidrBlock": "DestinationIpv6CidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
}
_TARGETS = {
    "gatewayId": "GatewayId",
    "natGatewayId": "NatGatewayId",
    "egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
    "networkInterfaceId": "NetworkInterfaceId",
    "transitGatewayId": "TransitGatewayId",
    "vpcEndpointId": "VpcEndpointId",
    "vpcPeeringConnectionId": "VpcPeeringConnectionId",
    "carrierGatewayId": "CarrierGatewayId",
}
# A route written inside a route table says `cidrBlock` where a route of its own says `destinationCidrBlock`.
_INLINE_DESTINATIONS = {
    "cidrBlock": "DestinationCidrBlock",
    "ipv6CidrBlock": "DestinationIpv6CidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
}
_INLINE = _INLINE_DESTINATIONS | {
    "gatewayId": "GatewayId",
    "natGatewayId": "NatGatewayId",
    "egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
    "networkInterfaceId": "NetworkInterfaceId",
    "transitGatewayId": "TransitGatewayId",
    "vpcEndpointId": "VpcEndpointId",
    "vpcPeeringConnectionId": "VpcPeeringConnectionId",
}


def _table(clients: Clients, table_id: str, known: Properties) -> dict[str, Any] | None:
    ec2 = ec2_of(clients, known)
    return one(lambda: ec2.describe_route_tables(RouteTableIds=[table_id])["RouteTables"], *_GONE_TABLE)


def _make_table(clients: Clients, inputs: Properties) -> str:
    ec2 = ec2_of(clients, inputs)
    answer = ec2.create_route_table(VpcId=inputs["vpcId"], **tag_specification("route-table", inputs))
    table_id = answer["RouteTable"]["RouteTableId"]
    for route in inputs.get("routes", []):
        ec2.create_route(RouteTableId=table_id, **to_aws(route, _INLINE))
    return table_id


def _describe_table(clients: Clients, table_id: str, known: Properties) -> Properties | None:
    table = _table(clients, table_id, known)
    if table is None:
        return None
    # Routes of gateway endpoints belong to the endpoint, and the local one to AWS.
    routes = [
        from_aws(route, _INLINE)
        for route in table["Routes"]
        if route.get("GatewayId") != "local" and not route.get("GatewayId", "").startswith("vpce-")
    ]
    return {
        "arn": arn(clients, known, "route-table", table_id),
        "vpcId": table["VpcId"],
        "ownerId": table.get("OwnerId", clients.account),
        "routes": routes,
        "propagatingVgws": known.get("propagatingVgws", []),
        **tags_from(table.get("Tags"), known),
    }


def _change_table(clients: Clients, table_id: str, _: Properties, old: Properties, new: Properties) -> None:
    ec2 = ec2_of(clients, new)
    before = [to_aws(route, _INLINE) for route in old.get("routes", [])]
    after = [to_aws(route, _INLINE) for route in new.get("routes", [])]
    for route in before:
        if route not in after:
            destination = {key: route[key] for key in _INLINE_DESTINATIONS.values() if key in route}
            found(lambda to=destination: ec2.delete_route(RouteTableId=table_id, **to), *_GONE_ROUTE)
    for route in after:
        if route not in before:
            ec2.create_route(RouteTableId=table_id, **route)
    retag(ec2, table_id, old, new)


def _remove_table(clients: Clients, table_id: str, outputs: Properties) -> None:
    found(lambda: ec2_of(clients, outputs).delete_route_table(RouteTableId=table_id), *_GONE_TABLE)


def _destination(properties: Properties) -> str:
    return next(str(properties[name]) for name in _DESTINATIONS if name in properties)


def _make_route(clients: Clients, inputs: Properties) -> str:
    ec2_of(clients, inputs).create_route(
        RouteTableId=inputs["routeTableId"], **to_aws(inputs, _DESTINATIONS | _TARGETS)
    )
    return f"r-{inputs['routeTableId']}_{_destination(inputs)}"


def _describe_route(clients: Clients, _: str, known: Properties) -> Properties | None:
    table = _table(clients, known["routeTableId"], known)
    wanted = to_aws(known, _DESTINATIONS).items()
    for route in table["Routes"] if table else []:
        if wanted <= {key: route.get(key) for key in _DESTINATIONS.values()}.items():
            gateway = route.get("GatewayId", "")
            endpoint = {"gatewayId": None, "vpcEndpointId": gateway} if gateway.startswith("vpce-") else {}
            return {
                "routeTableId": known["routeTableId"],
                **from_aws(route, _DESTINATIONS | _TARGETS),
                **endpoint,
                "origin": route.get("Origin", "CreateRoute"),
                "state": route.get("State", "active"),
            }
    return None


def _change_route(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    ec2_of(clients, new).replace_route(RouteTableId=new["routeTableId"], **to_aws(new, _DESTINATIONS | _TARGETS))


def _remove_route(clients: Clients, _: str, outputs: Properties) -> None:
    destination = to_aws(outputs, _DESTINATIONS)
    ec2 = ec2_of(clients, outputs)
    found(lambda: ec2.delete_route(RouteTableId=outputs["routeTableId"], **destination), *_GONE_ROUTE)


def _one_destination(inputs: Properties) -> list[tuple[str, str]]:
    given = [name for name in _DESTINATIONS if name in inputs]
    if len(given) == 1:
        return []
    return [("destinationCidrBlock", f"exactly one of {', '.join(_DESTINATIONS)} is needed: got {given or 'none'}")]


def _association(clients: Clients, association_id: str, known: Properties) -> tuple[dict[str, Any], str] | None:
    """Find by id, or by what is associated: moving it to another table gives it a new id."""
    ec2 = ec2_of(clients, known)
    for table in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": _vpcs(ec2, known)}])["RouteTables"]:
        for each in table["Associations"]:
            same = any(each.get(aws) == known[name] for name, aws in _ASSOCIATED.items() if name in known)
            if each["RouteTableAssociationId"] == association_id or same:
                return each, table["RouteTableId"]
    return None


_ASSOCIATED = {"subnetId": "SubnetId", "gatewayId": "GatewayId"}


def _vpcs(ec2: Any, known: Properties) -> list[str]:  # noqa: ANN401 - a boto3 client
    table = one(lambda: ec2.describe_route_tables(RouteTableIds=[known["routeTableId"]])["RouteTables"], *_GONE_TABLE)
    return [table["VpcId"]] if table else ["none"]


def _make_association(clients: Clients, inputs: Properties) -> str:
    what = to_aws(inputs, _ASSOCIATED)
    answer = ec2_of(clients, inputs).associate_route_table(RouteTableId=inputs["routeTableId"], **what)
    return answer["AssociationId"]


def _describe_association(clients: Clients, association_id: str, known: Properties) -> Properties | None:
    answer = _association(clients, association_id, known)
    return None if answer is None else {"routeTableId": answer[1], **from_aws(answer[0], _ASSOCIATED)}


def _change_association(
    clients: Clients, association_id: str, outputs: Properties, _: Properties, new: Properties
) -> None:
    answer = _association(clients, association_id, outputs)
    current = answer[0]["RouteTableAssociationId"] if answer else association_id
    ec2_of(clients, new).replace_route_table_association(AssociationId=current, RouteTableId=new["routeTableId"])


def _remove_association(clients: Clients, association_id: str, outputs: Properties) -> None:
    answer = _association(clients, association_id, outputs)
    if answer is not None:
        ec2_of(clients, outputs).disassociate_route_table(AssociationId=answer[0]["RouteTableAssociationId"])


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:ec2/routeTable:RouteTable",
            make=_make_table,
            describe=_describe_table,
            change=_change_table,
            remove=_remove_table,
            required=frozenset({"vpcId"}),
            replace_on=frozenset({"vpcId"}),
            unordered=frozenset({"routes"}),
        ),
        handler(
            "aws:ec2/route:Route",
            make=_make_route,
            describe=_describe_route,
            change=_change_route,
            remove=_remove_route,
            required=frozenset({"routeTableId"}),
            replace_on=frozenset({"routeTableId", *_DESTINATIONS}),
            validate=_one_destination,
        ),
        handler(
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            make=_make_association,
            describe=_describe_association,
            change=_change_association,
            remove=_remove_association,
            required=frozenset({"routeTableId"}),
            replace_on=frozenset({"subnetId", "gatewayId"}),
        ),
    )
}
