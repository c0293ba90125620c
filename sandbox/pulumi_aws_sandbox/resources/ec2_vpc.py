"""EC2: the VPC, its subnets and internet gateways."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._ec2 import arn, ec2_of, one, retag, tag_specification
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws, upper_first

_VPC_SWITCHES = ("enableDnsSupport", "enableDnsHostnames", "enableNetworkAddressUsageMetrics")
_SUBNET_SWITCHES = ("mapPublicIpOnLaunch", "assignIpv6AddressOnCreation", "enableDns64")


def _make_vpc(clients: Clients, inputs: Properties) -> str:
    ec2 = ec2_of(clients, inputs)
    names = {
        "cidrBlock": "CidrBlock",
        "instanceTenancy": "InstanceTenancy",
        "assignGeneratedIpv6CidrBlock": "AmazonProvidedIpv6CidrBlock",
    }
    vpc_id = ec2.create_vpc(**to_aws(inputs, names), **tag_specification("vpc", inputs))["Vpc"]["VpcId"]
    _switch_vpc(ec2, vpc_id, {"enableDnsSupport": True}, inputs)
    return vpc_id


def _switch_vpc(ec2: Any, vpc_id: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    for name in _VPC_SWITCHES:
        if new.get(name) is not None and new[name] != old.get(name, False):
            ec2.modify_vpc_attribute(VpcId=vpc_id, **{upper_first(name): {"Value": new[name]}})


def _describe_vpc(clients: Clients, vpc_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    vpc = one(lambda: ec2.describe_vpcs(VpcIds=[vpc_id])["Vpcs"], "InvalidVpcID.NotFound")
    if vpc is None:
        return None
    here = [{"Name": "vpc-id", "Values": [vpc_id]}]
    tables = ec2.describe_route_tables(Filters=[*here, {"Name": "association.main", "Values": ["true"]}])["RouteTables"]
    groups = ec2.describe_security_groups(Filters=[*here, {"Name": "group-name", "Values": ["default"]}])
    acls = ec2.describe_network_acls(Filters=[*here, {"Name": "default", "Values": ["true"]}])["NetworkAcls"]
    main = tables[0]["RouteTableId"] if tables else None
    blocks = vpc.get("Ipv6CidrBlockAssociationSet", [])
    return {
        "arn": arn(clients, known, "vpc", vpc_id),
        "cidrBlock": vpc["CidrBlock"],
        "instanceTenancy": vpc.get("InstanceTenancy", "default"),
        "dhcpOptionsId": vpc.get("DhcpOptionsId"),
        "ownerId": vpc.get("OwnerId", clients.account),
        "mainRouteTableId": main,
        "defaultRouteTableId": main,
        "defaultSecurityGroupId": groups["SecurityGroups"][0]["GroupId"] if groups["SecurityGroups"] else None,
        "defaultNetworkAclId": acls[0]["NetworkAclId"] if acls else None,
        "ipv6CidrBlock": blocks[0]["Ipv6CidrBlock"] if blocks else None,
        "ipv6AssociationId": blocks[0]["AssociationId"] if blocks else None,
        "assignGeneratedIpv6CidrBlock": bool(blocks),
        **{name: _vpc_switch(ec2, vpc_id, name) for name in _VPC_SWITCHES},
        **tags_from(vpc.get("Tags"), known),
    }


def _vpc_switch(ec2: Any, vpc_id: str, name: str) -> bool:  # noqa: ANN401 - a boto3 client
    return ec2.describe_vpc_attribute(VpcId=vpc_id, Attribute=name)[upper_first(name)]["Value"]


def _change_vpc(clients: Clients, vpc_id: str, _: Properties, old: Properties, new: Properties) -> None:
    ec2 = ec2_of(clients, new)
    _switch_vpc(ec2, vpc_id, old, {name: new.get(name, name == "enableDnsSupport") for name in _VPC_SWITCHES})
    retag(ec2, vpc_id, old, new)


def _remove_vpc(clients: Clients, vpc_id: str, outputs: Properties) -> None:
    found(lambda: ec2_of(clients, outputs).delete_vpc(VpcId=vpc_id), "InvalidVpcID.NotFound")


def _make_subnet(clients: Clients, inputs: Properties) -> str:
    ec2 = ec2_of(clients, inputs)
    names = {
        "vpcId": "VpcId",
        "cidrBlock": "CidrBlock",
        "ipv6CidrBlock": "Ipv6CidrBlock",
        "availabilityZone": "AvailabilityZone",
        "availabilityZoneId": "AvailabilityZoneId",
    }
    answer = ec2.create_subnet(**to_aws(inputs, names), **tag_specification("subnet", inputs))
    subnet_id = answer["Subnet"]["SubnetId"]
    _switch_subnet(ec2, subnet_id, {}, inputs)
    return subnet_id


def _switch_subnet(ec2: Any, subnet_id: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    for name in _SUBNET_SWITCHES:
        if new.get(name, False) != old.get(name, False):
            ec2.modify_subnet_attribute(SubnetId=subnet_id, **{upper_first(name): {"Value": new.get(name, False)}})


def _describe_subnet(clients: Clients, subnet_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    subnet = one(lambda: ec2.describe_subnets(SubnetIds=[subnet_id])["Subnets"], "InvalidSubnetID.NotFound")
    if subnet is None:
        return None
    names = {
        "vpcId": "VpcId",
        "cidrBlock": "CidrBlock",
        "availabilityZone": "AvailabilityZone",
        "availabilityZoneId": "AvailabilityZoneId",
        "ownerId": "OwnerId",
        "arn": "SubnetArn",
        "mapPublicIpOnLaunch": "MapPublicIpOnLaunch",
        "assignIpv6AddressOnCreation": "AssignIpv6AddressOnCreation",
        "ipv6Native": "Ipv6Native",
    }
    blocks = subnet.get("Ipv6CidrBlockAssociationSet", [])
    return {
        "enableDns64": known.get("enableDns64", False),
        **from_aws(subnet, names),
        "ipv6CidrBlock": blocks[0]["Ipv6CidrBlock"] if blocks else None,
        "ipv6CidrBlockAssociationId": blocks[0]["AssociationId"] if blocks else None,
        **tags_from(subnet.get("Tags"), known),
    }


def _change_subnet(clients: Clients, subnet_id: str, _: Properties, old: Properties, new: Properties) -> None:
    ec2 = ec2_of(clients, new)
    _switch_subnet(ec2, subnet_id, old, new)
    retag(ec2, subnet_id, old, new)


def _remove_subnet(clients: Clients, subnet_id: str, outputs: Properties) -> None:
    found(lambda: ec2_of(clients, outputs).delete_subnet(SubnetId=subnet_id), "InvalidSubnetID.NotFound")


def _make_gateway(clients: Clients, inputs: Properties) -> str:
    ec2 = ec2_of(clients, inputs)
    answer = ec2.create_internet_gateway(**tag_specification("internet-gateway", inputs))
    gateway_id = answer["InternetGateway"]["InternetGatewayId"]
    if "vpcId" in inputs:
        ec2.attach_internet_gateway(InternetGatewayId=gateway_id, VpcId=inputs["vpcId"])
    return gateway_id


def _describe_gateway(clients: Clients, gateway_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    gateway = one(
        lambda: ec2.describe_internet_gateways(InternetGatewayIds=[gateway_id])["InternetGateways"],
        "InvalidInternetGatewayID.NotFound",
    )
    if gateway is None:
        return None
    attached = gateway.get("Attachments", [])
    return {
        "arn": arn(clients, known, "internet-gateway", gateway_id),
        "ownerId": gateway.get("OwnerId", clients.account),
        "vpcId": attached[0]["VpcId"] if attached else None,
        **tags_from(gateway.get("Tags"), known),
    }


def _change_gateway(clients: Clients, gateway_id: str, _: Properties, old: Properties, new: Properties) -> None:
    ec2 = ec2_of(clients, new)
    if old.get("vpcId") != new.get("vpcId"):
        if "vpcId" in old:
            ec2.detach_internet_gateway(InternetGatewayId=gateway_id, VpcId=old["vpcId"])
        if "vpcId" in new:
            ec2.attach_internet_gateway(InternetGatewayId=gateway_id, VpcId=new["vpcId"])
    retag(ec2, gateway_id, old, new)


def _remove_gateway(clients: Clients, gateway_id: str, outputs: Properties) -> None:
    ec2, gone = ec2_of(clients, outputs), ("InvalidInternetGatewayID.NotFound", "Gateway.NotAttached")
    if "vpcId" in outputs:
        found(lambda: ec2.detach_internet_gateway(InternetGatewayId=gateway_id, VpcId=outputs["vpcId"]), *gone)
    found(lambda: ec2.delete_internet_gateway(InternetGatewayId=gateway_id), *gone)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:ec2/vpc:Vpc",
            make=_make_vpc,
            describe=_describe_vpc,
            change=_change_vpc,
            remove=_remove_vpc,
            replace_on=frozenset({"cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"}),
        ),
        handler(
            "aws:ec2/subnet:Subnet",
            make=_make_subnet,
            describe=_describe_subnet,
            change=_change_subnet,
            remove=_remove_subnet,
            required=frozenset({"vpcId"}),
            replace_on=frozenset(
                {"vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"}
            ),
        ),
        handler(
            "aws:ec2/internetGateway:InternetGateway",
            make=_make_gateway,
            describe=_describe_gateway,
            change=_change_gateway,
            remove=_remove_gateway,
        ),
    )
}
