"""Ingress rules in their three shapes, read as one."""

from typing import Any

import pytest
from policy.test_stack import resource

from aws_mobile_guard.aws_types import SECURITY_GROUP_INGRESS_RULES, SECURITY_GROUP_RULES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.security_groups import IngressRule, ingress_rules, is_wide
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT

GROUP = "aws:ec2/securityGroup:SecurityGroup"
OWN, OLDER = SECURITY_GROUP_INGRESS_RULES[0], SECURITY_GROUP_RULES[0]


def group(**rule: object) -> Resource:
    return resource("g", GROUP, {"ingress": [rule]})


def older(**rule: object) -> Resource:
    return resource("g", OLDER, {"type": "ingress", **rule})


def own(**rule: object) -> Resource:
    return resource("g", OWN, rule)


def read(holder: Resource) -> IngressRule:
    (rule,) = ingress_rules(holder)
    assert rule is not UNKNOWN
    return rule


@pytest.mark.parametrize(
    ("holder", "names"),
    [
        (own(cidrIpv4="10.0.0.0/8", cidrIpv6="fd00::/8"), ("cidrIpv4", "cidrIpv6")),
        (older(cidrBlocks=["10.0.0.0/8"], ipv6CidrBlocks=["fd00::/8"]), ("cidrBlocks", "ipv6CidrBlocks")),
        (group(cidrBlocks=["10.0.0.0/8"], ipv6CidrBlocks=["fd00::/8"]), ("cidrBlocks", "ipv6CidrBlocks")),
    ],
    ids=["a rule of its own", "an older rule", "an inline rule"],
)
def test_networks_of_both_kinds_are_read(holder: Resource, names: tuple[str, str]) -> None:
    assert read(holder).networks == [(names[0], "10.0.0.0/8"), (names[1], "fd00::/8")]


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        (own(prefixListId="pl-1"), "prefixListId"),
        (older(prefixListIds=["pl-1"]), "prefixListIds"),
        (group(prefixListIds=["pl-1"]), "prefixListIds"),
    ],
    ids=["a rule of its own", "an older rule", "an inline rule"],
)
def test_prefix_lists_are_read(holder: Resource, name: str) -> None:
    assert read(holder).prefix_list == name


@pytest.mark.parametrize(
    ("shape", "protocol"),
    [(own, "ipProtocol"), (older, "protocol"), (group, "protocol")],
    ids=["own", "older", "inline"],
)
@pytest.mark.parametrize(
    ("name", "ports", "said"),
    [
        ("-1", {}, "all ports"),
        ("all", {"fromPort": 443, "toPort": 443}, "all ports"),
        ("tcp", {"fromPort": 0, "toPort": 65535}, "all ports"),
        ("tcp", {"fromPort": 443, "toPort": 443}, "port 443"),
        ("tcp", {"fromPort": 443}, "port 443"),
        ("udp", {"fromPort": 1, "toPort": 9}, "ports 1 to 9"),
        ("tcp", {}, "all ports"),
        ("tcp", {"fromPort": UNKNOWN_TEXT, "toPort": 443}, "all ports"),
        ("tcp", {"fromPort": 443, "toPort": UNKNOWN_TEXT}, "all ports"),
        (UNKNOWN_TEXT, {"fromPort": 443, "toPort": 443}, "all ports"),
        *((name, {"fromPort": 8, "toPort": 0}, "a protocol without ports") for name in ("icmp", "icmpv6", "1", "58")),
    ],
)
def test_ports_are_read(shape: Any, protocol: str, name: str, ports: dict[str, object], said: str) -> None:  # noqa: ANN401 - one of three functions
    assert read(shape(**{protocol: name}, **ports)).describe_ports() == said


def test_what_goes_out_is_no_ingress() -> None:
    assert list(ingress_rules(resource("g", OLDER, {"type": "egress", "cidrBlocks": ["0.0.0.0/0"]}))) == []
    assert list(ingress_rules(resource("g", GROUP, {"egress": [{"cidrBlocks": ["0.0.0.0/0"]}]}))) == []


def test_what_is_unknown_is_told() -> None:
    assert list(ingress_rules(resource("g", GROUP, {"ingress": UNKNOWN_TEXT}))) == [UNKNOWN]
    assert list(ingress_rules(resource("g", GROUP, {"ingress": [UNKNOWN_TEXT]}))) == [UNKNOWN]
    assert read(older(cidrBlocks=UNKNOWN_TEXT)).networks == [("cidrBlocks", UNKNOWN)]


@pytest.mark.parametrize(
    ("network", "wide"),
    [
        ("0.0.0.0/0", True),
        ("128.0.0.0/7", True),
        ("10.0.0.0/8", False),
        ("10.1.2.3/7", True),
        ("::/0", True),
        ("2000::/15", True),
        ("2000::/16", False),
        ("nonsense", False),
    ],
)
def test_a_network_is_wide_or_not(network: str, *, wide: bool) -> None:
    assert is_wide(network) is wide
