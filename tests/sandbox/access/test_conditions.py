"""The condition operators, each with what AWS documents of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.access.world import Json

from pulumi_aws_sandbox.runtime.access.conditions import hold, is_known

_ONE = [
    ("StringEquals", "ann", "ann", True),
    ("StringEquals", "Ann", "ann", False),
    ("StringEquals", "ann", ["bob", "ann"], True),
    ("StringEquals", "ann", "a*", False),
    ("StringEquals", "a*", "a${*}", True),
    ("StringNotEquals", "ann", ["bob", "ann"], False),
    ("StringNotEquals", "ann", "bob", True),
    ("StringNotEquals", None, "bob", True),
    ("StringEquals", None, "bob", False),
    ("StringEqualsIfExists", None, "bob", True),
    ("StringEqualsIfExists", "ann", "bob", False),
    ("StringEqualsIgnoreCase", "Ann", "aNN", True),
    ("StringNotEqualsIgnoreCase", "Ann", "aNN", False),
    ("StringLike", "home/ann/", "home/*/", True),
    ("StringLike", "home/", "home/??*", False),
    ("StringNotLike", "home/ann/", "home/*", False),
    ("NumericEquals", "10", "10.0", True),
    ("NumericNotEquals", "10", "11", True),
    ("NumericLessThan", "9", 10, True),
    ("NumericLessThanEquals", "10", "10", True),
    ("NumericGreaterThan", "9", "10", False),
    ("NumericGreaterThanEquals", "many", "10", False),
    ("DateLessThan", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", True),
    ("DateGreaterThan", "1767225600", "2025-12-31T23:59:59Z", True),
    ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", True),
    ("DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01", False),
    ("Bool", "true", True, True),
    ("Bool", "false", "true", False),
    ("Bool", None, "false", False),
    ("BoolIfExists", None, "true", True),
    ("Null", None, "true", True),
    ("Null", "x", True, False),
    ("Null", "x", "false", True),
    ("IpAddress", "203.0.113.9", "203.0.113.0/24", True),
    ("IpAddress", "203.0.114.9", ["203.0.113.0/24", "203.0.114.9"], True),
    ("IpAddress", "2001:db8::1", "2001:db8::/32", True),
    ("NotIpAddress", "203.0.113.9", "203.0.113.0/24", False),
    ("NotIpAddress", "198.51.100.1", "203.0.113.0/24", True),
    ("ArnEquals", "arn:aws:sns:eu-west-1:1:a", "arn:aws:sns:*:1:a", True),
    ("ArnLike", "arn:aws:sns:eu-west-1:1:a", "arn:aws:sns:*:a", False),
    ("ArnNotLike", "arn:aws:sns:eu-west-1:1:a", "arn:aws:sns:*:2:*", True),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
    ("BinaryEquals", "QmluYXJ5", "b3RoZXI=", False),
    ("StringResembles", "a", "a", False),
]


@pytest.mark.parametrize(("operator", "actual", "expected", "holds"), _ONE)
def test_one_value_is_compared(operator: str, actual: str | None, expected: Json, holds: bool) -> None:
    context = {} if actual is None else {"own:key": actual}
    assert hold({operator: {"own:Key": expected}}, context) is holds


_MANY = [
    ("ForAllValues:StringEquals", ["a", "b"], ["a", "b", "c"], True),
    ("ForAllValues:StringEquals", ["a", "z"], ["a", "b", "c"], False),
    ("ForAllValues:StringEquals", None, ["a"], True),
    ("ForAllValues:StringEquals", [], ["a"], True),
    ("ForAllValues:StringNotEquals", ["x", "y"], ["a"], True),
    ("ForAllValues:StringNotEquals", ["x", "a"], ["a"], False),
    ("ForAnyValue:StringEquals", ["a", "z"], ["a"], True),
    ("ForAnyValue:StringEquals", ["y", "z"], ["a"], False),
    ("ForAnyValue:StringEquals", None, ["a"], False),
    ("ForAnyValue:StringNotEquals", ["a", "z"], ["a"], True),
    ("ForAnyValue:StringNotEquals", None, ["a"], False),
    ("ForAnyValue:StringLike", ["authenticated", "pool"], "authenticated", True),
    ("ForAnyValue:StringLike", ["unauthenticated"], "authenticated", False),
    ("ForAnyValue:StringLikeIfExists", None, "authenticated", True),
    ("StringEquals", ["a", "z"], "z", True),
    ("StringNotEquals", ["a", "z"], "z", False),
    ("Null", [], "true", True),
]


@pytest.mark.parametrize(("operator", "actual", "expected", "holds"), _MANY)
def test_many_values_are_compared(operator: str, actual: list[str] | None, expected: Json, holds: bool) -> None:
    context = {} if actual is None else {"own:key": actual}
    assert hold({operator: {"own:Key": expected}}, context) is holds


def test_all_conditions_must_hold() -> None:
    conditions = {"StringEquals": {"a": "1", "b": "2"}, "Bool": {"c": "true"}}
    assert hold(conditions, {"a": "1", "b": "2", "c": "true"})
    assert not hold(conditions, {"a": "1", "b": "3", "c": "true"})
    assert not hold(conditions, {"a": "1", "b": "2", "c": "false"})


def test_a_condition_may_compare_with_another_key() -> None:
    conditions = {"StringEquals": {"s3:ResourceAccount": "${aws:PrincipalAccount}"}}
    context = {"s3:resourceaccount": "1", "aws:principalaccount": "1"}
    assert hold(conditions, context)
    assert not hold(conditions, context, variables=False)


@given(
    st.sampled_from(["StringEquals", "NumericEquals", "IpAddress", "ArnLike", "Bool"]),
    st.lists(st.sampled_from(["1", "2", "true", "10.0.0.1"]), max_size=3),
    st.lists(st.sampled_from(["1", "2", "true", "10.0.0.1"]), min_size=1, max_size=3),
)
@settings(deadline=None, max_examples=100)
def test_for_any_value_is_for_all_values_turned_round(operator: str, actual: list[str], expected: list[str]) -> None:
    def fits(value: str) -> bool:
        return hold({operator: {"k": expected}}, {"k": value})

    assert hold({f"ForAnyValue:{operator}": {"k": expected}}, {"k": actual}) == any(map(fits, actual))
    assert hold({f"ForAllValues:{operator}": {"k": expected}}, {"k": actual}) == all(map(fits, actual))


@given(
    st.sampled_from(["String", "Numeric", "Date"]),
    st.sampled_from([None, "1", "2", "3"]),
    st.lists(st.sampled_from(["1", "2"]), min_size=1, max_size=2),
)
@settings(deadline=None, max_examples=100)
def test_a_negated_operator_is_the_opposite(kind: str, actual: str | None, expected: list[str]) -> None:
    context = {} if actual is None else {"k": actual}
    positive = hold({f"{kind}Equals": {"k": expected}}, context)
    assert hold({f"{kind}NotEquals": {"k": expected}}, context) is not positive


@pytest.mark.parametrize(
    "operator", ["ForAllValues:NotIpAddress", "ArnNotLikeIfExists", "Null", "DateGreaterThanEquals"]
)
def test_operators_of_iam_are_known(operator: str) -> None:
    assert is_known(operator)


def test_operators_that_iam_lacks_are_not_known() -> None:
    assert not is_known("StringContains")
