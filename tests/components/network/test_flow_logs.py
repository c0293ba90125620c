"""The record of the connections in a network."""

import json
from collections.abc import Callable
from typing import Any

import pulumi

from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.testing import Recorded, Recording, record

Build = Callable[..., Recording]

A, B, C = ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
NETWORK = "urn:pulumi:stack::project::aws-mobile:index:Network::net"


def untagged(resource: Recorded) -> dict[str, Any]:
    return {key: value for key, value in resource.inputs.items() if key != "tags"}


def test_flow_logs_go_to_a_log_group_that_outlives_the_network(build: Build) -> None:
    recording = build({"flow_logs": {"retention_days": 90, "traffic": "REJECT"}})
    log_group = recording.only("aws:cloudwatch/logGroup:LogGroup")
    assert untagged(log_group) == {"retentionInDays": 90}
    assert log_group.retain_on_delete
    assert untagged(recording.only("aws:ec2/flowLog:FlowLog")) == {
        "vpcId": "net-vpc-id",
        "trafficType": "REJECT",
        "logDestinationType": "cloud-watch-logs",
        "logDestination": log_group.outputs["arn"],
        "iamRoleArn": recording.only("aws:iam/role:Role").outputs["arn"],
    }


def test_flow_logs_are_encrypted_with_a_key_that_another_resource_makes() -> None:
    key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    def program() -> None:
        Network("net", {"zones": ZONES, "flow_logs": {"kms_key_arn": pulumi.Output.from_input(key_arn)}})

    log_group = record(program).only("aws:cloudwatch/logGroup:LogGroup")
    assert untagged(log_group) == {"retentionInDays": 365, "kmsKeyId": key_arn}


def test_the_role_of_the_flow_logs_belongs_to_them_alone(build: Build) -> None:
    recording = build({})
    role = recording.only("aws:iam/role:Role")
    (trust,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": "123456789012"}
    policy = recording.only("aws:iam/rolePolicy:RolePolicy")
    assert policy.inputs["role"] == "net-flow-logs-role-id"
    (permission,) = json.loads(policy.inputs["policy"])["Statement"]
    assert permission["Resource"] == f"{recording.only('aws:cloudwatch/logGroup:LogGroup').outputs['arn']}:*"


def test_flow_logs_begin_when_their_role_may_write(build: Build) -> None:
    recording = build({})
    permissions = recording.only("aws:iam/rolePolicy:RolePolicy").urn
    assert permissions in recording.only("aws:ec2/flowLog:FlowLog").dependencies


def test_flow_logs_that_are_off_leave_nothing(build: Build) -> None:
    kinds = {resource.type.split(":")[1] for resource in build({"flow_logs": {"enabled": False}}).children(NETWORK)}
    assert kinds == {name for name in kinds if name.startswith("ec2/")}
