"""What the strategies reach and cost, beside each other."""

from dataclasses import replace
from itertools import pairwise

import pytest
from components.dr_pair.model.strategies import STRATEGIES, situations
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Situation, objectives, timeline

some = settings(deadline=None, max_examples=60)
_SHORTEST_RESTORATION = 3600
"""A limit on the lag that is longer than this lets a replica plan for more than a restoration takes."""


@some
@given(situations(), st.sampled_from(STRATEGIES))
def test_the_time_is_the_sum_of_the_steps(situation: Situation, strategy: RecoveryStrategy) -> None:
    found, phases = objectives(strategy, situation), timeline(strategy, situation)
    assert found.rto_seconds == sum(phase.seconds for phase in phases)
    assert found.rto_high_seconds == sum(phase.high_seconds for phase in phases)
    assert found.rto_seconds <= found.rto_high_seconds
    assert found.rpo_seconds <= found.rpo_high_seconds


@some
@given(situations())
def test_each_strategy_costs_more_than_the_one_before(situation: Situation) -> None:
    costs = [objectives(strategy, situation).extra_monthly_cost for strategy in STRATEGIES]
    assert all(one < other for one, other in pairwise(costs))


@some
@given(situations(longest_lag_limit=_SHORTEST_RESTORATION))
def test_each_strategy_is_back_no_later_than_the_one_before(situation: Situation) -> None:
    assume(situation.replica_lag_seconds <= situation.backup_lag_seconds)
    found = [objectives(strategy, situation) for strategy in STRATEGIES]
    assert all(one.rto_seconds >= other.rto_seconds for one, other in pairwise(found))
    assert all(one.rto_high_seconds >= other.rto_high_seconds for one, other in pairwise(found))
    assert all(one.traffic_rto_seconds >= other.traffic_rto_seconds for one, other in pairwise(found))


def test_a_limit_on_the_lag_of_hours_makes_a_replica_no_better_to_plan_for_than_backups() -> None:
    situation = Situation(lag_limit_seconds=12_000)
    backups, replica = (objectives(strategy, situation) for strategy in STRATEGIES[:2])
    assert replica.rto_high_seconds > backups.rto_high_seconds
    assert replica.rpo_high_seconds > backups.rpo_high_seconds
    assert replica.rto_seconds < backups.rto_seconds


@some
@given(situations())
def test_backups_lose_what_they_are_behind_and_replicas_what_the_limit_allows(situation: Situation) -> None:
    backups, *replicas = (objectives(strategy, situation) for strategy in STRATEGIES)
    assert backups.rpo_seconds == situation.backup_lag_seconds
    assert backups.rpo_high_seconds == situation.backup_lag_high_seconds
    for replica in replicas:
        assert replica.rpo_seconds == situation.replica_lag_seconds
        assert replica.rpo_high_seconds == max(situation.replica_lag_seconds, situation.lag_limit_seconds)


@some
@given(situations(), st.sampled_from(STRATEGIES), st.floats(1, 1e6))
def test_a_cost_is_its_share_of_what_the_primary_region_is_said_to_cost(
    situation: Situation, strategy: RecoveryStrategy, cost: float
) -> None:
    told, estimated = (
        objectives(strategy, replace(situation, primary_monthly_cost=given_cost)) for given_cost in (cost, None)
    )
    assert told.cost_share == estimated.cost_share
    assert told.extra_monthly_cost == told.cost_share * cost


@some
@given(situations(), st.sampled_from(STRATEGIES))
def test_deciding_by_itself_is_never_later_than_asking(situation: Situation, strategy: RecoveryStrategy) -> None:
    unhurried = replace(situation, lag_limit_seconds=86_400)
    asking, by_itself = (
        objectives(strategy, replace(unhurried, mode=mode)) for mode in (FailoverMode.APPROVAL, FailoverMode.AUTOMATIC)
    )
    assert asking.rto_seconds - by_itself.rto_seconds == pytest.approx(situation.approval_minutes * 15)
    assert asking.rto_high_seconds - by_itself.rto_high_seconds == pytest.approx(situation.approval_minutes * 60)


def test_backups_of_a_small_stack_cost_a_balancer_and_little_else() -> None:
    found = objectives(RecoveryStrategy.BACKUP_RESTORE, Situation())
    balancer = 730 * 0.0225
    backups = 20 * 0.095
    keys_alarms_metrics_and_a_check = 2 * 1 + 2 * 0.1 + 2 * 0.3 + 0.5
    transfer = 20 * 0.05 * 30 * 0.02
    assert found.extra_monthly_cost == pytest.approx(balancer + backups + keys_alarms_metrics_and_a_check + transfer)


def test_without_nat_gateways_at_home_a_warm_standby_has_none_either() -> None:
    with_one, without = (
        objectives(RecoveryStrategy.WARM_STANDBY, Situation(nat_gateways=count)).extra_monthly_cost for count in (1, 0)
    )
    assert with_one - without == pytest.approx(730 * 0.045)
