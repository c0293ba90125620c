"""A network's ways to AWS services."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_aws_mobile.testing import Recorded, Recording

Build = Callable[..., Recording]

A, B, C = ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"


def untagged(resource: Recorded) -> dict[str, Any]:
    return {key: value for key, value in resource.inputs.items() if key != "tags"}


@pytest.mark.parametrize("service", ["s3", "dynamodb"])
def test_gateway_endpoints_serve_every_tier_with_the_policy_of_aws(build: Build, service: str) -> None:
    assert untagged(build({}).named(f"net-endpoint-{service}")) == {
        "vpcId": "net-vpc-id",
        "serviceName": f"com.amazonaws.eu-west-1.{service}",
        "vpcEndpointType": "Gateway",
        "routeTableIds": [
            "net-public-routes-id",
            *(f"net-application-{zone}-routes-id" for zone in ZONES),
            "net-data-routes-id",
        ],
    }


def test_only_the_chosen_gateway_endpoints_are_made(build: Build) -> None:
    assert [endpoint.name for endpoint in build({"gateway_endpoints": ["s3"]}).of_type(ENDPOINT)] == ["net-endpoint-s3"]
    assert build({"gateway_endpoints": []}).of_type(ENDPOINT) == []


def test_interface_endpoints_stand_in_every_zone_under_the_services_own_names(build: Build) -> None:
    recording = build({"interface_endpoints": ["ecr.api"]})
    assert untagged(recording.named("net-endpoint-ecr.api")) == {
        "vpcId": "net-vpc-id",
        "serviceName": "com.amazonaws.eu-west-1.ecr.api",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": [f"net-application-{zone}-id" for zone in ZONES],
        "securityGroupIds": ["net-endpoints-id"],
    }


def test_interface_endpoints_let_in_https_from_the_vpc_and_nothing_else(build: Build) -> None:
    recording = build({"interface_endpoints": ["ecr.api", "logs"], "cidr": "10.8.0.0/16"})
    assert untagged(recording.only("aws:ec2/securityGroup:SecurityGroup")) == {
        "vpcId": "net-vpc-id",
        "description": "Interface endpoints: HTTPS from inside the VPC",
    }
    assert untagged(recording.only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")) == {
        "securityGroupId": "net-endpoints-id",
        "description": "HTTPS from inside the VPC",
        "cidrIpv4": "10.8.0.0/16",
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
    }
    assert recording.of_type("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") == []


def test_without_interface_endpoints_there_is_no_security_group(build: Build) -> None:
    assert build({}).of_type("aws:ec2/securityGroup:SecurityGroup") == []
