"""Where instances and load balancers stand."""

import pulumi
from components.web_tier.building import (
    ENVIRONMENT,
    WEB,
    Account,
    build,
    settings_of,
)

from pulumi_aws_mobile.testing import record
from pulumi_aws_mobile.web_tier import WebTier


def test_instances_stand_in_the_private_subnets_of_a_network_of_its_own(source: str) -> None:
    args = {"source": source, "network": {}, "instances": {"zones": ["eu-west-1b", "eu-west-1a"]}}
    found = settings_of(build(args).only(ENVIRONMENT))
    subnets = "web-network-application-eu-west-1a-id,web-network-application-eu-west-1b-id"
    assert found["aws:ec2:vpc", "VPCId"] == "web-network-vpc-id"
    assert found["aws:ec2:vpc", "Subnets"] == subnets
    assert found["aws:ec2:vpc", "ELBSubnets"] == subnets
    assert found["aws:autoscaling:asg", "Custom Availability Zones"] == "eu-west-1a,eu-west-1b"


def test_zones_without_subnets_of_others_are_left_out(source: str) -> None:
    zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    args = {"source": source, "network": {"zones": zones}, "instances": {"zones": zones[1:2]}}
    found = settings_of(build(args).only(ENVIRONMENT))
    assert found["aws:autoscaling:asg", "Custom Availability Zones"] == "eu-west-1b"
    assert found["aws:ec2:vpc", "Subnets"] == "web-network-application-eu-west-1b-id"
    assert found["aws:ec2:vpc", "ELBSubnets"].count(",") == 2


def test_a_public_load_balancer_stands_in_the_public_subnets(source: str) -> None:
    recording = build({"source": source, "public": True, "network": {"zones": ["eu-west-1a", "eu-west-1b"]}})
    found = settings_of(recording.only(ENVIRONMENT))
    assert found["aws:ec2:vpc", "ELBScheme"] == "public"
    assert found["aws:ec2:vpc", "ELBSubnets"] == ("web-network-public-eu-west-1a-id,web-network-public-eu-west-1b-id")
    assert "application" in found["aws:ec2:vpc", "Subnets"]


def test_subnets_that_exist_are_used_in_one_order(source: str) -> None:
    recording = build({"source": source})
    found = settings_of(recording.only(ENVIRONMENT))
    assert found["aws:ec2:vpc", "Subnets"] == "subnet-a,subnet-b"
    assert found["aws:ec2:vpc", "ELBSubnets"] == "subnet-c,subnet-d"
    assert found["aws:autoscaling:asg", "Custom Availability Zones"] == "eu-west-1a,eu-west-1b"
    assert recording.of_type("aws-mobile:index:Network") == []
    assert recording.component_outputs[WEB]["link_subnet_ids"] == ["subnet-b", "subnet-a"]


def test_subnets_may_be_outputs_and_zones_unsaid(source: str) -> None:
    def program() -> None:
        place = {
            "vpc_id": pulumi.Output.from_input("vpc-1"),
            "instance_subnet_ids": pulumi.Output.from_input(["b", "a"]),
        }
        WebTier("web", {"source": source, "network": place})

    found = settings_of(record(program, mocks=Account()).only(ENVIRONMENT))
    assert found["aws:ec2:vpc", "ELBSubnets"] == "a,b"
    assert ("aws:autoscaling:asg", "Custom Availability Zones") not in found
