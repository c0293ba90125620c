"""The types of EC2 that stacks can have."""

from typing import Any

from pulumi_aws_sandbox.runtime.stacks import kind
from pulumi_aws_sandbox.runtime.stacks.kind import Aws, Kind, Made, Properties


def _make_address(aws: Aws, properties: Properties, _: str) -> Made:
    answer = aws("ec2").allocate_address(Domain="vpc", **kind.tags(properties, "elastic-ip"))
    allocation, address = answer["AllocationId"], answer["PublicIp"]
    return Made(address, {"AllocationId": allocation, "PublicIp": address})


def _remove_address(aws: Aws, made: Made, _: Properties) -> None:
    aws("ec2").release_address(AllocationId=made.attributes["AllocationId"])


def _make_gateway(aws: Aws, properties: Properties, _: str) -> Made:
    given = kind.given(properties, "AllocationId", "ConnectivityType", "PrivateIpAddress", "SubnetId")
    answer = aws("ec2").create_nat_gateway(**given, **kind.tags(properties, "natgateway"))
    found = answer["NatGateway"]["NatGatewayId"]
    return Made(found, {"NatGatewayId": found})


def _ready_gateway(aws: Aws, made: Made) -> Made | None:
    (found,) = aws("ec2").describe_nat_gateways(NatGatewayIds=[made.physical_id])["NatGateways"]
    return made if found["State"] == "available" else None


def _remove_gateway(aws: Aws, made: Made, _: Properties) -> None:
    aws("ec2").delete_nat_gateway(NatGatewayId=made.physical_id)


_TARGETS = (
    "EgressOnlyInternetGatewayId",
    "GatewayId",
    "InstanceId",
    "NatGatewayId",
    "NetworkInterfaceId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
)


def _make_route(aws: Aws, properties: Properties, _: str) -> Made:
    to = kind.given(properties, "DestinationCidrBlock", "DestinationIpv6CidrBlock")
    table = properties["RouteTableId"]
    aws("ec2").create_route(RouteTableId=table, **to, **kind.given(properties, *_TARGETS))
    where = next(iter(to.values()), "")
    return Made(f"{table}|{where}", {"CidrBlock": where})


def _remove_route(aws: Aws, _: Made, properties: Properties) -> None:
    to = kind.given(properties, "DestinationCidrBlock", "DestinationIpv6CidrBlock")
    aws("ec2").delete_route(RouteTableId=properties["RouteTableId"], **to)


def _make_group(aws: Aws, properties: Properties, name: str) -> Made:
    ec2 = aws("ec2")
    group = ec2.create_security_group(
        GroupName=properties.get("GroupName", name),
        Description=properties["GroupDescription"],
        **kind.given(properties, "VpcId"),
        **kind.tags(properties, "security-group"),
    )["GroupId"]
    for rule in properties.get("SecurityGroupIngress", []):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[_permission(rule)])
    for rule in properties.get("SecurityGroupEgress", []):
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[_permission(rule)])
    return Made(group, {"GroupId": group, "Id": group, "VpcId": properties.get("VpcId")})


def _remove_group(aws: Aws, made: Made, _: Properties) -> None:
    aws("ec2").delete_security_group(GroupId=made.physical_id)


def _permission(rule: Properties) -> dict[str, Any]:
    about = {"Description": rule["Description"]} if "Description" in rule else {}
    found: dict[str, Any] = {"IpProtocol": str(rule["IpProtocol"])}
    found |= {name: kind.number(rule[name]) for name in ("FromPort", "ToPort") if name in rule}
    if "CidrIp" in rule:
        found["IpRanges"] = [{"CidrIp": rule["CidrIp"], **about}]
    if "CidrIpv6" in rule:
        found["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **about}]
    if "SourcePrefixListId" in rule:
        found["PrefixListIds"] = [{"PrefixListId": rule["SourcePrefixListId"], **about}]
    if "SourceSecurityGroupId" in rule:
        found["UserIdGroupPairs"] = [{"GroupId": rule["SourceSecurityGroupId"], **about}]
    return found


def _make_ingress(aws: Aws, properties: Properties, _: str) -> Made:
    rules = aws("ec2").authorize_security_group_ingress(
        GroupId=properties["GroupId"], IpPermissions=[_permission(properties)]
    )["SecurityGroupRules"]
    rule = rules[0]["SecurityGroupRuleId"]
    return Made(rule, {"Id": rule})


def _remove_ingress(aws: Aws, _: Made, properties: Properties) -> None:
    aws("ec2").revoke_security_group_ingress(GroupId=properties["GroupId"], IpPermissions=[_permission(properties)])


KINDS: dict[str, Kind] = {
    "AWS::EC2::EIP": Kind(_make_address, _remove_address),
    "AWS::EC2::NatGateway": Kind(_make_gateway, _remove_gateway, _ready_gateway),
    "AWS::EC2::Route": Kind(_make_route, _remove_route),
    "AWS::EC2::SecurityGroup": Kind(_make_group, _remove_group),
    "AWS::EC2::SecurityGroupIngress": Kind(_make_ingress, _remove_ingress),
}
"""The types, by their names."""
