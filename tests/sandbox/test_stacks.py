"""Stacks of CloudFormation: what they make, in which order and time, and what is left when they fail."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_aws_sandbox import serve
from pulumi_aws_sandbox.aws import in_process, server
from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.handler import Clients
from pulumi_aws_sandbox.runtime import clock, durations

_ADDRESS = {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}}
_SUBNET_TYPE = {"Type": "AWS::EC2::Subnet::Id"}


def _cf(clients: Clients) -> Any:  # noqa: ANN401 - a boto3 client
    return clients("cloudformation")


def _network(clients: Clients, region: str = "eu-west-1") -> tuple[str, list[str], str]:
    ec2 = clients("ec2", region)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{region}{zone}")["Subnet"]
        for number, zone in enumerate("ab")
    ]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    return vpc, [each["SubnetId"] for each in subnets], table


def _way_out() -> dict[str, Any]:
    return {
        "Description": "A way out",
        "Parameters": {"Subnet": _SUBNET_TYPE, "Table": {"Type": "String"}},
        "Resources": {
            "Route": {
                "Type": "AWS::EC2::Route",
                "Properties": {
                    "DestinationCidrBlock": "0.0.0.0/0",
                    "NatGatewayId": {"Ref": "Gateway"},
                    "RouteTableId": {"Ref": "Table"},
                },
            },
            "Gateway": {
                "Type": "AWS::EC2::NatGateway",
                "Properties": {
                    "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]},
                    "SubnetId": {"Ref": "Subnet"},
                    "Tags": [{"Key": "Name", "Value": {"Fn::Sub": "${AWS::StackName}-nat"}}],
                },
            },
            "Address": _ADDRESS,
        },
        "Outputs": {"Gateway": {"Value": {"Ref": "Gateway"}}, "Address": {"Value": {"Ref": "Address"}}},
    }


def _make(clients: Clients, template: dict[str, Any], name: str = "out", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameters
    stack = _cf(clients).create_stack(StackName=name, TemplateBody=json.dumps(template), **more)["StackId"]
    return _cf(clients).describe_stacks(StackName=stack)["Stacks"][0]


def _values(**values: str) -> list[dict[str, str]]:
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()]


def _refusal(clients: Clients, **request: Any) -> tuple[str, str]:  # noqa: ANN401 - any parameters
    with pytest.raises(ClientError) as raised:
        _cf(clients).create_stack(**({"StackName": "out"} | request))
    about = raised.value.response["Error"]
    return about["Code"], about["Message"]


def test_resources_come_in_their_order_and_go_with_the_stack(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    _, subnets, table = _network(clients)
    told = _make(
        clients, _way_out(), Parameters=_values(Subnet=subnets[0], Table=table), Tags=[{"Key": "a", "Value": "b"}]
    )
    assert (told["StackStatus"], told["Description"], told["Tags"]) == (
        "CREATE_COMPLETE",
        "A way out",
        [{"Key": "a", "Value": "b"}],
    )
    outputs = {each["OutputKey"]: each["OutputValue"] for each in told["Outputs"]}
    (gateway,) = clients("ec2").describe_nat_gateways()["NatGateways"]
    assert outputs["Gateway"] == gateway["NatGatewayId"]
    assert gateway["Tags"] == [{"Key": "Name", "Value": "out-nat"}]
    routes = clients("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    assert [each["NatGatewayId"] for each in routes if "NatGatewayId" in each] == [gateway["NatGatewayId"]]
    made = [
        each["LogicalResourceId"]
        for each in _cf(clients).list_stack_resources(StackName="out")["StackResourceSummaries"]
    ]
    assert made == ["Address", "Gateway", "Route"]
    _cf(clients).delete_stack(StackName="out")
    assert clients("ec2").describe_addresses()["Addresses"] == []
    with pytest.raises(ClientError) as gone:
        _cf(clients).describe_stacks(StackName="out")
    assert gone.value.response["Error"]["Message"] == "Stack with id out does not exist"
    (told,) = _cf(clients).describe_stacks(StackName=told["StackId"])["Stacks"]
    assert told["StackStatus"] == "DELETE_COMPLETE"
    _cf(clients).delete_stack(StackName="out")


def test_a_stack_waits_for_what_takes_time(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    _, subnets, table = _network(clients)
    with durations.lasting(nat_gateway=120):
        told = _make(clients, _way_out(), Parameters=_values(Subnet=subnets[0], Table=table))
        assert told["StackStatus"] == "CREATE_IN_PROGRESS"
        clock.move(121)
        assert _cf(clients).describe_stacks(StackName="out")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"


def test_a_failure_rolls_back_and_says_why(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    _, subnets, _ = _network(clients)
    told = _make(clients, _way_out(), Parameters=_values(Subnet=subnets[0], Table="rtb-00000000"))
    assert told["StackStatus"] == "ROLLBACK_COMPLETE"
    events = _cf(clients).describe_stack_events(StackName="out")["StackEvents"]
    (failed,) = [each for each in events if each["ResourceStatus"] == "CREATE_FAILED"]
    assert (failed["LogicalResourceId"], failed["ResourceStatusReason"]) == (
        "Route",
        "The routeTable ID 'rtb-00000000' does not exist (Service: InvalidRouteTableID.NotFound)",
    )
    assert clients("ec2").describe_addresses()["Addresses"] == []
    assert _refusal(clients, TemplateBody=json.dumps({"Resources": {"A": _ADDRESS}})) == (
        "AlreadyExistsException",
        "Stack [out] already exists",
    )


def test_a_failure_may_leave_what_there_is(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    _, subnets, _ = _network(clients)
    values = _values(Subnet=subnets[0], Table="rtb-00000000")
    told = _make(clients, _way_out(), Parameters=values, OnFailure="DO_NOTHING")
    assert told["StackStatus"] == "CREATE_FAILED"
    assert len(clients("ec2").describe_addresses()["Addresses"]) == 1


def test_what_is_to_stay_stays(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    kept = {"A": _ADDRESS | {"DeletionPolicy": "RetainExceptOnCreate"}, "B": _ADDRESS | {"DeletionPolicy": "Retain"}}
    _make(clients, {"Resources": kept | {"C": _ADDRESS}})
    _cf(clients).delete_stack(StackName="out")
    assert len(clients("ec2").describe_addresses()["Addresses"]) == 2


def test_the_same_token_is_the_same_creation(sandbox: Sandbox) -> None:
    clients, body = sandbox.clients, json.dumps({"Resources": {"A": _ADDRESS}})
    first = _cf(clients).create_stack(StackName="out", TemplateBody=body, ClientRequestToken="run-1")
    again = _cf(clients).create_stack(StackName="out", TemplateBody=body, ClientRequestToken="run-1")
    assert first["StackId"] == again["StackId"]
    assert len(clients("ec2").describe_addresses()["Addresses"]) == 1


def test_conditions_and_functions_are_worked_out(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    vpc, _, _ = _network(clients)
    rule = {"IpProtocol": "tcp", "FromPort": "443", "ToPort": "443", "CidrIp": {"Fn::Select": [1, {"Ref": "Ranges"}]}}
    group = {
        "GroupDescription": {"Fn::Join": ["-", ["of", {"Ref": "AWS::Region"}, {"Ref": "Stage"}]]},
        "GroupName": {"Fn::If": ["IsLive", "live", {"Ref": "AWS::NoValue"}]},
        "VpcId": {"Ref": "Vpc"},
        "SecurityGroupIngress": [rule],
    }
    template = {
        "Parameters": {
            "Ranges": {"Type": "CommaDelimitedList", "Default": "10.0.0.0/8, 10.1.0.0/16"},
            "Stage": {"Type": "String", "AllowedValues": ["live", "test"]},
            "Vpc": {"Type": "AWS::EC2::VPC::Id"},
        },
        "Conditions": {
            "IsLive": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
            "IsTest": {"Fn::Not": [{"Condition": "IsLive"}]},
        },
        "Resources": {
            "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": group},
            "Address": _ADDRESS | {"Condition": "IsTest"},
        },
    }
    assert _make(clients, template, Parameters=_values(Stage="live", Vpc=vpc))["StackStatus"] == "CREATE_COMPLETE"
    (made,) = clients("ec2").describe_security_groups(Filters=[{"Name": "group-name", "Values": ["live"]}])[
        "SecurityGroups"
    ]
    assert made["Description"] == "of-eu-west-1-live"
    assert [each["IpRanges"] for each in made["IpPermissions"]] == [[{"CidrIp": "10.1.0.0/16"}]]
    assert clients("ec2").describe_addresses()["Addresses"] == []


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("[]", "Template format error: unsupported structure."),
        ({"Resources": {}}, "Template format error: At least one Resources member must be defined."),
        (
            {"Resources": {"A": {"Type": "AWS::EC2::Moon"}}},
            "Template format error: Unrecognized resource types: [AWS::EC2::Moon]",
        ),
        (
            {"Parameters": {"Size": {"Type": "String"}}, "Resources": {"A": _ADDRESS}},
            "Parameters: [Size] must have values",
        ),
        (
            {"Resources": {"A": _ADDRESS | {"DependsOn": "B"}}},
            "Template format error: Unresolved resource dependencies [B] in the Resources block of the template",
        ),
        (
            {"Resources": {"A": _ADDRESS | {"DependsOn": "B"}, "B": _ADDRESS | {"DependsOn": "A"}}},
            "Circular dependency between resources: [A, B]",
        ),
    ],
)
def test_a_wrong_template_is_refused_before_anything_is_made(sandbox: Sandbox, template: object, message: str) -> None:
    body = template if isinstance(template, str) else json.dumps(template)
    assert _refusal(sandbox.clients, TemplateBody=body) == ("ValidationError", message)


def test_parameters_that_there_are_not_or_may_not_be_are_refused(sandbox: Sandbox) -> None:
    body = json.dumps({"Parameters": {"A": {"Type": "String", "AllowedValues": ["x"]}}, "Resources": {"B": _ADDRESS}})
    assert _refusal(sandbox.clients, TemplateBody=body, Parameters=_values(A="x", C="y")) == (
        "ValidationError",
        "Parameters: [C] do not exist in the template",
    )
    assert _refusal(sandbox.clients, TemplateBody=body, Parameters=_values(A="y")) == (
        "ValidationError",
        "Parameter 'A' must be one of AllowedValues: [x]",
    )


def test_a_role_that_does_not_trust_cloudformation_is_refused(sandbox: Sandbox) -> None:
    role = "arn:aws:iam::123456789012:role/none"
    body = json.dumps({"Resources": {"A": _ADDRESS}})
    assert _refusal(sandbox.clients, TemplateBody=body, RoleARN=role) == (
        "ValidationError",
        f"Role {role} is invalid or cannot be assumed",
    )


def test_an_update_makes_what_is_new_and_deletes_what_is_gone(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    _make(clients, {"Resources": {"A": _ADDRESS, "B": _ADDRESS}})
    before = {each["PublicIp"] for each in clients("ec2").describe_addresses()["Addresses"]}
    body = json.dumps({"Resources": {"B": _ADDRESS, "C": _ADDRESS}})
    _cf(clients).update_stack(StackName="out", TemplateBody=body)
    assert _cf(clients).describe_stacks(StackName="out")["Stacks"][0]["StackStatus"] == "UPDATE_COMPLETE"
    after = {each["PublicIp"] for each in clients("ec2").describe_addresses()["Addresses"]}
    assert (len(before & after), len(after)) == (1, 2)
    with pytest.raises(ClientError) as refused:
        _cf(clients).update_stack(StackName="out", TemplateBody=body)
    assert refused.value.response["Error"]["Message"] == "No updates are to be performed."


def test_a_user_pool_s_replica_is_made_and_deleted(sandbox: Sandbox) -> None:
    clients = sandbox.clients
    cognito = clients("cognito-idp")
    pool = cognito.create_user_pool(PoolName="people", UserPoolTier="ESSENTIALS")["UserPool"]["Id"]
    replica = {
        "Type": "AWS::Cognito::UserPoolReplica",
        "Properties": {"UserPoolId": pool, "RegionName": "eu-central-1"},
    }
    _make(clients, {"Resources": {"Replica": replica}})
    listed = cognito.list_user_pool_replicas(UserPoolId=pool)["UserPoolReplicas"]
    assert [(each["RegionName"], each["Role"], each["Status"]) for each in listed] == [
        ("eu-west-1", "PRIMARY", "ACTIVE"),
        ("eu-central-1", "SECONDARY", "ACTIVE"),
    ]
    assert listed[1]["UserPoolArn"] == f"arn:aws:cognito-idp:eu-central-1:123456789012:userpool/{pool}"
    _cf(clients).delete_stack(StackName="out")
    assert len(cognito.list_user_pool_replicas(UserPoolId=pool)["UserPoolReplicas"]) == 1


@pytest.mark.parametrize("behind_a_server", [False, True])
def test_a_database_is_restored_from_copied_backups_by_a_template_in_a_bucket(*, behind_a_server: bool) -> None:
    if behind_a_server:
        with serve.serving() as url:
            _restore(server(url, "eu-west-1"))
    else:
        with in_process("eu-west-1") as clients:
            _restore(clients)


def _restore(clients: Connection) -> None:
    clients("rds").create_db_instance(
        DBInstanceIdentifier="notes",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="not-a-real-one",
        BackupRetentionPeriod=7,
    )
    away = Connection("eu-central-1", clients._endpoint_url)
    backups = away("rds").start_db_instance_automated_backups_replication(
        SourceDBInstanceArn="arn:aws:rds:eu-west-1:123456789012:db:notes"
    )["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"]
    vpc, subnets, _ = _network(away, "eu-central-1")
    template = {
        "Parameters": {
            "Backups": {"Type": "String", "Default": backups},
            "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>", "Default": ",".join(subnets)},
        },
        "Resources": {
            "Subnet": {
                "Type": "AWS::RDS::DBSubnetGroup",
                "Properties": {"DBSubnetGroupDescription": "restored", "SubnetIds": {"Ref": "Subnets"}},
            },
            "Settings": {
                "Type": "AWS::RDS::DBParameterGroup",
                "Properties": {
                    "Description": "restored",
                    "Family": "mysql8.4",
                    "Parameters": {"require_secure_transport": 1},
                },
            },
            "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "restored", "VpcId": vpc}},
            "Ingress": {
                "Type": "AWS::EC2::SecurityGroupIngress",
                "Properties": {
                    "GroupId": {"Fn::GetAtt": "Group.GroupId"},
                    "IpProtocol": "tcp",
                    "FromPort": 3306,
                    "ToPort": 3306,
                    "SourceSecurityGroupId": {"Fn::GetAtt": "Group.GroupId"},
                },
            },
            "Database": {
                "Type": "AWS::RDS::DBInstance",
                "DependsOn": ["Ingress"],
                "DeletionPolicy": "RetainExceptOnCreate",
                "Properties": {
                    "BackupRetentionPeriod": "9",
                    "DBInstanceClass": "db.m7g.large",
                    "DBInstanceIdentifier": "Recovered",
                    "DBParameterGroupName": {"Ref": "Settings"},
                    "DBSubnetGroupName": {"Ref": "Subnet"},
                    "DeletionProtection": "true",
                    "MultiAZ": True,
                    "SourceDBInstanceAutomatedBackupsArn": {"Ref": "Backups"},
                    "UseLatestRestorableTime": True,
                    "VPCSecurityGroups": [{"Fn::GetAtt": ["Group", "GroupId"]}],
                },
            },
        },
        "Outputs": {
            "Endpoint": {"Value": {"Fn::GetAtt": ["Database", "Endpoint.Address"]}},
            "Identifier": {"Value": {"Ref": "Database"}},
        },
    }
    location = {"LocationConstraint": "eu-central-1"}
    away("s3").create_bucket(Bucket="templates-of-a-test", CreateBucketConfiguration=location)
    away("s3").put_object(Bucket="templates-of-a-test", Key="recovery.json", Body=json.dumps(template).encode())
    trust = {"Effect": "Allow", "Principal": {"Service": "cloudformation.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": trust})
    role = away("iam").create_role(RoleName="maker", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    cloudformation = away("cloudformation")
    with durations.lasting(restore=900):
        cloudformation.create_stack(
            StackName="recovery",
            TemplateURL="https://templates-of-a-test.s3.eu-central-1.amazonaws.com/recovery.json",
            RoleARN=role,
        )
        (told,) = cloudformation.describe_stacks(StackName="recovery")["Stacks"]
        assert (told["StackStatus"], told["RoleARN"]) == ("CREATE_IN_PROGRESS", role)
        clock.move(901)
        (told,) = cloudformation.describe_stacks(StackName="recovery")["Stacks"]
    assert told["StackStatus"] == "CREATE_COMPLETE"
    (made,) = away("rds").describe_db_instances(DBInstanceIdentifier="recovered")["DBInstances"]
    assert {each["OutputKey"]: each["OutputValue"] for each in told["Outputs"]} == {
        "Endpoint": made["Endpoint"]["Address"],
        "Identifier": "recovered",
    }
    assert (made["MultiAZ"], made["BackupRetentionPeriod"], made["DBInstanceClass"], made["DeletionProtection"]) == (
        True,
        9,
        "db.m7g.large",
        True,
    )
    assert made["MasterUsername"] == "owner"
