"""What a strategy reaches in a situation, and what it costs."""

from dataclasses import dataclass

from pulumi_aws_mobile.dr_pair.choices import RecoveryStrategy

from . import prices
from .situation import Situation
from .timeline import Phase, timeline, traffic_timeline

_DAYS = 30
_KEYS = 2
"""Of the copied data, and of the pair's own state."""
_ALARMS = 2
_METRICS = 2


@dataclass(frozen=True, slots=True)
class Objectives:
    """How soon everything is back after the loss of the primary Region, how much is lost, and what that costs."""

    rto_seconds: float
    """What to expect, until writing works again too."""
    rpo_seconds: float
    rto_high_seconds: float
    """What to plan for."""
    rpo_high_seconds: float
    extra_monthly_cost: float
    """What the recovery Region costs in a month, in the currency of the primary Region's cost."""
    cost_share: float
    """The same as a part of what the primary Region costs."""
    traffic_rto_seconds: float
    """What to expect until what needs no database answers again; less than the rest only with `multi_site`."""


def objectives(strategy: RecoveryStrategy, situation: Situation | None = None) -> Objectives:
    """Return what a strategy reaches in a situation."""
    strategy, situation = RecoveryStrategy(strategy), situation or Situation()
    phases = timeline(strategy, situation)
    if strategy is RecoveryStrategy.BACKUP_RESTORE:
        rpo, rpo_high = situation.backup_lag_seconds, situation.backup_lag_high_seconds
    else:
        rpo = situation.replica_lag_seconds
        rpo_high = max(rpo, situation.lag_limit_seconds)
    primary = _primary_cost(situation)
    share = _extra_cost(strategy, situation) / primary
    return Objectives(
        rto_seconds=_sum(phases),
        rpo_seconds=rpo,
        rto_high_seconds=sum(phase.high_seconds for phase in phases),
        rpo_high_seconds=rpo_high,
        extra_monthly_cost=share * (situation.primary_monthly_cost or primary),
        cost_share=share,
        traffic_rto_seconds=_sum(traffic_timeline(strategy, situation)),
    )


def compare(situation: Situation | None = None) -> dict[RecoveryStrategy, Objectives]:
    """Return what each strategy reaches in a situation, cheapest first."""
    return {strategy: objectives(strategy, situation) for strategy in RecoveryStrategy}


def _sum(phases: tuple[Phase, ...]) -> float:
    return sum(phase.seconds for phase in phases)


def _primary_cost(situation: Situation) -> float:
    """Return what the primary Region's database, servers and network cost in a month, by list prices."""
    return (
        _database(situation, has_standby=situation.multi_az)
        + _servers(situation.full_instances, situation)
        + prices.HOURS * (prices.LOAD_BALANCER_HOUR + situation.nat_gateways * prices.NAT_GATEWAY_HOUR)
    )


def _extra_cost(strategy: RecoveryStrategy, situation: Situation) -> float:
    """Return what stands in the recovery Region for a strategy, in a month, by list prices."""
    changed_gib = situation.database_gib * prices.CHANGED_PER_DAY * _DAYS
    standing = (
        prices.HOURS * prices.LOAD_BALANCER_HOUR
        + _KEYS * prices.KEY_MONTH
        + _ALARMS * prices.ALARM_MONTH
        + _METRICS * prices.METRIC_MONTH
        + prices.HEALTH_CHECK_MONTH
        + changed_gib * prices.TRANSFER_GIB
    )
    gateway = prices.HOURS * prices.NAT_GATEWAY_HOUR
    match strategy:
        case RecoveryStrategy.BACKUP_RESTORE:
            return standing + situation.database_gib * prices.BACKUP_GIB_MONTH
        case RecoveryStrategy.PILOT_LIGHT:
            return standing + _database(situation, has_standby=False)
        case RecoveryStrategy.WARM_STANDBY:
            return (
                standing
                + _database(situation, has_standby=True)
                + _servers(situation.standby_instances, situation)
                + min(1, situation.nat_gateways) * gateway
            )
        case RecoveryStrategy.MULTI_SITE:
            endpoint_check = prices.HEALTH_CHECK_MONTH + 2 * prices.HEALTH_CHECK_OPTION_MONTH
            return (
                standing
                + _database(situation, has_standby=True)
                + _servers(situation.full_instances, situation)
                + situation.nat_gateways * gateway
                + 2 * endpoint_check
                + prices.HEALTH_CHECK_MONTH
                + changed_gib * prices.TRANSFER_GIB  # the other Region's servers write over the peering
            )


def _database(situation: Situation, *, has_standby: bool) -> float:
    hour = prices.database_hour(situation.instance_class, situation.engine)
    month = hour * prices.HOURS + situation.database_gib * prices.STORAGE_GIB_MONTH
    return month * 2 if has_standby else month


def _servers(count: int, situation: Situation) -> float:
    return count * prices.server_hour(situation.server_type) * prices.HOURS
