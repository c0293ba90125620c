"""The cheapest strategy that is enough, and what is said where none is."""

from dataclasses import replace

import pytest
from components.dr_pair.model.strategies import STRATEGIES, needs, situations
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Miss, Need, Situation, UnmetNeedError, choose, misses_of, objectives

some = settings(deadline=None, max_examples=80)
AUTOMATIC = Situation(mode=FailoverMode.AUTOMATIC)


def chosen(need: Need, situation: Situation) -> RecoveryStrategy | None:
    try:
        return choose(need, situation)
    except UnmetNeedError:
        return None


def refusal(need: Need, situation: Situation) -> UnmetNeedError:
    with pytest.raises(UnmetNeedError) as caught:
        choose(need, situation)
    return caught.value


@pytest.mark.parametrize(
    ("need", "strategy"),
    [
        (Need(24 * 60, 60), RecoveryStrategy.BACKUP_RESTORE),
        (Need(24 * 60, 15), RecoveryStrategy.PILOT_LIGHT),
        (Need(50, 5), RecoveryStrategy.PILOT_LIGHT),
        (Need(42, 5), RecoveryStrategy.WARM_STANDBY),
        (Need(35, 5), RecoveryStrategy.MULTI_SITE),
        (Need(35, 5, 200), RecoveryStrategy.MULTI_SITE),
    ],
)
def test_the_cheapest_that_is_enough_is_taken(need: Need, strategy: RecoveryStrategy) -> None:
    assert choose(need, AUTOMATIC) is strategy


@some
@given(needs(), situations())
def test_what_is_chosen_is_enough_and_nothing_cheaper_is(need: Need, situation: Situation) -> None:
    strategy = chosen(need, situation)
    assume(strategy is not None)
    assert strategy is not None
    found = objectives(strategy, situation)
    assert found.rto_high_seconds <= need.rto_minutes * 60 * (1 + 1e-12)
    assert found.rpo_high_seconds <= need.rpo_minutes * 60 * (1 + 1e-12)
    assert need.monthly_budget is None or found.extra_monthly_cost <= need.monthly_budget
    for other in STRATEGIES:
        if objectives(other, situation).extra_monthly_cost < found.extra_monthly_cost:
            assert misses_of(other, need, situation)


@some
@given(needs(), situations())
def test_it_is_refused_only_where_every_strategy_misses_something(need: Need, situation: Situation) -> None:
    enough = [strategy for strategy in STRATEGIES if not misses_of(strategy, need, situation)]
    assert (chosen(need, situation) is None) == (not enough)


@some
@given(needs(), situations(), st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 1e5))
def test_a_need_that_is_easier_to_meet_never_gets_a_dearer_strategy(
    need: Need, situation: Situation, rto: float, rpo: float, budget: float
) -> None:
    more = None if need.monthly_budget is None else need.monthly_budget + budget
    easier = Need(need.rto_minutes + rto, need.rpo_minutes + rpo, more)
    strategy = chosen(need, situation)
    assume(strategy is not None)
    assert strategy is not None
    costs = [objectives(one, situation).extra_monthly_cost for one in (choose(easier, situation), strategy)]
    assert costs[0] <= costs[1]


@some
@given(needs(), situations())
def test_a_refusal_lists_each_strategys_misses_and_asking_for_those_would_do(need: Need, situation: Situation) -> None:
    assume(chosen(need, situation) is None)
    error = refusal(need, situation)
    assert {miss.strategy for miss in error.misses} == set(STRATEGIES)
    assert error.helps
    for strategy in STRATEGIES:
        reached = {miss.option: miss.reached for miss in error.misses if miss.strategy is strategy}
        assert not misses_of(strategy, replace(need, **reached), situation)


def test_a_refusal_says_what_is_missing_and_what_would_do() -> None:
    assert str(refusal(Need(60, 5, 150), Situation())).splitlines() == [
        "no recovery strategy reaches rto_minutes 60, rpo_minutes 5, monthly_budget 150; to plan for are",
        "  with backup_restore: rto_minutes 264 instead of 60, rpo_minutes 30 instead of 5",
        "  with pilot_light: rto_minutes 107 instead of 60",
        "  with warm_standby: rto_minutes 102 instead of 60, monthly_budget 165 instead of 150",
        "  with multi_site: rto_minutes 94 instead of 60, monthly_budget 183 instead of 150",
        "one of these would do: guards.approval_minutes 13 (then pilot_light)",
        "  or mode automatic (then pilot_light)",
        "  or rto_minutes 107 (then pilot_light)",
    ]


def test_more_money_may_be_what_is_missing() -> None:
    assert refusal(Need(42, 5, 150), AUTOMATIC).helps == (
        "rto_minutes 47 (then pilot_light)",
        "monthly_budget 165 (then warm_standby)",
    )


def test_fewer_failing_probes_may_be_enough() -> None:
    assert refusal(Need(46, 5, 150), AUTOMATIC).helps[0] == "guards.datapoints 2 (then pilot_light)"


def test_people_may_have_to_decide_sooner_but_not_within_minutes() -> None:
    assert refusal(Need(52, 5, 150), Situation()).helps[0] == "guards.approval_minutes 5 (then pilot_light)"
    assert refusal(Need(51, 5, 150), Situation()).helps[0] == "mode automatic (then pilot_light)"


def test_a_smaller_limit_on_the_lag_loses_less() -> None:
    error = refusal(Need(60, 1), AUTOMATIC)
    assert error.helps == ("guards.lag_seconds 60 (then pilot_light)", "rpo_minutes 5 (then pilot_light)")
    assert error.misses[1] == Miss(RecoveryStrategy.BACKUP_RESTORE, "rpo_minutes", 1, 30)


def test_a_larger_limit_on_the_lag_lets_backups_be_restored_unasked() -> None:
    assert refusal(Need(240, 60, 30), AUTOMATIC).helps == (
        "guards.lag_seconds 1800 (then backup_restore)",
        "rto_minutes 264 (then backup_restore)",
        "monthly_budget 70 (then pilot_light)",
    )


def test_both_together_may_be_needed() -> None:
    assert "mode automatic and guards.lag_seconds 60 (then pilot_light)" in refusal(Need(60, 1), Situation()).helps


def test_where_no_single_change_does_the_least_of_everything_is_told() -> None:
    assert refusal(Need(5, 0, 10), AUTOMATIC).helps == (
        "rto_minutes 34 and rpo_minutes 5 and monthly_budget 183 (then multi_site)",
    )
