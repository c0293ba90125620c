"""What is decided about a target, over any course of events: bounded, ever slower, and one page for each incident."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.self_healing.functions.healing.decisions import (
    HEALING,
    OPEN,
    PAGE_DUE,
    PAGE_SENT,
    WELL,
    Memory,
    Rules,
    Sight,
    Verdict,
    decide,
    pause_seconds,
)

RULES = Rules(attempts=3, first_seconds=180, factor=2, most_actions=5, window_seconds=3600, settle_seconds=120)
GROWING = replace(RULES, gap_seconds={"full": 6 * 3600})


def course(sights: list[Sight], rules: Rules = RULES, chance: float = 0) -> list[Verdict]:
    """Return what is decided at each sight, with pages sent as soon as they are due."""
    memory, verdicts = Memory(), []
    for sight in sights:
        verdict = decide(memory, sight, rules, chance)
        memory = replace(verdict.memory, page=PAGE_SENT) if verdict.memory.page == PAGE_DUE else verdict.memory
        verdicts.append(verdict)
    return verdicts


def minutes(count: int, sick: str | None = "stuck", start: int = 0, **more: bool) -> list[Sight]:
    return [Sight(at=60.0 * minute, sick=sick, **more) for minute in range(start, start + count)]


@st.composite
def sights(draw: st.DrawFn) -> list[Sight]:
    """Draw anything that may be seen: well, sick, unknown, busy, at any pace."""
    at, found = 1000.0, []
    for _ in range(draw(st.integers(1, 120))):
        at += draw(st.sampled_from((1, 30, 60, 60, 60, 300, 4000)))
        sick = draw(st.sampled_from(("stuck", "stuck", "full", "unhealthy", None)))
        known = sick is not None or draw(st.booleans())
        found.append(Sight(at=at, sick=sick, known=known, busy=draw(st.integers(0, 4)) == 0))
    return found


rules = st.builds(
    Rules,
    attempts=st.integers(1, 5),
    first_seconds=st.sampled_from((30, 180, 600)),
    factor=st.sampled_from((1, 1.5, 2, 4)),
    most_actions=st.integers(1, 8),
    window_seconds=st.sampled_from((600, 3600)),
    settle_seconds=st.sampled_from((0, 120, 600)),
    gap_seconds=st.sampled_from(({}, {"full": 21600})),
)
chances = st.floats(0, 1, exclude_max=True)


def test_a_target_that_is_well_is_left_alone() -> None:
    assert [(each.memory, each.act) for each in course(minutes(5, sick=None))] == [(Memory(), None)] * 5


def test_the_first_sight_of_an_ailment_is_acted_on_at_once() -> None:
    (verdict,) = course(minutes(1))
    assert (verdict.began, verdict.act, verdict.step) == (True, "stuck", 0)


def test_attempts_follow_ever_later_and_climb_the_ladder() -> None:
    verdicts = course(minutes(60))
    assert [(minute, each.step) for minute, each in enumerate(verdicts) if each.act] == [(0, 0), (3, 1), (9, 2)]


def test_after_the_last_attempt_the_breaker_opens_and_a_human_is_paged() -> None:
    verdicts = course(minutes(60))
    assert [minute for minute, each in enumerate(verdicts) if each.opened] == [21]
    assert [minute for minute, each in enumerate(verdicts) if each.memory.page == PAGE_DUE] == [21]
    assert verdicts[21].memory.why == "3 attempts did not help"


def test_an_open_breaker_lets_one_trial_through_in_each_window() -> None:
    verdicts = course(minutes(21 + 60 * 4))
    trials = [minute for minute, each in enumerate(verdicts) if each.act and minute > 21]
    assert trials == [81, 141, 201]
    assert {each.memory.state for each in verdicts[21:]} == {OPEN}


def test_an_incident_ends_when_nothing_was_wrong_for_a_while() -> None:
    verdicts = course([*minutes(1), *minutes(4, sick=None, start=1)])
    assert [each.memory.state for each in verdicts] == [HEALING, HEALING, HEALING, WELL, WELL]
    assert [each.recovered for each in verdicts] == [False, False, False, True, False]


def test_only_recovery_closes_an_open_breaker() -> None:
    verdicts = course([*minutes(30), *minutes(4, sick=None, start=30)])
    assert [each.memory.state for each in verdicts[28:]] == [OPEN, OPEN, OPEN, OPEN, WELL, WELL]


def test_a_relapse_within_the_settling_time_is_the_same_incident() -> None:
    verdicts = course([*minutes(1), *minutes(1, sick=None, start=1), *minutes(3, start=2)])
    assert len({each.memory.incident for each in verdicts}) == 1
    assert [each.act for each in verdicts] == ["stuck", None, None, "stuck", None]


def test_a_target_that_falls_ill_again_and_again_runs_out_of_actions() -> None:
    flapping = [
        sight for start in range(0, 30, 4) for sight in (*minutes(1, start=start), *minutes(3, None, start + 1))
    ]
    verdicts = course(flapping)
    assert sum(each.act is not None for each in verdicts) == RULES.most_actions
    assert next(each for each in verdicts if each.opened).memory.why == "too many actions within the window"


def test_nothing_is_done_while_aws_is_changing_the_target() -> None:
    assert {each.act for each in course(minutes(59, busy=True))} == {None}


def test_a_human_is_paged_when_aws_is_busy_for_a_whole_window() -> None:
    verdicts = course(minutes(62, busy=True))
    assert [minute for minute, each in enumerate(verdicts) if each.memory.page == PAGE_DUE] == [60]
    assert verdicts[60].memory.why == "AWS has been changing it for a whole window"


def test_without_data_nothing_changes() -> None:
    memory = course(minutes(1))[0].memory
    assert decide(memory, Sight(at=120, sick=None, known=False), RULES, 0) == Verdict(memory)


def test_storage_grows_once_in_six_hours_and_a_human_is_told_when_that_does_not_do() -> None:
    verdicts = course(minutes(6 * 60 + 1, sick="full"), GROWING)
    assert [minute for minute, each in enumerate(verdicts) if each.act] == [0, 360]
    assert [minute for minute, each in enumerate(verdicts) if each.memory.page == PAGE_DUE] == [3]


def test_the_gap_between_two_growths_outlives_an_incident() -> None:
    seen = [*minutes(1, "full"), *minutes(5, None, 1), *minutes(1, "full", 10)]
    assert [each.act for each in course(seen, GROWING)] == ["full", *[None] * 6]


@given(rules, chances, chances, st.integers(1, 9))
def test_pauses_never_get_shorter(each: Rules, one: float, other: float, attempts: int) -> None:
    assert pause_seconds(each, attempts, one) <= pause_seconds(each, attempts + 1, other) + 1e-6
    assert each.first_seconds <= pause_seconds(each, attempts, one)


@given(sights(), rules, chances)
def test_no_window_has_more_actions_than_allowed(seen: list[Sight], each: Rules, chance: float) -> None:
    verdicts = course(seen, each, chance)
    acted = [sight.at for sight, verdict in zip(seen, verdicts, strict=True) if verdict.act]
    for at in acted:
        assert sum(at <= other < at + each.window_seconds for other in acted) <= each.most_actions


@given(sights(), rules, chances)
def test_actions_of_an_incident_are_further_and_further_apart(seen: list[Sight], each: Rules, chance: float) -> None:
    acted: dict[str, list[float]] = {}
    for sight, verdict in zip(seen, course(seen, each, chance), strict=True):
        if verdict.act:
            acted.setdefault(verdict.memory.incident, []).append(sight.at)
    for moments in acted.values():
        for attempts, (one, other) in enumerate(pairwise(moments), 1):
            assert other - one >= pause_seconds(each, attempts, 0) - 1e-6


@given(sights(), rules, chances)
def test_an_incident_has_one_page_at_most_and_exactly_one_once_its_breaker_opened(
    seen: list[Sight], each: Rules, chance: float
) -> None:
    paged: dict[str, int] = {}
    opened: set[str] = set()
    for verdict in course(seen, each, chance):
        incident = verdict.memory.incident
        paged[incident] = paged.get(incident, 0) + (verdict.memory.page == PAGE_DUE)
        opened |= {incident} if verdict.opened else set()
    assert all(count <= 1 for count in paged.values())
    assert all(paged[incident] == 1 for incident in opened)


@given(sights(), rules, chances)
def test_a_breaker_is_never_closed_while_the_target_fails(seen: list[Sight], each: Rules, chance: float) -> None:
    verdicts = course(seen, each, chance)
    for (_, before), (sight, after) in pairwise(zip(seen, verdicts, strict=True)):
        if before.memory.state == OPEN and sight.sick is not None:
            assert after.memory.state == OPEN
        if before.memory.state == OPEN and after.memory.state != OPEN:
            assert after.recovered


@given(sights(), rules, chances)
def test_nothing_is_ever_done_to_a_target_that_is_well_or_busy(seen: list[Sight], each: Rules, chance: float) -> None:
    for sight, verdict in zip(seen, course(seen, each, chance), strict=True):
        if verdict.act:
            assert (sight.sick, sight.busy) == (verdict.act, False)
