"""What is said about each option of a network that cannot work, in full."""

from collections.abc import Sequence
from typing import Any

import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.network.settings import NetworkSettings, resolve

ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


def not_asked(region: str | None) -> Sequence[str]:
    message = f"the account's zones in {region} were asked for"
    raise AssertionError(message)


def settle(args: dict[str, Any]) -> NetworkSettings:
    return resolve("net", args, not_asked)


def complaint(args: dict[str, Any]) -> str:
    with pytest.raises(ArgsError) as caught:
        settle(args)
    return str(caught.value)


def complain(*lines: str) -> str:
    noun = "problem" if len(lines) == 1 else "problems"
    return "\n  ".join([f'Network "net": {len(lines)} {noun}', *lines])


@pytest.mark.parametrize("zones", [[], ["us-west-1a"]])
def test_an_account_with_too_few_zones_is_refused(zones: list[str]) -> None:
    with pytest.raises(ArgsError) as caught:
        resolve("net", {}, lambda _: zones)
    assert str(caught.value) == complain(
        f"zones: got none, and the account has {len(zones)} to offer; allowed: 2 or 3 zones; "
        "name the zones or change region"
    )


def test_the_account_is_not_asked_for_zones_when_something_else_is_wrong() -> None:
    assert complaint({"nat": "many"}) == complain(
        'nat: got "many"; allowed: per_zone | single | none; choose one of these'
    )


SIZES = (
    "allowed: a network from /16, AWS's largest VPC, to /21, the smallest whose public subnets have the /27 that a "
    "load balancer needs"
)


