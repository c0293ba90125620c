"""What a network registers as a whole; the mocks answer anything, so what AWS takes is proved by the sandbox."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.testing import UNKNOWN, PlainMocks, Recorded, Recording, record

Build = Callable[..., Recording]

A, B, C = ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
NETWORK = "urn:pulumi:stack::project::aws-mobile:index:Network::net"
ROUTE = "aws:ec2/route:Route"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
EVERYTHING: dict[str, Any] = {"region": "eu-west-1", "zones": ZONES, "interface_endpoints": ["logs", "ecr.api"]}


def untagged(resource: Recorded) -> dict[str, Any]:
    return {key: value for key, value in resource.inputs.items() if key != "tags"}


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(build: Build, preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_everything_is_a_child_of_the_network(build: Build, preview: bool) -> None:
    recording = build(EVERYTHING, preview=preview)
    assert {resource.parent for resource in recording if resource.urn != NETWORK} == {NETWORK}


def test_everything_regional_gets_the_region_and_iam_none(build: Build) -> None:
    children = build({**EVERYTHING, "zones": ZONES, "region": "eu-west-1"}).children(NETWORK)
    without = {child.name for child in children if child.inputs.get("region") != "eu-west-1"}
    assert without == {"net-flow-logs-role", "net-flow-logs-policy"}


def test_without_a_region_the_providers_is_used(build: Build) -> None:
    assert not [child.name for child in build({}).children(NETWORK) if "region" in child.inputs]


def test_physical_names_are_left_to_pulumi(build: Build) -> None:
    children = build(EVERYTHING).children(NETWORK)
    assert not [child.name for child in children if {"name", "namePrefix"} & child.inputs.keys()]


def test_the_default_security_group_is_emptied(build: Build) -> None:
    group = build({}).only("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert untagged(group) == {"vpcId": "net-vpc-id", "ingress": [], "egress": []}


def test_the_order_of_the_zones_changes_no_resource(build: Build) -> None:
    def shape(zones: list[str]) -> dict[str, dict[str, Any]]:
        return {resource.urn: resource.inputs for resource in build({"zones": zones})}

    assert shape([C, A, B]) == shape([A, B, C])


def test_adding_a_zone_changes_nothing_that_exists_but_the_gateway_endpoints_tables(build: Build) -> None:
    before = {resource.urn: resource.inputs for resource in build({"zones": [A, C]})}
    after = {resource.urn: resource.inputs for resource in build({"zones": [A, B, C]})}
    changed = {urn.split("::")[-1] for urn in before if after.get(urn) != before[urn]}
    assert changed == {"net-endpoint-s3", "net-endpoint-dynamodb"}


@pytest.mark.parametrize("preview", [True, False])
def test_everything_that_takes_tags_gets_the_callers_and_its_name(build: Build, preview: bool) -> None:
    recording = build({**EVERYTHING, "tags": {"team": "core", "cost": "42"}}, preview=preview)
    tagged = [child for child in recording.children(NETWORK) if "tags" in child.inputs]
    assert {child.name: child.inputs["tags"] for child in tagged} == {
        child.name: {"Name": child.name, "team": "core", "cost": "42"} for child in tagged
    }
    untagged_types = {child.type for child in recording.children(NETWORK)} - {child.type for child in tagged}
    assert untagged_types == {ROUTE, ASSOCIATION, "aws:iam/rolePolicy:RolePolicy"}


def test_the_outputs_are_in_the_order_of_the_zones(build: Build, account: PlainMocks) -> None:
    assert build({"zones": [C, A]}, mocks=account).component_outputs[NETWORK] == {
        "vpc_id": "net-vpc-id",
        "vpc_cidr": "10.0.0.0/16",
        "zones": [A, C],
        "public_subnet_ids": [f"net-public-{A}-id", f"net-public-{C}-id"],
        "application_subnet_ids": [f"net-application-{A}-id", f"net-application-{C}-id"],
        "data_subnet_ids": [f"net-data-{A}-id", f"net-data-{C}-id"],
        "public_route_table_ids": ["net-public-routes-id"],
        "application_route_table_ids": [f"net-application-{A}-routes-id", f"net-application-{C}-routes-id"],
        "data_route_table_ids": ["net-data-routes-id"],
        "nat_public_ips": [f"ip of net-nat-{A}-address", f"ip of net-nat-{C}-address"],
        "default_security_group_id": "net-default-security-group-id",
    }


def test_a_preview_knows_the_zones_and_addresses_but_no_ids(build: Build) -> None:
    assert build({"zones": [A, C]}, preview=True).component_outputs[NETWORK] == {
        "vpc_id": UNKNOWN,
        "vpc_cidr": "10.0.0.0/16",
        "zones": [A, C],
        "public_subnet_ids": UNKNOWN,
        "application_subnet_ids": UNKNOWN,
        "data_subnet_ids": UNKNOWN,
        "public_route_table_ids": UNKNOWN,
        "application_route_table_ids": UNKNOWN,
        "data_route_table_ids": UNKNOWN,
        "nat_public_ips": UNKNOWN,
        "default_security_group_id": UNKNOWN,
    }


def test_two_networks_in_two_regions_stand_beside_each_other() -> None:
    def program() -> None:
        Network("net", {"region": "eu-west-1", "zones": [A, B]})
        Network("net-recovery", {"region": "eu-central-1", "zones": ["eu-central-1a", "eu-central-1b"]})

    recording = record(program)
    recovery = recording.children("urn:pulumi:stack::project::aws-mobile:index:Network::net-recovery")
    assert len(recovery) == len(recording.children(NETWORK))
    assert {child.inputs.get("region") for child in recovery} == {"eu-central-1", None}
    assert len({resource.name for resource in recording}) == len(recording.resources)


def test_nothing_is_registered_when_an_option_is_wrong() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: Network("net", {"zones": [A]}), on_resource=registered.append)
    assert registered == []


def test_the_callers_options_reach_the_component_and_are_not_copied_to_its_children() -> None:
    def program() -> None:
        gate = aws.kms.Key("gate")
        opts = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old")], depends_on=[gate])
        Network("net", {"zones": ZONES}, opts)

    recording = record(program)
    assert recording.named("net").aliases == ["old"]
    assert not [child.name for child in recording.children(NETWORK) if "old" in child.aliases]
