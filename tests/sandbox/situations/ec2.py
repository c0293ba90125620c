"""Situations of ec2."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _vpc(_: World) -> tuple[Inputs, Inputs]:
    first = {"cidrBlock": "10.1.0.0/16", "enableDnsSupport": True, "enableDnsHostnames": True, "tags": TAGS}
    return first, {**first, "enableDnsHostnames": False, "tags": OTHER_TAGS}


def _subnet(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "vpcId": world.vpc(),
        "cidrBlock": "10.0.1.0/24",
        "availabilityZone": "eu-west-1b",
        "mapPublicIpOnLaunch": False,
        "tags": TAGS,
    }
    return first, {**first, "mapPublicIpOnLaunch": True, "tags": OTHER_TAGS}


def _internet_gateway(world: World) -> tuple[Inputs, Inputs]:
    return {"vpcId": world.vpc(), "tags": TAGS}, {"vpcId": world.vpc(), "tags": OTHER_TAGS}


def _eip(_: World) -> tuple[Inputs, Inputs]:
    return {"domain": "vpc", "tags": TAGS}, {"domain": "vpc", "tags": OTHER_TAGS}


def _nat_gateway(world: World) -> tuple[Inputs, Inputs]:
    address = world.make("aws:ec2/eip:Eip", {"domain": "vpc"})["allocationId"]
    first = {"subnetId": world.subnets(1)[0], "allocationId": address, "tags": TAGS}
    return first, {**first, "tags": OTHER_TAGS}


def _route_table(world: World) -> tuple[Inputs, Inputs]:
    vpc = world.vpc()
    gateway = world.make("aws:ec2/internetGateway:InternetGateway", {"vpcId": vpc})["id"]
    first = {"vpcId": vpc, "routes": [{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway}], "tags": TAGS}
    return first, {"vpcId": vpc, "routes": [{"cidrBlock": "1.2.0.0/16", "gatewayId": gateway}], "tags": OTHER_TAGS}


def _route(world: World) -> tuple[Inputs, Inputs]:
    subnet = world.subnets(1)[0]
    vpc = world.made[0][1]
    table = world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc})["id"]
    gateway = world.make("aws:ec2/internetGateway:InternetGateway", {"vpcId": vpc})["id"]
    address = world.make("aws:ec2/eip:Eip", {})["id"]
    nat = world.make("aws:ec2/natGateway:NatGateway", {"subnetId": subnet, "allocationId": address})["id"]
    first = {"routeTableId": table, "destinationCidrBlock": "0.0.0.0/0"}
    return {**first, "gatewayId": gateway}, {**first, "natGatewayId": nat}


def _association(world: World) -> tuple[Inputs, Inputs]:
    subnet = world.subnets(1)[0]
    vpc = world.made[0][1]
    one, two = (world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc})["id"] for _ in range(2))
    return {"subnetId": subnet, "routeTableId": one}, {"subnetId": subnet, "routeTableId": two}


def _endpoint(world: World) -> tuple[Inputs, Inputs]:
    vpc = world.vpc()
    one, two = (world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc})["id"] for _ in range(2))
    first = {"vpcId": vpc, "serviceName": "com.amazonaws.eu-west-1.s3", "routeTableIds": [one], "tags": TAGS}
    return first, {**first, "routeTableIds": [one, two], "policy": document("s3:*"), "tags": OTHER_TAGS}


def _flow_log(world: World) -> tuple[Inputs, Inputs]:
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {})["arn"]
    first = {
        "vpcId": world.vpc(),
        "trafficType": "ALL",
        "logDestinationType": "cloud-watch-logs",
        "logDestination": group,
        "iamRoleArn": world.role_arn(),
        "maxAggregationInterval": 60,
        "tags": TAGS,
    }
    return first, {**first, "tags": OTHER_TAGS}


def _security_group(world: World) -> tuple[Inputs, Inputs]:
    web = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}
    first = {"vpcId": world.vpc(), "description": "web", "ingress": [web], "tags": TAGS}
    everything = {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}
    return first, {**first, "ingress": [{**web, "self": True}], "egress": [everything], "tags": OTHER_TAGS}


def _default_group(world: World) -> tuple[Inputs, Inputs]:
    web = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}
    first = {"vpcId": world.vpc(), "tags": TAGS}
    return first, {**first, "ingress": [web], "tags": OTHER_TAGS}


def _rule(world: World) -> tuple[Inputs, Inputs]:
    vpc = world.vpc()
    group, other = (world.make("aws:ec2/securityGroup:SecurityGroup", {"vpcId": vpc})["id"] for _ in range(2))
    first = {"securityGroupId": group, "ipProtocol": "tcp", "fromPort": 3306, "toPort": 3306, "description": "sql"}
    return {**first, "cidrIpv4": "10.0.0.0/16", "tags": TAGS}, {
        **first,
        "referencedSecurityGroupId": other,
        "toPort": 3307,
        "tags": OTHER_TAGS,
    }


def _peering(world: World) -> tuple[Inputs, Inputs]:
    there = world.vpc(cidrBlock="10.1.0.0/16", region="eu-central-1")
    first = {"vpcId": world.vpc(), "peerVpcId": there, "peerRegion": "eu-central-1", "tags": TAGS}
    return first, {**first, "tags": OTHER_TAGS}


def _accepter(world: World) -> tuple[Inputs, Inputs]:
    asked, _ = _peering(world)
    connection = world.make("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", asked)["id"]
    first = {"vpcPeeringConnectionId": connection, "region": "eu-central-1", "autoAccept": True, "tags": TAGS}
    return first, {**first, "accepter": {"allowRemoteVpcDnsResolution": True}, "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": _peering,
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": _accepter,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": _default_group,
    "aws:ec2/eip:Eip": _eip,
    "aws:ec2/flowLog:FlowLog": _flow_log,
    "aws:ec2/internetGateway:InternetGateway": _internet_gateway,
    "aws:ec2/natGateway:NatGateway": _nat_gateway,
    "aws:ec2/route:Route": _route,
    "aws:ec2/routeTable:RouteTable": _route_table,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _association,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:ec2/subnet:Subnet": _subnet,
    "aws:ec2/vpc:Vpc": _vpc,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule,
}
