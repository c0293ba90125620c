"""Instances, triggers and deployments that cannot work are refused, with the path and the way out."""

from typing import Any

import pytest
from components.web_tier.building import HOME, PLACE, problems

Args = dict[str, Any]


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (
            {"instances": {"min": 5, "max": 2}},
            ["instances.min: got 5; allowed: at most instances.max, 2; lower it, or raise instances.max"],
        ),
        (
            {"instances": {"types": ["t4g.small", "t3.small", "t4g.small"]}},
            [
                (
                    'instances.types[1]: got "t3.small"; allowed: types of one architecture; t4g.small is arm64; '
                    "name types that run the same image"
                ),
                'instances.types[2]: got "t4g.small"; allowed: each type once; remove the repetition',
            ],
        ),
        (
            {"instances": {"types": []}},
            ["instances.types: got []; allowed: one type or more; name one, or remove the option"],
        ),
        (
            {"instances": {"spot": {"on_demand_base": 9}}},
            [
                (
                    'instances.types: got ["t4g.small"]; allowed: two types or more, with instances.spot; '
                    "name more types: AWS often lacks one of them for Spot"
                ),
                (
                    "instances.spot.on_demand_base: got 9; allowed: at most instances.max, 4; "
                    "lower it, or raise instances.max"
                ),
            ],
        ),
        (
            {"instances": {"min": -1, "max": 2.5}},
            [
                "instances.min: got -1; allowed: 0 to 10000 instances; choose an allowed value",
                "instances.max: got 2.5; allowed: 0 to 10000 instances; write a whole number",
            ],
        ),
        (
            {"instances": {"min": 0, "max": 4}},
            [
                (
                    "instances.min: got 0; allowed: 1 or more, or 0 where instances.max is 0 too; raise it, or set "
                    "instances.max to 0: without instances nothing is measured, and nothing would scale up"
                )
            ],
        ),
        (
            {"instances": {"min": 1, "max": 0}},
            ["instances.min: got 1; allowed: at most instances.max, 0; lower it, or raise instances.max"],
        ),
    ],
)
def test_instances_that_cannot_be_are_refused(source: str, args: Args, lines: list[str]) -> None:
    assert problems({"source": source, **args}) == lines


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (
            {"instances": {"zones": ["eu-west-1d"]}, "network": PLACE},
            [
                (
                    'instances.zones[0]: got "eu-west-1d"; allowed: a zone of the network: eu-west-1a | eu-west-1b; '
                    'did you mean "eu-west-1b"?'
                )
            ],
        ),
        (
            {"instances": {"zones": ["ap-southeast-2c"]}, "network": PLACE},
            [
                (
                    'instances.zones[0]: got "ap-southeast-2c"; allowed: a zone of the network: eu-west-1a '
                    "| eu-west-1b; name one of them, or add it to network.zones"
                )
            ],
        ),
        (
            {"instances": {"zones": ["us-east-1a"]}, "network": PLACE, "region": HOME},
            [
                (
                    'instances.zones[0]: got "us-east-1a"; allowed: a zone of eu-west-1; '
                    "name a zone of that Region or change region"
                )
            ],
        ),
        (
            {"instances": {"zones": ["eu-west-1"]}},
            [
                (
                    'instances.zones[0]: got "eu-west-1"; allowed: an Availability Zone, for example eu-west-1a; '
                    "choose an allowed value"
                )
            ],
        ),
        (
            {"instances": {"zones": ["eu-west-1a"]}},
            [
                (
                    "network.zones: got nothing; allowed: 2 or 3 zones, those of the instances among them; "
                    "name the zones of the network: its load balancer needs two"
                )
            ],
        ),
        (
            {"instances": {"zones": []}},
            ["instances.zones: got []; allowed: one zone or more; name one, or remove the option"],
        ),
    ],
)
def test_unknown_zones_are_refused(source: str, args: Args, lines: list[str]) -> None:
    assert problems({"source": source, **args}) == lines


