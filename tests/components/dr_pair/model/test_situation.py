"""What no stack is like is refused, with what may stand there."""

from typing import Any

import pytest

from pulumi_aws_mobile.dr_pair.choices import FailoverMode
from pulumi_aws_mobile.dr_pair.model import Situation, prices


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"database_gib": -1}, "database_gib: got -1; allowed: 0 or more"),
        ({"full_instances": 0, "standby_instances": 0}, "full_instances: got 0; allowed: 1 or more"),
        ({"standby_instances": -1}, "standby_instances: got -1; allowed: 0 or more"),
        ({"standby_instances": 3}, "standby_instances: got 3; allowed: 0 to full_instances, 2"),
        ({"nat_gateways": -1}, "nat_gateways: got -1; allowed: 0 or more"),
        ({"approval_minutes": -1}, "approval_minutes: got -1; allowed: 0 or more"),
        ({"datapoints": 0}, "datapoints: got 0; allowed: 1 or more"),
        ({"confirmations": 0}, "confirmations: got 0; allowed: 1 or more"),
        ({"probe_seconds": 5}, "probe_seconds: got 5; allowed: 10 or more"),
        ({"record_seconds": -1}, "record_seconds: got -1; allowed: 0 or more"),
        ({"replica_lag_seconds": -1}, "replica_lag_seconds: got -1; allowed: 0 or more"),
        ({"lag_limit_seconds": -1}, "lag_limit_seconds: got -1; allowed: 0 or more"),
        ({"backup_lag_seconds": -1}, "backup_lag_seconds: got -1; allowed: 0 or more"),
        (
            {"backup_lag_high_seconds": 60},
            "backup_lag_high_seconds: got 60; allowed: backup_lag_seconds, 1050, or more",
        ),
        ({"primary_monthly_cost": 0}, "primary_monthly_cost: got 0; allowed: more than 0"),
        ({"engine": "oracle"}, 'engine: got "oracle"; allowed: mysql | mariadb | postgres'),
        (
            {"instance_class": "m7g.large"},
            'instance_class: got "m7g.large"; allowed: db.FAMILY.SIZE, for example db.m7g.large',
        ),
        ({"server_type": "t4g.tiny"}, 'server_type: got "t4g.tiny"; allowed: FAMILY.SIZE, for example t4g.small'),
    ],
)
def test_it_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        Situation(**options)
    assert str(caught.value) == message


def test_a_mode_may_be_a_word() -> None:
    assert Situation(mode="automatic").mode is FailoverMode.AUTOMATIC  # type: ignore[bad-argument-type] # as YAML has it


def test_a_family_without_a_price_costs_what_a_general_one_does() -> None:
    assert prices.database_hour("db.z9x.xlarge", "mysql") == prices.database_hour("db.m7g.xlarge", "mysql")
    assert prices.server_hour("z9x.xlarge") == prices.server_hour("m7g.xlarge")


def test_the_listed_prices_come_out() -> None:
    assert round(prices.database_hour("db.t4g.micro", "mysql"), 3) == 0.016
    assert round(prices.database_hour("db.t4g.medium", "mariadb"), 4) == 0.0645
    assert round(prices.server_hour("t4g.small"), 4) == 0.0168


@pytest.mark.parametrize(
    ("size", "larges"),
    [("small", 0.25), ("large", 1), ("xlarge", 2), ("9xlarge", 18), ("metal", 32), ("metal-24xl", 48)],
)
def test_each_size_costs_what_it_counts_in_large(size: str, larges: float) -> None:
    assert prices.server_hour(f"m7g.{size}") == larges * prices.server_hour("m7g.large")
    assert prices.database_hour(f"db.m7g.{size}", "mysql") == larges * prices.database_hour("db.m7g.large", "mysql")


def test_postgresql_costs_a_little_more() -> None:
    assert prices.database_hour("db.m7g.large", "postgres") == pytest.approx(1.04 * 0.168)
