"""The arithmetic of error budgets, and the metric math that CloudWatch computes it with.

The expressions are evaluated here as CloudWatch documents them; that CloudWatch's own evaluation is the same is not
proved.
"""

from typing import Any

import pytest
from components.observability.building import HOME, LEAST, build
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.observability.service_levels import (
    BURNS,
    Burn,
    budget_left,
    failed_percent,
    slow_percent,
    within,
)

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
FAST, SLOW, TICKET = BURNS


def computed(expression: str, **metrics: float | None) -> float:
    """Evaluate metric math for one period."""
    names = {
        "IF": lambda condition, yes, no: yes if condition else no,
        "FILL": lambda value, other: other if value is None else value,
        **metrics,
    }
    return eval(expression, {"__builtins__": {}}, names)  # noqa: S307 - the component's own expressions


def test_a_hundred_percent_of_the_budget_is_gone_after_the_window_at_rate_one() -> None:
    assert Burn("", 1, 30 * 24 * 3600, 60, pages=False).budget_percent(30) == 100


@pytest.mark.parametrize(("burn", "share"), [(FAST, 2), (SLOW, 5), (TICKET, 10)])
def test_the_alarms_ring_after_a_fiftieth_a_twentieth_and_a_tenth_of_a_month(burn: Burn, share: float) -> None:
    assert burn.budget_percent(30) == pytest.approx(share)


@pytest.mark.parametrize(
    ("burn", "target", "threshold"),
    [(FAST, 99.9, 1.44), (SLOW, 99.9, 0.6), (TICKET, 99.9, 0.1), (FAST, 99, 14.4), (SLOW, 99, 6), (TICKET, 95, 5)],
)
def test_thresholds_are_the_rate_times_the_budget(burn: Burn, target: float, threshold: float) -> None:
    assert burn.threshold_percent(target) == threshold


@given(st.floats(95, 99.99))
def test_every_alarm_can_ring_at_every_service_level(target: float) -> None:
    assert all(0 < burn.threshold_percent(target) < 100 for burn in BURNS)


def test_short_windows_are_a_twelfth_of_the_long_ones() -> None:
    assert [burn.long_seconds / burn.short_seconds for burn in BURNS] == [12, 12, 12]


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(1, 1000))
def test_the_share_of_failures_is_zero_while_there_are_too_few_requests(
    requests: int, failures: int, minimum: int
) -> None:
    failures = min(failures, requests)
    share = computed(failed_percent(minimum), requests=requests, failures=failures)
    assert share == (100 * failures / requests if requests >= minimum else 0)


def test_no_failures_published_are_no_failures() -> None:
    assert computed(failed_percent(20), requests=1000, failures=None) == 0


def test_slow_requests_are_those_that_are_not_within_the_time() -> None:
    assert computed(slow_percent(20), requests=1000, within=97.5) == 2.5
    assert computed(slow_percent(20), requests=19, within=0) == 0


def test_the_statistic_tells_the_percentage_within_a_time() -> None:
    assert within(1000) == "PR(:1000)"


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.sampled_from((99, 99.5, 99.9, 99.99)))
def test_what_is_left_of_a_budget(requests: int, failures: int, target: float) -> None:
    failures = min(failures, requests)
    left = computed(budget_left(failed_percent(1), target), requests=requests, failures=failures)
    allowed = requests * (100 - target) / 100
    assert left == pytest.approx(100 * (allowed - failures) / allowed, abs=1e-3, rel=1e-3)


def rings(minutes: list[tuple[int, int]]) -> dict[str, list[int]]:
    """Return by burn rate at which minutes the alarm rings, given requests and failures of each minute."""
    windows = {
        each.name.removeprefix(f"watch-{HOME}-availability-"): each.inputs
        for each in build(LEAST).of_type(ALARM)
        if "availability" in each.name
    }

    def bad(inputs: dict[str, Any], now: int) -> bool:
        share, requests, failures = inputs["metricQueries"]
        length = requests["metric"]["period"] // 60
        assert (requests["metric"]["stat"], failures["metric"]["stat"]) == ("Sum", "Sum")
        seen = minutes[max(0, now - length) : now]
        counts = {"requests": sum(each[0] for each in seen), "failures": sum(each[1] for each in seen)}
        return computed(share["expression"], **counts) >= inputs["threshold"]

    return {
        burn.role: [
            now
            for now in range(1, len(minutes) + 1)
            if all(bad(windows[f"{burn.role}-{window}"], now) for window in ("long", "short"))
        ]
        for burn in BURNS
    }


def test_an_outage_pages_within_a_minute_and_stops_soon_after_it_ends() -> None:
    found = rings([(100, 0)] * 60 + [(100, 100)] * 10 + [(100, 0)] * 60)
    assert (found["fast"][0], found["fast"][-1]) == (61, 74)


def test_a_blip_of_a_few_failures_pages_nobody() -> None:
    assert rings([(100, 0)] * 120 + [(100, 20)] + [(100, 0)] * 60)["fast"] == []


def test_two_percent_of_failures_page_as_fast_burning() -> None:
    found = rings([(1000, 0)] * 60 + [(1000, 20)] * 60)
    assert found["fast"][0] == 60 + 44  # 44 of 60 minutes at 2 % are 1.47 % of the hour


def test_failures_just_within_the_promise_page_nobody_for_days() -> None:
    assert rings([(10_000, 9)] * (4 * 24 * 60)) == {"fast": [], "slow": [], "ticket": []}


def test_failures_a_little_above_the_promise_are_a_ticket_and_no_page() -> None:
    found = rings([(10_000, 12)] * (4 * 24 * 60))
    assert (found["fast"], found["slow"], bool(found["ticket"])) == ([], [], True)
