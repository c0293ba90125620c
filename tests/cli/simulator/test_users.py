"""Simulated users, and what their events add up to."""

import json

import pytest

from aws_mobile_cli.simulator import SimulatedEvent, simulate, truth_of
from aws_mobile_cli.simulator.users import DAY, Simulated, day_of

FIRST_DAY = 20_000 * DAY
TYPES = {"purchase": (["currency"], ["price"])}


def run(seed: int = 1, devices: int = 20, days: int = 3) -> Simulated:
    return simulate(seed=seed, devices=devices, first_day=FIRST_DAY, days=days, types=TYPES)


def test_the_same_seed_gives_the_same_events() -> None:
    assert run(1) == run(1)
    assert run(1) != run(2)


def test_more_devices_change_nothing_of_what_the_first_ones_do() -> None:
    few = [event for event in run(devices=5).events if event.body["device_id"] == "device-0"]
    assert few == [event for event in run(devices=20).events if event.body["device_id"] == "device-0"]


def test_every_id_is_there_once() -> None:
    ids = [event.body["event_id"] for event in run().events]
    assert len(ids) == len(set(ids))


def test_everything_happens_on_the_days_that_were_asked_for() -> None:
    assert {day_of(event.happened_at) for event in run().events} == {day_of(FIRST_DAY + day * DAY) for day in range(3)}


def test_a_wrong_clock_is_wrong_by_as_much_when_the_event_is_sent() -> None:
    skewed = next(event for event in run(devices=60).events if event.skew)
    sent = json.loads(skewed.sent(FIRST_DAY + DAY))
    assert sent["client_time"] - skewed.happened_at == sent["sent_at"] - FIRST_DAY - DAY == skewed.skew


def test_some_events_are_sent_again_and_some_are_broken() -> None:
    simulated = run()
    assert {event.body["event_id"] for event in simulated.again} < {
        event.body["event_id"] for event in simulated.events
    }
    assert len(simulated.broken) == len(simulated.events) // 50


def test_a_day_has_to_begin_at_midnight() -> None:
    with pytest.raises(ValueError, match="first_day: not midnight in UTC"):
        simulate(seed=1, devices=1, first_day=FIRST_DAY + 1, days=1, types={})


def event(device: str, at: int, kind: str, **more: object) -> SimulatedEvent:
    body = {
        "event_id": f"{device}-{at}",
        "event_type": kind,
        "device_id": device,
        "session_id": f"{device}-{at // DAY}",
    }
    return SimulatedEvent(FIRST_DAY + at, 0, {**body, "attributes": {}, "metrics": {}, **more})


def test_the_truth_of_a_few_events_is_what_one_counts_by_hand() -> None:
    truth = truth_of(
        [
            event("a", 1, "_session.start", attributes={"first": "month"}, user_id="u"),
            event("b", 2, "_session.start", attributes={"first": "day"}),
            event("a", 3, "purchase", metrics={"price": 2.5}, user_id="u"),
            event("a", DAY + 1, "_session.start", user_id="u"),
        ]
    )
    first, second = day_of(FIRST_DAY), day_of(FIRST_DAY + DAY)
    assert truth.daily_active == [(first, 2, 1, 2, 3), (second, 1, 1, 1, 1)]
    assert truth.monthly_active == [(first[:7], 2, 1, 3)]
    assert truth.sessions == [(first, 2, 1.5, 0.001, 0.002), (second, 1, 1.0, 0.0, 0.0)]
    assert truth.retention == [(first, 0, 2), (first, 1, 1)]
    assert truth.custom_events == [
        (first, "_session.start", 2, 2, 1),
        (first, "purchase", 1, 1, 1),
        (second, "_session.start", 1, 1, 1),
    ]
    assert truth.metrics == [(first, "purchase", "price", 1, 2.5, 2.5)]
    assert truth.clocks == [(first, "good", 3), (second, "good", 1)]
    assert truth.numbers == {"Events": 4, "Sessions": 3, "DevicesFirstSeenToday": 2, "DevicesFirstSeenThisMonth": 1}


def test_a_step_of_a_funnel_counts_only_after_the_one_before_it() -> None:
    truth = truth_of([event("a", 1, "x"), event("a", 2, "y"), event("b", 1, "y"), event("b", 2, "x")])
    assert truth.funnel(["x", "y"]) == [(1, "x", 2), (2, "y", 1)]