@pytest.mark.parametrize(
    ("cidr", "line"),
    [
        ("10.0.0.0/24", f'cidr: got "10.0.0.0/24"; {SIZES}; write 10.0.0.0/21 or choose another'),
        ("10.0.6.0/22", f'cidr: got "10.0.6.0/22"; {SIZES}; write 10.0.0.0/21 or choose another'),
        ("10.0.0.0/8", f'cidr: got "10.0.0.0/8"; {SIZES}; write 10.0.0.0/16 or choose another'),
        (
            "10.0.1.0/16",
            'cidr: got "10.0.1.0/16"; allowed: a network written by its first address; write 10.0.0.0/16',
        ),
        (
            "52.95.0.0/16",
            (
                'cidr: got "52.95.0.0/16"; allowed: a network inside one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, '
                "100.64.0.0/10; choose private addresses: with public ones the VPC cannot reach their owners"
            ),
        ),
        (
            "10.0.0.256/16",
            'cidr: got "10.0.0.256/16"; allowed: an IPv4 network, for example 10.0.0.0/16; correct the numbers',
        ),
        (
            "10.0.0.0/33",
            'cidr: got "10.0.0.0/33"; allowed: an IPv4 network, for example 10.0.0.0/16; correct the numbers',
        ),
        (
            "fd00::/56",
            'cidr: got "fd00::/56"; allowed: an IPv4 network, for example 10.0.0.0/16; choose an allowed value',
        ),
    ],
)
def test_addresses_that_cannot_work_are_refused(cidr: str, line: str) -> None:
    assert complaint({"zones": ZONES, "cidr": cidr}) == complain(line)


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (
            {"zones": []},
            ["zones: got nothing; allowed: 2 or 3 zones; add a zone: a network of one is lost with it"],
        ),
        (
            {"zones": ["eu-west-1a"]},
            ['zones: got "eu-west-1a"; allowed: 2 or 3 zones; add a zone: a network of one is lost with it'],
        ),
        (
            {"zones": [f"us-east-1{letter}" for letter in "abcd"]},
            ['zones: got "us-east-1a, us-east-1b, us-east-1c, us-east-1d"; allowed: 2 or 3 zones; keep 3 of them'],
        ),
        (
            {"zones": ["eu-west-1a", "eu-west-1b", "eu-west-1a"]},
            ['zones[2]: got "eu-west-1a"; allowed: each zone once; remove the repetition'],
        ),
        (
            {"zones": ["eu-west-1a", "eu-west-1a"]},
            [
                'zones[1]: got "eu-west-1a"; allowed: each zone once; remove the repetition',
                'zones: got "eu-west-1a"; allowed: 2 or 3 zones; add a zone: a network of one is lost with it',
            ],
        ),
        (
            {"region": "eu-central-1", "zones": ["eu-central-1a", "eu-west-1b"]},
            [
                (
                    'zones[1]: got "eu-west-1b"; allowed: a zone of eu-central-1; '
                    "name a zone of that Region or change region"
                )
            ],
        ),
        (
            {"zones": ["eu-west-1a", "eu-west-2b"]},
            [
                'zones: got "eu-west-1a, eu-west-2b"; allowed: zones of one Region; make one Network in each Region',
            ],
        ),
        (
            {"zones": ["eu-west-1a", "eu-west-1i"]},
            [
                (
                    'zones: got "eu-west-1a, eu-west-1i"; allowed: zones whose letters do not lie 8 apart, because '
                    "such zones share addresses; leave one of them out"
                )
            ],
        ),
        (
            {"zones": ["us-west-2-lax-1a", "us-west-2a"]},
            [
                (
                    'zones[0]: got "us-west-2-lax-1a"; allowed: an Availability Zone, for example eu-west-1a; '
                    "choose an allowed value"
                )
            ],
        ),
        (
            {"zones": "eu-west-1a"},
            ['zones: got "eu-west-1a"; allowed: a list; write it as a list'],
        ),
        (
            {"region": "europe"},
            ['region: got "europe"; allowed: an AWS Region, for example eu-west-1; choose an allowed value'],
        ),
    ],
)
def test_zones_that_cannot_work_are_refused(args: dict[str, Any], lines: list[str]) -> None:
    assert complaint(args) == complain(*lines)


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (
            {"nat": "singel"},
            'nat: got "singel"; allowed: per_zone | single | none; did you mean "single"?',
        ),
        (
            {"nat_zone": "eu-west-1a"},
            'nat_zone: got "eu-west-1a"; allowed: only with nat single; set nat to "single" or remove nat_zone',
        ),
        (
            {"nat": "none", "nat_zone": "eu-west-1a"},
            'nat_zone: got "eu-west-1a"; allowed: only with nat single; set nat to "single" or remove nat_zone',
        ),
        (
            {"nat": "single", "nat_zone": "eu-west-1d"},
            (
                'nat_zone: got "eu-west-1d"; allowed: eu-west-1a | eu-west-1b | eu-west-1c; '
                "choose one of the network's zones"
            ),
        ),
        (
            {"gateway_endpoints": ["sqs"]},
            'gateway_endpoints[0]: got "sqs"; allowed: s3 | dynamodb; choose an allowed value',
        ),
        (
            {"interface_endpoints": ["logs", "s3"]},
            (
                'interface_endpoints[1]: got "s3"; allowed: services that have no gateway endpoint; '
                "list it under gateway_endpoints, which costs nothing"
            ),
        ),
        (
            {"interface_endpoints": ["com.amazonaws.eu-west-1.logs"]},
            (
                'interface_endpoints[0]: got "com.amazonaws.eu-west-1.logs"; allowed: the short name of a service, for '
                "example secretsmanager or ecr.api; choose an allowed value"
            ),
        ),
        (
            {"flow_logs": {"retention_days": 100}},
            (
                "flow_logs.retention_days: got 100; allowed: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | "
                "365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653; choose an allowed value"
            ),
        ),
        (
            {"flow_logs": {"traffic": "all"}},
            'flow_logs.traffic: got "all"; allowed: ALL | ACCEPT | REJECT; did you mean "ALL"?',
        ),
        (
            {"flow_logs": {"kms_key_arn": "alias/logs"}},
            'flow_logs.kms_key_arn: got "alias/logs"; allowed: the ARN of a KMS key; choose an allowed value',
        ),
        (
            {"flow_log": {}},
            (
                "flow_log: got {}; allowed: cidr, flow_logs, gateway_endpoints, interface_endpoints, nat, nat_zone, "
                'region, tags, zones; did you mean "flow_logs"?'
            ),
        ),
    ],
)
def test_options_that_cannot_work_are_refused(args: dict[str, Any], line: str) -> None:
    assert complaint({"zones": ZONES, **args}) == complain(line)


def test_all_problems_are_told_at_once() -> None:
    args = {
        "cidr": "10.0.0.0/28",
        "zones": ["eu-west-1a"],
        "nat_zone": "eu-west-1b",
        "interface_endpoints": ["dynamodb"],
        "flow_logs": {"enabled": "yes"},
    }
    assert complaint(args) == complain(
        'flow_logs.enabled: got "yes"; allowed: true or false; write true or false',
        f'cidr: got "10.0.0.0/28"; {SIZES}; write 10.0.0.0/21 or choose another',
        'zones: got "eu-west-1a"; allowed: 2 or 3 zones; add a zone: a network of one is lost with it',
        'interface_endpoints[0]: got "dynamodb"; allowed: services that have no gateway endpoint; '
        "list it under gateway_endpoints, which costs nothing",
        'nat_zone: got "eu-west-1b"; allowed: only with nat single; set nat to "single" or remove nat_zone',
    )