@pytest.mark.parametrize(
    ("scaling", "lines"),
    [
        (
            {"upper": 20, "lower": 70},
            [
                (
                    "scaling.lower: got 70; allowed: less than scaling.upper, 20; "
                    "lower it, or raise scaling.upper: between the two nothing happens"
                )
            ],
        ),
        (
            {"metric": "requests", "upper": 5, "lower": 5},
            [
                (
                    "scaling.lower: got 5; allowed: less than scaling.upper, 5; "
                    "lower it, or raise scaling.upper: between the two nothing happens"
                )
            ],
        ),
        ({"upper": 120}, ["scaling.upper: got 120; allowed: 0 to 100 percent; lower it"]),
        (
            {"metric": "requests"},
            [
                f"scaling.{option}: got nothing; allowed: a number of requests per period; "
                "give it: it depends on what your application bears"
                for option in ("upper", "lower")
            ],
        ),
        (
            {"period_minutes": 60, "breach_periods": 11},
            [
                (
                    "scaling.breach_periods: got 11; allowed: with periods of 60 minutes at most 10; "
                    "lower one of the two: a breach lasts at most 600 minutes"
                )
            ],
        ),
    ],
)
def test_triggers_that_cannot_work_are_refused(source: str, scaling: Args, lines: list[str]) -> None:
    assert problems({"source": source, "scaling": scaling}) == lines


@pytest.mark.parametrize(
    ("deployment", "lines"),
    [
        (
            {"batch_size": 101},
            ["deployment.batch_size: got 101; allowed: 1 to 100 percent; lower it, or set batch_type: Fixed"],
        ),
        (
            {"batch_type": "Fixed", "batch_size": 5},
            ["deployment.batch_size: got 5; allowed: 1 to instances.max, 4; lower it, or raise instances.max"],
        ),
        ({"batch_size": 0}, ["deployment.batch_size: got 0; allowed: 1 to 10000; choose an allowed value"]),
        (
            {"policy": "Immutable", "batch_size": 5, "traffic_percent": 5},
            [
                (
                    "deployment.batch_size: got 5; allowed: nothing with Immutable; "
                    "remove it: it is for Rolling and RollingWithAdditionalBatch"
                ),
                (
                    "deployment.traffic_percent: got 5; allowed: nothing with Immutable; "
                    "remove it: it is for TrafficSplitting"
                ),
            ],
        ),
        (
            {"policy": "TrafficSplitting", "batch_type": "Fixed"},
            [
                (
                    'deployment.batch_type: got "Fixed"; allowed: nothing with TrafficSplitting; '
                    "remove it: it is for Rolling and RollingWithAdditionalBatch"
                )
            ],
        ),
        (
            {"policy": "TrafficSplitting", "traffic_percent": 100, "evaluation_minutes": 2},
            [
                "deployment.traffic_percent: got 100; allowed: 1 to 99 percent; choose an allowed value",
                "deployment.evaluation_minutes: got 2; allowed: 3 to 600 minutes; choose an allowed value",
            ],
        ),
        (
            {"policy": "rolling"},
            [
                (
                    'deployment.policy: got "rolling"; allowed: AllAtOnce | Rolling | RollingWithAdditionalBatch '
                    '| Immutable | TrafficSplitting; did you mean "Rolling"?'
                )
            ],
        ),
    ],
)
def test_deployments_that_cannot_work_are_refused(source: str, deployment: Args, lines: list[str]) -> None:
    assert problems({"source": source, "deployment": deployment}) == lines


@pytest.mark.parametrize(
    ("updates", "lines"),
    [
        (
            {"type": "Immutable", "max_batch_size": 1},
            [
                (
                    "configuration_updates.max_batch_size: got 1; allowed: nothing with Immutable; "
                    "remove it: it is for Health and Time"
                )
            ],
        ),
        (
            {"pause_seconds": 1},
            ["configuration_updates.pause_seconds: got 1; allowed: nothing with Health; remove it: it is for Time"],
        ),
        (
            {"max_batch_size": 5, "min_in_service": 4},
            [
                (
                    "configuration_updates.max_batch_size: got 5; allowed: 1 to instances.max, 4; "
                    "lower it, or raise instances.max"
                ),
                (
                    "configuration_updates.min_in_service: got 4; allowed: fewer than instances.max, 4; "
                    "lower it: one instance at least has to be replaced"
                ),
            ],
        ),
    ],
)
def test_configuration_updates_that_cannot_work_are_refused(source: str, updates: Args, lines: list[str]) -> None:
    assert problems({"source": source, "configuration_updates": updates}) == lines
