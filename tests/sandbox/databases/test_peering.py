"""Databases that servers of another VPC reach: over a peering connection, routes both ways, and a rule."""

from dataclasses import dataclass
from typing import Any

import pytest
from sandbox.beanstalk.stage import PROPERTIES
from sandbox.databases.test_databases import _create

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import databases
from pulumi_aws_sandbox.runtime.beanstalk.environment_variables import variables
from pulumi_aws_sandbox.runtime.beanstalk.options import read

HOME, AWAY = "eu-west-1", "eu-central-1"
_CIDRS = {HOME: "10.0.0.0/16", AWAY: "10.1.0.0/16"}
_PORT = 3306


@dataclass
class _World:
    clients: Connection
    endpoint: str
    group: str
    vpcs: dict[str, str]
    tables: dict[str, str]

    def peer(self) -> str:
        asked = self.clients("ec2", HOME).create_vpc_peering_connection(
            VpcId=self.vpcs[HOME], PeerVpcId=self.vpcs[AWAY], PeerRegion=AWAY
        )
        return asked["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def accept(self, peering: str) -> None:
        self.clients("ec2", AWAY).accept_vpc_peering_connection(VpcPeeringConnectionId=peering)

    def route(self, region: str, peering: str) -> None:
        to = _CIDRS[AWAY if region == HOME else HOME]
        self.clients("ec2", region).create_route(
            RouteTableId=self.tables[region], DestinationCidrBlock=to, VpcPeeringConnectionId=peering
        )

    def admit(self) -> None:
        ranges = [{"CidrIp": _CIDRS[AWAY]}]
        rule = {"IpProtocol": "tcp", "FromPort": _PORT, "ToPort": _PORT, "IpRanges": ranges}
        self.clients("ec2", HOME).authorize_security_group_ingress(GroupId=self.group, IpPermissions=[rule])

    def reached(self) -> bool:
        return databases.reachable(self.endpoint, AWAY, self.vpcs[AWAY])


@pytest.fixture
def world(clients: Connection) -> _World:
    vpcs, tables = {}, {}
    for region, cidr in _CIDRS.items():
        ec2 = clients("ec2", region)
        vpcs[region] = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        tables[region] = ec2.create_route_table(VpcId=vpcs[region])["RouteTable"]["RouteTableId"]
    ec2 = clients("ec2", HOME)
    subnets = [
        ec2.create_subnet(VpcId=vpcs[HOME], CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{HOME}{zone}")
        for number, zone in enumerate("ab")
    ]
    clients("rds").create_db_subnet_group(
        DBSubnetGroupName="data",
        DBSubnetGroupDescription="data",
        SubnetIds=[each["Subnet"]["SubnetId"] for each in subnets],
    )
    group = ec2.create_security_group(GroupName="data", Description="data", VpcId=vpcs[HOME])["GroupId"]
    endpoint = _create(clients, DBSubnetGroupName="data", VpcSecurityGroupIds=[group])
    return _World(clients, endpoint, group, vpcs, tables)


def test_every_part_is_needed(world: _World) -> None:
    world.admit()
    assert not world.reached()
    peering = world.peer()
    world.route(HOME, peering)
    world.route(AWAY, peering)
    assert not world.reached()
    world.accept(peering)
    assert world.reached()
    world.clients("ec2", AWAY).delete_route(RouteTableId=world.tables[AWAY], DestinationCidrBlock=_CIDRS[HOME])
    assert not world.reached()


def test_a_rule_for_somebody_else_is_none(world: _World) -> None:
    peering = world.peer()
    world.accept(peering)
    for region in _CIDRS:
        world.route(region, peering)
    other: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": _PORT, "ToPort": _PORT}
    other["IpRanges"] = [{"CidrIp": "192.168.0.0/16"}]
    world.clients("ec2", HOME).authorize_security_group_ingress(GroupId=world.group, IpPermissions=[other])
    assert not world.reached()
    world.admit()
    assert world.reached()


def test_servers_of_the_database_s_own_vpc_need_no_peering(world: _World) -> None:
    assert databases.reachable(world.endpoint, HOME, world.vpcs[HOME])


def test_a_server_that_does_not_reach_a_database_finds_nobody_there(world: _World) -> None:
    given = {(PROPERTIES, "RDS_HOSTNAME"): world.endpoint, (PROPERTIES, "RDS_PORT"): "3306"}
    options = read({**given, ("aws:ec2:vpc", "VPCId"): world.vpcs[AWAY]})
    found = variables(options, None, AWAY)
    assert (found.values["RDS_HOSTNAME"], found.values["RDS_PORT"]) == ("127.0.0.1", "9")
    assert found.remarks == (f"RDS_HOSTNAME: {world.endpoint} is not reached from {world.vpcs[AWAY]} in {AWAY}",)
