"""Every network that the options can describe builds."""

from ipaddress import IPv4Network
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.network.settings import RETENTION_DAYS
from pulumi_aws_mobile.testing import Recording, record

SUBNET = "aws:ec2/subnet:Subnet"


@st.composite
def valid_args(draw: st.DrawFn) -> dict[str, Any]:
    """Any options that a network accepts, some of them left out."""
    region = draw(st.sampled_from(["eu-west-1", "us-east-1", "ap-southeast-2", "us-gov-west-1"]))
    zones = draw(
        st.lists(st.sampled_from([f"{region}{letter}" for letter in "abcdef"]), min_size=2, max_size=3, unique=True)
    )
    nat = draw(st.sampled_from(["per_zone", "single", "none"]))
    options: dict[str, st.SearchStrategy[Any]] = {
        "region": st.just(region),
        "cidr": st.sampled_from(["10.0.0.0/16", "172.16.8.0/21", "192.168.128.0/18", "100.64.0.0/20"]),
        "gateway_endpoints": st.lists(st.sampled_from(["s3", "dynamodb"])),
        "interface_endpoints": st.lists(st.sampled_from(["logs", "ecr.api", "secretsmanager", "sts"])),
        "flow_logs": st.fixed_dictionaries(
            {},
            optional={
                "enabled": st.booleans(),
                "retention_days": st.sampled_from(RETENTION_DAYS),
                "traffic": st.sampled_from(["ALL", "ACCEPT", "REJECT"]),
            },
        ),
        "tags": st.dictionaries(st.sampled_from(["team", "cost"]), st.text(max_size=8)),
    }
    if nat == "single":
        options["nat_zone"] = st.sampled_from(zones)
    return {"zones": zones, "nat": nat, **draw(st.fixed_dictionaries({}, optional=options))}


def build(args: Any, *, preview: bool) -> Recording:  # noqa: ANN401 - options as a program in another language gives them
    return record(lambda: Network("net", args), preview=preview)


@pytest.mark.parametrize("preview", [True, False])
@settings(max_examples=20)
@given(args=valid_args())
def test_every_valid_network_builds_with_names_of_its_own(args: dict[str, Any], preview: bool) -> None:
    names = [resource.name for resource in build(args, preview=preview)]
    assert len(names) == len(set(names))


@settings(max_examples=20)
@given(args=valid_args())
def test_every_valid_network_has_three_subnets_a_zone_apart_from_each_other(args: dict[str, Any]) -> None:
    recording = build(args, preview=True)
    subnets = [IPv4Network(subnet.inputs["cidrBlock"]) for subnet in recording.of_type(SUBNET)]
    assert len(subnets) == 3 * len(args["zones"])
    assert not [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])]


@settings(max_examples=20)
@given(args=valid_args())
def test_no_valid_network_routes_its_data_tier_to_the_internet(args: dict[str, Any]) -> None:
    routes = build(args, preview=False).of_type("aws:ec2/route:Route")
    assert "net-data-routes-id" not in {route.inputs["routeTableId"] for route in routes}
