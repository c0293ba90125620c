"""EC2: elastic IP addresses and NAT gateways."""

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._ec2 import arn, ec2_of, one, only_tags_change, retag, tag_specification
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, region_of, tags_from, to_aws

_GONE_ADDRESS = "InvalidAllocationID.NotFound"
_GONE_GATEWAY = "NatGatewayNotFound"


def _make_address(clients: Clients, inputs: Properties) -> str:
    names = {"address": "Address", "publicIpv4Pool": "PublicIpv4Pool", "networkBorderGroup": "NetworkBorderGroup"}
    ec2 = ec2_of(clients, inputs)
    answer = ec2.allocate_address(Domain="vpc", **to_aws(inputs, names), **tag_specification("elastic-ip", inputs))
    _attach(clients, answer["AllocationId"], inputs)
    return answer["AllocationId"]


def _attach(clients: Clients, address_id: str, inputs: Properties) -> None:
    names = {"instance": "InstanceId", "networkInterface": "NetworkInterfaceId"}
    to = to_aws(inputs, names | {"associateWithPrivateIp": "PrivateIpAddress"})
    if to:
        ec2_of(clients, inputs).associate_address(AllocationId=address_id, **to)


def _describe_address(clients: Clients, address_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    address = one(lambda: ec2.describe_addresses(AllocationIds=[address_id])["Addresses"], _GONE_ADDRESS)
    if address is None:
        return None
    region = region_of(clients, known)
    names = {
        "publicIp": "PublicIp",
        "privateIp": "PrivateIpAddress",
        "networkInterface": "NetworkInterfaceId",
        "instance": "InstanceId",
        "associationId": "AssociationId",
        "allocationId": "AllocationId",
        "domain": "Domain",
    }
    private = address.get("PrivateIpAddress")
    return {
        "publicIpv4Pool": "amazon",
        "networkBorderGroup": region,
        **from_aws({key: value for key, value in address.items() if value != ""}, names),
        "arn": arn(clients, known, "elastic-ip", address_id),
        "publicDns": f"ec2-{_dashed(address['PublicIp'])}.{_domain(region, 'compute')}",
        "privateDns": f"ip-{_dashed(private)}.{_domain(region, 'internal')}" if private else None,
        **tags_from(address.get("Tags"), known),
    }


def _dashed(address: str) -> str:
    return address.replace(".", "-")


def _domain(region: str, kind: str) -> str:
    # us-east-1 keeps the names from before there were Regions.
    if region == "us-east-1":
        return "compute-1.amazonaws.com" if kind == "compute" else "ec2.internal"
    return f"{region}.compute.amazonaws.com" if kind == "compute" else f"{region}.compute.internal"


def _change_address(clients: Clients, address_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    ec2 = ec2_of(clients, new)
    if any(old.get(name) != new.get(name) for name in ("instance", "networkInterface", "associateWithPrivateIp")):
        if "associationId" in outputs:
            ec2.disassociate_address(AssociationId=outputs["associationId"])
        _attach(clients, address_id, new)
    retag(ec2, address_id, old, new)


def _remove_address(clients: Clients, address_id: str, outputs: Properties) -> None:
    found(lambda: ec2_of(clients, outputs).release_address(AllocationId=address_id), _GONE_ADDRESS)


def _make_gateway(clients: Clients, inputs: Properties) -> str:
    names = {
        "subnetId": "SubnetId",
        "allocationId": "AllocationId",
        "connectivityType": "ConnectivityType",
        "privateIp": "PrivateIpAddress",
    }
    ec2 = ec2_of(clients, inputs)
    answer = ec2.create_nat_gateway(**to_aws(inputs, names), **tag_specification("natgateway", inputs))
    return answer["NatGateway"]["NatGatewayId"]


def _describe_gateway(clients: Clients, gateway_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    gateway = one(lambda: ec2.describe_nat_gateways(NatGatewayIds=[gateway_id])["NatGateways"], _GONE_GATEWAY)
    if gateway is None or gateway["State"] == "deleted":
        return None
    address = (gateway.get("NatGatewayAddresses") or [{}])[0]
    inner = {
        "allocationId": "AllocationId",
        "networkInterfaceId": "NetworkInterfaceId",
        "privateIp": "PrivateIp",
        "publicIp": "PublicIp",
        "associationId": "AssociationId",
    }
    return {
        "connectivityType": gateway.get("ConnectivityType", "public"),
        "availabilityMode": known.get("availabilityMode", "zonal"),
        "subnetId": gateway["SubnetId"],
        "vpcId": gateway["VpcId"],
        **from_aws(address, inner),
        **tags_from(gateway.get("Tags"), known),
    }


def _remove_gateway(clients: Clients, gateway_id: str, outputs: Properties) -> None:
    found(lambda: ec2_of(clients, outputs).delete_nat_gateway(NatGatewayId=gateway_id), _GONE_GATEWAY)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:ec2/eip:Eip",
            make=_make_address,
            describe=_describe_address,
            change=_change_address,
            remove=_remove_address,
            replace_on=frozenset(
                {"address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"}
            ),
        ),
        handler(
            "aws:ec2/natGateway:NatGateway",
            make=_make_gateway,
            describe=_describe_gateway,
            change=only_tags_change,
            remove=_remove_gateway,
            replace_on=frozenset(
                {"allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"}
            ),
        ),
    )
}
