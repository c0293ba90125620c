"""Simulated users' events through the functions' own code into rows, and the named queries asked of them.

The queries run on DuckDB here. What this does not prove: that Athena takes the same SQL.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest
import sqlglot
from components.analytics.functions.feeding import TYPES, firehose, rows

from aws_mobile_cli.simulator import Truth, simulate, truth_of
from pulumi_aws_mobile.analytics.event_schema import COLUMNS, PARTITIONS, schema_document
from pulumi_aws_mobile.analytics.functions.events import prepare, settings
from pulumi_aws_mobile.analytics.named_queries import fixed_queries, funnel_query, metrics_query

FIRST_DAY = int(datetime(2026, 1, 28, tzinfo=UTC).timestamp() * 1000)
"""Four days before the end of a month."""
DAYS = 7
DAY = 86_400_000
KINDS = {"string": "VARCHAR", "int": "INTEGER", "bigint": "BIGINT"}
MAPS = {"map<string,string>": "MAP(VARCHAR, VARCHAR)", "map<string,double>": "MAP(VARCHAR, DOUBLE)"}
Asked = tuple[duckdb.DuckDBPyConnection, Truth]


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SCHEMA", schema_document(1, TYPES))
        settings.settings.cache_clear()
        simulated = simulate(seed=1, devices=60, first_day=FIRST_DAY, days=DAYS, types=TYPES)
        arrived = FIRST_DAY + DAYS * DAY
        data = [event.sent(arrived) for event in (*simulated.events, *simulated.again)]
        answer = prepare.handle(firehose([*data, *simulated.broken], arrived), None)
    settings.settings.cache_clear()
    failed = [record for record in answer["records"] if record["result"] == "ProcessingFailed"]
    assert len(failed) == len(simulated.broken)
    with duckdb.connect() as lake:
        columns = {**COLUMNS, **PARTITIONS}
        lake.execute(f"CREATE TABLE events ({', '.join(f'{n} {(KINDS | MAPS)[k]}' for n, k in columns.items())})")
        taken = [[_value(row.get(name)) for name in columns] for row in rows(answer)]
        lake.executemany(f"INSERT INTO events VALUES ({', '.join('?' for _ in columns)})", taken)  # noqa: S608 - the test's own
        yield lake, truth_of(simulated.events)


def _value(value: object) -> object:
    return {"key": list(value), "value": list(value.values())} if isinstance(value, dict) else value


def ask(asked: Asked, query: str) -> list[tuple[Any, ...]]:
    (statement,) = sqlglot.transpile(query, read="trino", write="duckdb")
    return asked[0].execute(statement, ["2026-01-01", "2026-12-31"]).fetchall()


def test_something_was_simulated(asked: Asked) -> None:
    assert len(asked[1].events) > 500
    assert len(asked[1].monthly_active) == 2


@pytest.mark.parametrize("query", ["daily_active", "monthly_active", "retention", "custom_events"])
def test_a_named_query_gives_the_true_numbers(query: str, asked: Asked) -> None:
    assert ask(asked, fixed_queries()[query]) == getattr(asked[1], query)


def test_the_sessions_of_each_day_are_the_true_ones(asked: Asked) -> None:
    found = ask(asked, fixed_queries()["sessions"])
    assert found == [pytest.approx(row) for row in asked[1].sessions]


def test_a_funnel_counts_devices_that_took_the_steps_in_their_order(asked: Asked) -> None:
    steps = ["screen_view", "add_to_cart", "purchase", "screen_view"]
    found = ask(asked, funnel_query(steps))
    assert found == asked[1].funnel(steps)
    assert found[0][2] > found[2][2] > 0


def test_metrics_add_up(asked: Asked) -> None:
    found = ask(asked, metrics_query({"purchase": ["price"]}))
    assert found == [pytest.approx(row) for row in asked[1].metrics if row[2] == "price"]


def test_wrong_clocks_are_told(asked: Asked) -> None:
    assert {clock for _, clock, _ in asked[1].clocks} == {"good", "corrected"}
    assert ask(asked, fixed_queries()["clocks"]) == asked[1].clocks


def test_outside_the_span_nothing_is_counted(asked: Asked) -> None:
    (statement,) = sqlglot.transpile(fixed_queries()["daily_active"], read="trino", write="duckdb")
    assert asked[0].execute(statement, ["2025-01-01", "2025-12-31"]).fetchall() == []
