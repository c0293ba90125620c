"""What an observability registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import re
from pathlib import Path

import pytest
from components.observability.building import (
    AWAY,
    EVERYTHING,
    HOME,
    LEAST,
    WATCHING,
    Account,
    Args,
    build,
    topic,
)
from components.observability.strategies import observability_args
from hypothesis import given, settings

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.observability import Observability
from pulumi_aws_mobile.observability.settings import MOST_WATCHED
from pulumi_aws_mobile.testing import Recorded, Recording, record

ABOVE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
LOOK = "aws:cloudwatch/metricAlarm:MetricAlarm"


def above(recording: Recording, role: str, region: str = HOME) -> Args:
    return recording.named(f"watch-{region}-{role}").inputs


def below(recording: Recording, role: str, region: str = HOME) -> list[str]:
    """Return what an alarm looks at."""
    return re.findall(rf"watch-{region}-([a-z0-9-]+)\"", above(recording, role, region)["alarmRule"])


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


def test_the_service_is_down_when_requests_fail_and_servers_are_not_well() -> None:
    recording = build(EVERYTHING)
    assert above(recording, "down")["alarmRule"] == (
        f'ALARM("watch-{HOME}-failing") AND ALARM("watch-{HOME}-bad-servers")'
    )
    assert above(recording, "down")["alarmActions"] == [topic(HOME)]


def test_half_of_the_requests_have_to_fail_for_three_minutes() -> None:
    failing = build(EVERYTHING).named(f"watch-{HOME}-failing").inputs
    share = failing["metricQueries"][0]["expression"]
    assert share == "IF(requests >= 50, 100 * FILL(failures, 0) / requests, 0)"
    assert (failing["threshold"], failing["evaluationPeriods"]) == (50, 3)


def test_silent_servers_are_bad_servers() -> None:
    bad = build(EVERYTHING).named(f"watch-{HOME}-bad-servers").inputs
    assert (bad["metricName"], bad["threshold"], bad["treatMissingData"]) == ("EnvironmentHealth", 20, "breaching")


@pytest.mark.parametrize(
    ("role", "louder"),
    [
        ("down", None),
        ("availability-fast", "down"),
        ("availability-slow", "availability-fast"),
        ("availability-ticket", "availability-slow"),
        ("latency-fast", "down"),
        ("latency-slow", "latency-fast"),
        ("latency-ticket", "latency-slow"),
        ("capacity", "down"),
    ],
)
def test_one_cause_pages_once_because_the_louder_alarm_keeps_the_others_quiet(role: str, louder: str | None) -> None:
    suppressor = above(build(EVERYTHING), role).get("actionsSuppressor")
    expected = louder and {
        "alarm": f"arn:aws:cloudwatch:{HOME}:123456789012:watch-{HOME}-{louder}",
        "waitPeriod": 120,
        "extensionPeriod": 300,
    }
    assert suppressor == expected


def test_without_servers_the_fast_burn_is_the_loudest() -> None:
    recording = build(LEAST)
    assert "actionsSuppressor" not in above(recording, "availability-fast")
    assert [each.name for each in recording.of_type(ABOVE) if each.name.endswith("down")] == []


@pytest.mark.parametrize(
    ("role", "longer", "shorter", "threshold"),
    [
        ("availability-fast", 3600, 300, 7.2),
        ("availability-slow", 21600, 1800, 3),
        ("availability-ticket", 259200, 21600, 0.5),
        ("latency-fast", 3600, 300, 28.8),
        ("latency-slow", 21600, 1800, 12),
        ("latency-ticket", 259200, 21600, 2),
    ],
)
def test_budgets_are_watched_in_a_long_and_a_short_window(
    role: str, longer: int, shorter: int, threshold: float
) -> None:
    recording = build(EVERYTHING)
    assert below(recording, role) == [f"{role}-long", f"{role}-short"]
    for window, seconds in (("long", longer), ("short", shorter)):
        look = recording.named(f"watch-{HOME}-{role}-{window}").inputs
        assert {each["metric"]["period"] for each in look["metricQueries"][1:]} == {seconds}
        assert (look["threshold"], look["evaluationPeriods"]) == (threshold, 1)
        assert look["comparisonOperator"] == "GreaterThanOrEqualToThreshold"


def test_cloudwatch_takes_windows_of_a_week_at_most() -> None:
    for look in build(EVERYTHING).of_type(LOOK):
        periods = {each["metric"]["period"] for each in look.inputs.get("metricQueries", [])[1:]}
        for period in periods or {look.inputs["period"]}:
            assert period * look.inputs["evaluationPeriods"] <= (604_800 if period >= 3600 else 86_400)
            assert period % 60 == 0


def test_latency_is_watched_by_the_share_of_requests_within_the_time() -> None:
    _, requests, within = build(EVERYTHING).named(f"watch-{HOME}-latency-fast-long").inputs["metricQueries"]
    assert (requests["metric"]["stat"], within["metric"]["stat"]) == ("Sum", "PR(:800)")
    assert within["metric"]["metricName"] == "Latency"


def test_what_can_wait_is_a_ticket() -> None:
    recording = build(EVERYTHING)
    tickets = [
        each.name for each in recording.of_type(ABOVE) if each.inputs["alarmActions"] == [topic(HOME, "tickets")]
    ]
    assert sorted(tickets) == [f"watch-{HOME}-{each}" for each in ("availability-ticket", "capacity", "latency-ticket")]


def test_without_a_topic_for_tickets_they_go_to_the_pages() -> None:
    assert above(build(EVERYTHING), "capacity", AWAY)["alarmActions"] == [topic(AWAY)]


def test_capacity_looks_at_databases_functions_streams_and_the_load_balancer() -> None:
    recording = build(EVERYTHING)
    assert below(recording, "capacity") == [
        "busy-orders",
        "busy-reports",
        "throttled-tokens",
        "full-events",
        "rejected",
    ]
    assert " OR " in above(recording, "capacity")["alarmRule"]


def test_the_longest_rule_and_description_fit() -> None:
    names = {"k" * 30: "x"}
    watched = {**EVERYTHING["regions"]["eu-west-1"], "databases": names, "functions": names, "streams": names}
    recording = record(lambda: Observability("w" * 60, {"regions": {HOME: watched}}), mocks=Account())
    rule = recording.named(f"{'w' * 60}-{HOME}-capacity").inputs["alarmRule"]
    most = 3 * MOST_WATCHED + 1  # 20 each of three kinds, and the load balancer
    suffix = len("-1234567")  # what makes a name unique
    assert most * (max(len(part) for part in rule.split(" OR ")) + suffix + len(" OR ")) <= 10_240
    assert most <= 100


def test_looks_tell_nobody_by_themselves() -> None:
    assert {tuple(each.inputs.get("alarmActions", ())) for each in build(EVERYTHING).of_type(LOOK)} == {()}


def test_alarms_and_dashboards_stand_in_their_own_regions() -> None:
    for each in build(EVERYTHING):
        if each.custom and each.type != "aws:budgets/budget:Budget":
            region = next((one for one in (HOME, AWAY) if one in each.name), HOME)
            assert each.inputs["region"] == region


def test_dashboards_and_alarms_are_named_after_project_and_stack() -> None:
    recording = build(LEAST)
    assert recording.named("watch-across-dashboard").inputs["dashboardName"] == "project-stack-watch-across"
    assert above(recording, "latency-fast")["alarmName"] == f"project-stack-watch-{HOME}-latency-fast"


def test_the_budget_tells_of_what_was_spent_and_of_what_will_be() -> None:
    budget = build(EVERYTHING).only("aws:budgets/budget:Budget").inputs
    assert (budget["budgetType"], budget["timeUnit"], budget["limitAmount"]) == ("COST", "MONTHLY", "500.00")
    assert [(each["notificationType"], each["threshold"]) for each in budget["notifications"]] == [
        ("ACTUAL", 80),
        ("ACTUAL", 100),
        ("FORECASTED", 100),
    ]
    assert budget["notifications"][0]["subscriberEmailAddresses"] == ["costs@example.com"]
    assert budget["notifications"][0]["subscriberSnsTopicArns"] == [topic("us-east-1")]


def test_without_a_budget_there_is_none() -> None:
    recording = build(LEAST)
    assert not recording.of_type("aws:budgets/budget:Budget")
    assert recording.component_outputs[WATCHING]["budget_name"] == ""


def test_the_outputs_name_what_was_made() -> None:
    outputs = build(LEAST).component_outputs[WATCHING]
    assert outputs["dashboard_names"] == {
        HOME: f"project-stack-watch-{HOME}",
        "across": "project-stack-watch-across",
    }
    assert sorted(outputs["alarm_arns"]) == [
        f"{HOME}-{kind}-{burn}" for kind in ("availability", "latency") for burn in ("fast", "slow", "ticket")
    ]


def test_a_region_without_an_api_has_no_service_levels() -> None:
    recording = build({"regions": {HOME: {"topic_arn": topic(HOME), "pair": "orders"}}})
    assert [each.type for each in recording if each.custom] == ["aws:cloudwatch/dashboard:Dashboard"] * 2


def test_two_of_them_do_not_collide() -> None:
    def program() -> None:
        Observability("one", LEAST)
        Observability("two", LEAST)

    recording = record(program, mocks=Account())
    assert len(recording.urns) == len(set(recording.urns))


def test_bad_input_registers_nothing() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: Observability("watch", {"regions": {}}), on_resource=registered.append)
    assert registered == []


@settings(max_examples=10)
@given(observability_args())
def test_anything_that_is_watched_builds_in_a_preview(args: Args) -> None:
    assert build(args, preview=True).of_type("aws:cloudwatch/dashboard:Dashboard")
