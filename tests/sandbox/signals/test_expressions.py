"""Expressions are calculated each after those that it uses."""

import pytest

from pulumi_aws_sandbox.runtime.signals.datapoints import Range
from pulumi_aws_sandbox.runtime.signals.expressions import calculate

_SEEN = Range(120.0, 60, 2)


def test_an_expression_may_stand_before_those_that_it_uses() -> None:
    found = calculate({"late": "early * 2", "early": "a + 1"}, {"a": {0: 1.0, 1: 2.0}}, _SEEN)
    assert found == {"a": {0: 1.0, 1: 2.0}, "early": {0: 2.0, 1: 3.0}, "late": {0: 4.0, 1: 6.0}}


def test_metrics_are_those_of_the_request_without_what_is_made_of_them() -> None:
    found = calculate({"double": "a * 2", "all": "SUM(METRICS())"}, {"a": {0: 1.0}, "b": {0: 5.0}}, _SEEN)
    assert found["all"] == {0: 6.0}


@pytest.mark.parametrize(
    ("expressions", "named"), [({"x": "y + 1", "y": "x + 1"}, "x, y"), ({"ok": "a", "x": "nobody"}, "x")]
)
def test_expressions_that_wait_for_one_another_or_for_nothing_are_named(
    expressions: dict[str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=f"^the expressions {named} depend on one another or on nothing$"):
        calculate(expressions, {"a": {0: 1.0}}, _SEEN)
