"""The steps of a change of Regions, and what they take."""

from dataclasses import replace

import pytest
from components.dr_pair.model.strategies import EVENTS, STRATEGIES, situations
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Event, Situation, Whose, timeline, traffic_timeline

AUTOMATIC = Situation(mode=FailoverMode.AUTOMATIC, lag_limit_seconds=1800)
some = settings(deadline=None, max_examples=60)


def steps(strategy: RecoveryStrategy, event: Event, situation: Situation = AUTOMATIC) -> list[str]:
    return [phase.step for phase in timeline(strategy, situation, event)]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (
            RecoveryStrategy.BACKUP_RESTORE,
            "detection guard fence create scale ticks verify flip confirm dns",
        ),
        (
            RecoveryStrategy.PILOT_LIGHT,
            "detection guard fence lag create promote scale ticks verify flip confirm dns",
        ),
        (RecoveryStrategy.WARM_STANDBY, "detection guard fence lag promote scale ticks verify flip confirm dns"),
        (RecoveryStrategy.MULTI_SITE, "detection guard fence lag promote scale ticks verify flip"),
    ],
)
def test_an_automatic_failover_takes_these_steps(strategy: RecoveryStrategy, expected: str) -> None:
    assert " ".join(steps(strategy, Event.FAILOVER)) == expected


@pytest.mark.parametrize("mode", [FailoverMode.APPROVAL, FailoverMode.DRY_RUN])
def test_a_failover_waits_for_a_person_unless_it_is_automatic(mode: FailoverMode) -> None:
    phases = timeline(RecoveryStrategy.WARM_STANDBY, Situation(mode=mode, approval_minutes=40))
    (approval,) = [phase for phase in phases if phase.step == "approval"]
    assert (approval.low_seconds, approval.seconds, approval.high_seconds) == (0, 600, 2400)
    assert approval.whose is Whose.PEOPLE
    assert [phase.step for phase in phases][:3] == ["detection", "guard", "approval"]


def test_an_automatic_failover_asks_when_backups_are_further_behind_than_the_limit_allows() -> None:
    approvals = {
        limit: [phase for phase in timeline(RecoveryStrategy.BACKUP_RESTORE, situation) if phase.step == "approval"]
        for limit in (1000, 1500, 1800)
        for situation in [Situation(mode=FailoverMode.AUTOMATIC, lag_limit_seconds=limit)]
    }
    times = {limit: [(phase.seconds, phase.high_seconds) for phase in found] for limit, found in approvals.items()}
    assert times == {1000: [(900, 3600)], 1500: [(0, 3600)], 1800: []}
    assert approvals[1000][0].source == (
        "more than 1000 s of writes may be missing, which a person approves; "
        "to expect in a quarter of the time there is for it: an assumption"
    )


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_an_operators_request_is_neither_detected_nor_approved(strategy: RecoveryStrategy) -> None:
    for event in (Event.SWITCHOVER, Event.FAILBACK):
        assert steps(strategy, event, Situation())[:2] == ["guard", "fence"]


def test_a_switchover_to_copied_backups_waits_for_the_last_of_them() -> None:
    phases = {phase.step: phase for phase in timeline(RecoveryStrategy.BACKUP_RESTORE, AUTOMATIC, Event.SWITCHOVER)}
    assert (phases["lag"].seconds, phases["lag"].high_seconds) == (1050, 1800)
    assert "create" in phases
    assert "promote" not in phases


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_way_back_promotes_a_replica_and_creates_nothing(strategy: RecoveryStrategy) -> None:
    phases = {phase.step: phase for phase in timeline(strategy, AUTOMATIC, Event.FAILBACK)}
    assert "create" not in phases
    assert phases["promote"].low_seconds == 180
    assert phases["scale"].seconds == 60


def test_three_failing_probes_are_detected_after_three_minutes() -> None:
    detection = timeline(RecoveryStrategy.PILOT_LIGHT, AUTOMATIC)[0]
    assert (detection.low_seconds, detection.seconds, detection.high_seconds) == (120, 180, 300)


def test_each_further_confirmation_takes_a_minute() -> None:
    once, thrice = (
        timeline(RecoveryStrategy.PILOT_LIGHT, replace(AUTOMATIC, confirmations=count))[0] for count in (1, 3)
    )
    assert (thrice.low_seconds, thrice.seconds, thrice.high_seconds) == (
        once.low_seconds + 120,
        once.seconds + 120,
        once.high_seconds + 120,
    )


def test_a_warm_standby_of_full_size_launches_nothing() -> None:
    full = Situation(full_instances=3, standby_instances=3)
    scale = {phase.step: phase for phase in timeline(RecoveryStrategy.WARM_STANDBY, full)}["scale"]
    assert scale.seconds == 60


def test_a_failover_waits_for_the_next_tick_once_for_each_step_that_aws_works_on() -> None:
    ticks = {
        strategy: next(phase.high_seconds for phase in timeline(strategy, AUTOMATIC) if phase.step == "ticks")
        for strategy in STRATEGIES
    }
    assert [*ticks.values()] == [120, 180, 120, 120]


def test_with_multi_site_traffic_turns_by_itself_within_a_minute_and_a_half() -> None:
    phases = traffic_timeline(RecoveryStrategy.MULTI_SITE)
    assert [(phase.step, phase.seconds) for phase in phases] == [("detection", 30), ("dns", 60)]


@some
@given(situations(), st.sampled_from(STRATEGIES[:-1]))
def test_otherwise_traffic_turns_with_everything_else(situation: Situation, strategy: RecoveryStrategy) -> None:
    assert traffic_timeline(strategy, situation) == timeline(strategy, situation)


@some
@given(situations(), st.sampled_from(STRATEGIES), st.sampled_from(EVENTS))
def test_what_is_ours_takes_at_most_a_minute_in_all(
    situation: Situation, strategy: RecoveryStrategy, event: Event
) -> None:
    assert sum(phase.high_seconds for phase in timeline(strategy, situation, event) if phase.ours) <= 60


@some
@given(situations(), st.sampled_from(STRATEGIES), st.sampled_from(EVENTS))
def test_every_step_is_named_once_has_a_source_and_its_figures_in_order(
    situation: Situation, strategy: RecoveryStrategy, event: Event
) -> None:
    phases = timeline(strategy, situation, event)
    assert len({phase.step for phase in phases}) == len(phases)
    for phase in phases:
        assert 0 <= phase.low_seconds <= phase.seconds <= phase.high_seconds
        assert phase.source


@some
@given(situations(), st.sampled_from(STRATEGIES), st.sampled_from(EVENTS), st.floats(0, 1000))
def test_a_larger_database_never_recovers_sooner(
    situation: Situation, strategy: RecoveryStrategy, event: Event, more: float
) -> None:
    larger = replace(situation, database_gib=situation.database_gib + more)
    for one, other in zip(timeline(strategy, situation, event), timeline(strategy, larger, event), strict=True):
        assert other.low_seconds >= one.low_seconds
        assert other.seconds >= one.seconds
        assert other.high_seconds >= one.high_seconds


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(ValueError, match="'drill' is not a valid Event"):
        timeline(RecoveryStrategy.PILOT_LIGHT, None, "drill")
