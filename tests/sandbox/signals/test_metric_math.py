"""Metric math."""

import pytest

from pulumi_aws_sandbox.runtime.signals.metric_math import Inputs, evaluate, parse

SERIES = {"failures": {1: 2.0}, "requests": {0: 10.0, 1: 20.0, 3: 0.0}, "within": {0: 99.0, 1: 90.0}}
INPUTS = Inputs(SERIES, 4, 60)


@pytest.mark.parametrize(
    ("expression", "series"),
    [
        ("failures / requests", {1: 0.1}),
        ("100 * FILL(failures, 0) / requests", {0: 0.0, 1: 10.0}),
        ("IF(requests >= 10, 100 * FILL(failures, 0) / requests, 0)", {0: 0.0, 1: 10.0, 3: 0.0}),
        ("IF(requests >= 15, 100 - within, 0)", {0: 0.0, 1: 10.0, 3: 0.0}),
        ("IF(FILL(failures, 0) < 1 AND FILL(requests, 0) > 5, 1, 0)", {0: 1.0, 1: 0.0, 2: 0.0, 3: 0.0}),
        ("FILL(failures, 0) + FILL(within, 0)", {0: 99.0, 1: 92.0, 2: 0.0, 3: 0.0}),
        ("SUM([failures, requests])", {0: 10.0, 1: 22.0, 3: 0.0}),
        ("MAX(METRICS())", {0: 99.0, 1: 90.0, 3: 0.0}),
        ("MIN(METRICS('requ'))", {0: 10.0, 1: 20.0, 3: 0.0}),
        ("SUM(requests)", {0: 30.0, 1: 30.0, 2: 30.0, 3: 30.0}),
        ("-failures ^ 2", {1: -4.0}),
        ("2 ^ failures * 3 - 1", {1: 11.0}),
        ("(requests == 10 OR requests == 0) + 1", {0: 2.0, 1: 1.0, 3: 2.0}),
        ("failures / 0", {}),
        ("FILL(requests, REPEAT)", {0: 10.0, 1: 20.0, 2: 20.0, 3: 0.0}),
        ("FILL(requests, LINEAR)", {0: 10.0, 1: 20.0, 2: 10.0, 3: 0.0}),
        ("FILL(failures, requests)", {0: 10.0, 1: 2.0, 3: 0.0}),
        ("DIFF(requests)", {1: 10.0, 3: -20.0}),
        ("RATE(requests)", {1: 10 / 60, 3: -20 / 120}),
        ("requests / PERIOD(requests)", {0: 10 / 60, 1: 20 / 60, 3: 0.0}),
        ("RUNNING_SUM(requests)", {0: 10.0, 1: 30.0, 3: 30.0}),
        ("CEIL(failures / 3) + FLOOR(ABS(0 - 1.5))", {1: 2.0}),
    ],
)
def test_an_expression_comes_to_a_series(expression: str, series: dict[int, float]) -> None:
    assert evaluate(expression, INPUTS) == pytest.approx(series)


def test_an_expression_names_what_it_uses() -> None:
    assert parse("IF(FILL(a, REPEAT) > 0, b, SUM(METRICS()))").names == {"METRICS", "a", "b"}


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("a +", "expected a number, an id or a function at the end"),
        ("a b", 'expected a number, an id or a function at "b"'),
        ("(a", 'expected ")" at the end'),
        ("IF(a)", "IF takes 2 to 3 arguments; got 1"),
        (
            "SEARCH('x', 'Sum', 60)",
            (
                "the sandbox has no function SEARCH; it has ABS, AVG, CEIL, DIFF, FILL, FLOOR, IF, MAX, METRICS, "
                "METRIC_COUNT, MIN, PERIOD, RATE, RUNNING_SUM, STDDEV, SUM"
            ),
        ),
    ],
)
def test_what_is_no_expression_is_refused(expression: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".*") as refused:
        parse(expression)
    assert str(refused.value) == why


def test_an_alarm_watches_one_series() -> None:
    with pytest.raises(ValueError, match=r"^METRICS\(\): an alarm watches one time series; got 3$"):
        evaluate("METRICS()", INPUTS)
