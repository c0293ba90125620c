"""The dashboards: what CloudWatch would refuse, and what operators look for."""

import json
from typing import Any

import pytest
from components.observability.building import AWAY, EVERYTHING, HOME, LEAST, build
from components.observability.dashboard_rules import problems
from components.observability.strategies import observability_args
from hypothesis import given, settings

DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"


def bodies(args: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each.name: json.loads(each.inputs["dashboardBody"]) for each in build(args).of_type(DASHBOARD)}


def titles(body: dict[str, Any]) -> list[str]:
    return [each["properties"]["title"] for each in body["widgets"] if "title" in each["properties"]]


@pytest.mark.parametrize("args", [LEAST, EVERYTHING])
def test_cloudwatch_takes_every_dashboard(args: dict[str, Any]) -> None:
    assert [said for body in bodies(args).values() for said in problems(body)] == []


@settings(max_examples=15)
@given(observability_args())
def test_cloudwatch_takes_the_dashboards_of_anything_that_is_watched(args: dict[str, Any]) -> None:
    for body in bodies(args).values():
        assert problems(body) == []


def test_a_region_shows_users_servers_databases_events_and_healing() -> None:
    assert titles(bodies(EVERYTHING)[f"watch-{HOME}-dashboard"]) == [
        "Alarms",
        "Error budgets left (%)",
        "Traffic",
        "Errors (share of requests)",
        "Latency (ms)",
        "Requests",
        "Response time (s)",
        "Health",
        "Processors (%)",
        "Connections",
        "Free storage (bytes)",
        "Replica lag (s)",
        "Errors",
        "Throttles",
        "Duration",
        "Oldest message (s)",
        "Messages that wait",
        "How far consumers are behind (ms)",
        "Writes refused",
        "Self-healing",
        "Incidents and open breakers",
    ]


def test_the_recovery_region_shows_the_pairs_state() -> None:
    body = bodies(EVERYTHING)[f"watch-{AWAY}-dashboard"]
    (graph,) = [each for each in body["widgets"] if each["properties"].get("title") == "Disaster recovery (1 is yes)"]
    assert [entry[:4] for entry in graph["properties"]["metrics"]] == [
        ["AwsMobile/Recovery", "PrimaryReachable", "Pair", "orders"],
        ["AwsMobile/Recovery", "TrafficToRecovery", "Pair", "orders"],
    ]


def test_the_dashboard_across_lays_regions_side_by_side() -> None:
    body = bodies(EVERYTHING)["watch-across-dashboard"]
    (traffic,) = [each for each in body["widgets"] if each["properties"].get("title") == "Traffic"]
    assert [entry[-1]["region"] for entry in traffic["properties"]["metrics"]] == [AWAY, HOME]
    assert [title for title in titles(body) if "budgets" in title] == [
        f"Error budgets left in {AWAY} (%)",
        f"Error budgets left in {HOME} (%)",
    ]


def test_budgets_are_shown_for_the_whole_window() -> None:
    body = bodies(EVERYTHING)[f"watch-{HOME}-dashboard"]
    (budget,) = [each["properties"] for each in body["widgets"] if each["properties"].get("view") == "singleValue"]
    assert (budget["start"], budget["setPeriodToTimeRange"]) == ("-P28D", True)


def test_promises_are_drawn_into_the_graphs() -> None:
    body = bodies(LEAST)[f"watch-{HOME}-dashboard"]
    drawn = {
        each["properties"]["title"]: each["properties"]["annotations"]["horizontal"][0]["value"]
        for each in body["widgets"]
        if "annotations" in each["properties"]
    }
    assert drawn == {"Errors (share of requests)": 0.001, "Latency (ms)": 1000}


def test_an_empty_service_has_no_empty_graphs() -> None:
    assert titles(bodies(LEAST)[f"watch-{HOME}-dashboard"]) == [
        "Alarms",
        "Error budgets left (%)",
        "Traffic",
        "Errors (share of requests)",
        "Latency (ms)",
    ]
