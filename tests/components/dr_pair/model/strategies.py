"""Situations and needs of every kind."""

from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Event, Need, Situation, prices

STRATEGIES = tuple(RecoveryStrategy)
EVENTS = tuple(Event)


@st.composite
def situations(draw: st.DrawFn, longest_lag_limit: float = 86_400) -> Situation:
    """Any situation."""
    full = draw(st.integers(1, 40))
    backup_lag = draw(st.floats(0, 3600))
    return Situation(
        engine=draw(st.sampled_from(prices.ENGINES)),
        database_gib=draw(st.floats(0, 65_536)),
        instance_class=f"db.{draw(st.sampled_from(tuple(prices.DATABASE_HOUR)))}.{draw(_SIZES)}",
        multi_az=draw(st.booleans()),
        server_type=f"{draw(st.sampled_from(tuple(prices.SERVER_HOUR)))}.{draw(_SIZES)}",
        full_instances=full,
        standby_instances=draw(st.integers(0, full)),
        nat_gateways=draw(st.integers(0, 6)),
        mode=draw(st.sampled_from(FailoverMode)),
        approval_minutes=draw(st.floats(0, 10_080)),
        datapoints=draw(st.integers(1, 60)),
        confirmations=draw(st.integers(1, 10)),
        record_seconds=draw(st.integers(0, 60)),
        replica_lag_seconds=draw(st.floats(0, 300)),
        lag_limit_seconds=draw(st.floats(0, longest_lag_limit)),
        backup_lag_seconds=backup_lag,
        backup_lag_high_seconds=backup_lag + draw(st.floats(0, 3600)),
        primary_monthly_cost=draw(st.none() | st.floats(1, 1e6)),
    )


_SIZES = st.sampled_from([*prices.SMALL_SIZES, "xlarge", "2xlarge", "9xlarge", "metal", "metal-24xl"])


@st.composite
def needs(draw: st.DrawFn) -> Need:
    """Any need, some of them out of reach."""
    return Need(
        rto_minutes=draw(st.floats(1, 10_080)),
        rpo_minutes=draw(st.floats(0, 1440)),
        monthly_budget=draw(st.none() | st.floats(0, 1e6)),
    )
