"""The CloudFormation template of what a failover creates. Pure: values in, a template out.

Every value of the deployment is a parameter's default, so that a failover gives no parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STACK_TAG = "aws-mobile:recovery-stack"
"""The tag by which the stack's role knows what the stack made."""

_EVERYWHERE = "0.0.0.0/0"
_STACK_NAME = {"Ref": "AWS::StackName"}
_TAGS = [{"Key": "Name", "Value": _STACK_NAME}, {"Key": STACK_TAG, "Value": _STACK_NAME}]


@dataclass(frozen=True, slots=True)
class WayOut:
    """What the servers need to reach the internet."""

    public_subnet_id: str
    """Where the NAT gateway stands."""
    route_table_ids: Mapping[str, str]
    """The servers' route tables, by key."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The database that is restored from copied backups."""

    backups_arn: str
    instance_class: str
    multi_az: bool
    retention_days: int
    family: str
    parameters: Mapping[str, str]
    port: int
    vpc_id: str
    subnet_ids: Sequence[str]
    client_security_group_id: str
    """The servers' security group."""


def recovery_template(pair: str, way_out: WayOut, restored: Restored | None) -> dict[str, Any]:
    """Return the template of the pair's recovery stack."""
    parameters, resources = _way_out(way_out)
    template: dict[str, Any] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"What a failover of {pair} creates in the recovery Region",
        "Parameters": parameters,
        "Resources": resources,
    }
    if restored is not None:
        database_parameters, database, outputs = _database(pair, restored)
        template["Parameters"] |= database_parameters
        template["Resources"] |= database
        template["Outputs"] = outputs
    return template


def replica_template(user_pool_id: str, region: str) -> dict[str, Any]:
    """Return the template of a user pool's replica, for which Pulumi has no resource type."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"A replica of the user pool {user_pool_id} in {region}",
        "Resources": {
            "Replica": {
                "Type": "AWS::Cognito::UserPoolReplica",
                "DeletionPolicy": "Retain",
                "UpdateReplacePolicy": "Retain",
                "Properties": {"UserPoolId": user_pool_id, "RegionName": region},
            }
        },
    }


def _way_out(way_out: WayOut) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the parameters and resources of one NAT gateway for all zones, which is quickly made and cheap."""
    tables = [way_out.route_table_ids[key] for key in sorted(way_out.route_table_ids)]
    parameters: dict[str, Any] = {
        "PublicSubnetId": _parameter("AWS::EC2::Subnet::Id", way_out.public_subnet_id),
        **{f"RouteTable{place}": _parameter("String", table) for place, table in enumerate(tables, 1)},
    }
    resources: dict[str, Any] = {
        "Address": {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc", "Tags": _TAGS}},
        "Gateway": {
            "Type": "AWS::EC2::NatGateway",
            "Properties": {
                "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]},
                "SubnetId": {"Ref": "PublicSubnetId"},
                "Tags": _TAGS,
            },
        },
    }
    for place in range(1, len(tables) + 1):
        resources[f"WayOut{place}"] = {
            "Type": "AWS::EC2::Route",
            "Properties": {
                "DestinationCidrBlock": _EVERYWHERE,
                "NatGatewayId": {"Ref": "Gateway"},
                "RouteTableId": {"Ref": f"RouteTable{place}"},
            },
        }
    return parameters, resources


def _database(pair: str, restored: Restored) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return the parameters, resources and outputs of the restored database."""
    parameters = {
        "BackupsArn": _parameter("String", restored.backups_arn),
        "ClientSecurityGroupId": _parameter("AWS::EC2::SecurityGroup::Id", restored.client_security_group_id),
        "DatabaseSubnetIds": _parameter("List<AWS::EC2::Subnet::Id>", ",".join(restored.subnet_ids)),
        "InstanceClass": _parameter("String", restored.instance_class),
        "VpcId": _parameter("AWS::EC2::VPC::Id", restored.vpc_id),
    }
    resources = {
        "DatabaseSubnets": {
            "Type": "AWS::RDS::DBSubnetGroup",
            "Properties": {
                "DBSubnetGroupName": _STACK_NAME,
                "DBSubnetGroupDescription": f"The restored database of {pair}",
                "SubnetIds": {"Ref": "DatabaseSubnetIds"},
                "Tags": _TAGS,
            },
        },
        "DatabaseParameters": {
            "Type": "AWS::RDS::DBParameterGroup",
            "Properties": {
                "DBParameterGroupName": _STACK_NAME,
                "Description": f"The restored database of {pair}: TLS only",
                "Family": restored.family,
                "Parameters": dict(sorted(restored.parameters.items())),
                "Tags": _TAGS,
            },
        },
        "DatabaseSecurityGroup": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {
                "GroupDescription": f"The restored database of {pair}: its port, from the servers only",
                "VpcId": {"Ref": "VpcId"},
                "Tags": _TAGS,
            },
        },
        "DatabaseIngress": {
            "Type": "AWS::EC2::SecurityGroupIngress",
            "Properties": {
                "Description": "The servers may connect",
                "FromPort": restored.port,
                "GroupId": {"Fn::GetAtt": ["DatabaseSecurityGroup", "GroupId"]},
                "IpProtocol": "tcp",
                "SourceSecurityGroupId": {"Ref": "ClientSecurityGroupId"},
                "ToPort": restored.port,
            },
        },
        "Database": {
            "Type": "AWS::RDS::DBInstance",
            # What is quickly refused for want of quota comes first: a stack that fails after the database is there
            # could not delete it again.
            "DependsOn": ["Address", "DatabaseIngress"],
            "DeletionPolicy": "RetainExceptOnCreate",
            "UpdateReplacePolicy": "Retain",
            "Properties": _instance(restored),
        },
    }
    outputs = {
        "Endpoint": {"Value": {"Fn::GetAtt": ["Database", "Endpoint.Address"]}},
        "Identifier": {"Value": {"Ref": "Database"}},
        "SecurityGroupId": {"Value": {"Fn::GetAtt": ["DatabaseSecurityGroup", "GroupId"]}},
    }
    return parameters, resources, outputs


def _instance(restored: Restored) -> dict[str, Any]:
    """Return the properties of the instance; engine, size, encryption, user and password come with the backup."""
    return {
        "BackupRetentionPeriod": restored.retention_days,
        "CopyTagsToSnapshot": True,
        "DBInstanceClass": {"Ref": "InstanceClass"},
        "DBInstanceIdentifier": _STACK_NAME,
        "DBParameterGroupName": {"Ref": "DatabaseParameters"},
        "DBSubnetGroupName": {"Ref": "DatabaseSubnets"},
        "DeleteAutomatedBackups": False,
        "DeletionProtection": True,
        "MultiAZ": restored.multi_az,
        "Port": str(restored.port),
        "PubliclyAccessible": False,
        "SourceDBInstanceAutomatedBackupsArn": {"Ref": "BackupsArn"},
        "Tags": _TAGS,
        "UseLatestRestorableTime": True,
        "VPCSecurityGroups": [{"Fn::GetAtt": ["DatabaseSecurityGroup", "GroupId"]}],
    }


def _parameter(kind: str, default: str) -> dict[str, str]:
    return {"Type": kind, "Default": default}
