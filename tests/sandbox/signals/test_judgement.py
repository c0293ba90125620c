"""States from data points, M of N: AWS's own tables, and a slow reference that counts every case."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_sandbox.runtime.signals.judgement import COMPARISONS, Condition, state

KEEPS = None
# What `X` and `0` stand for in AWS's tables: beyond the threshold, and not.
POINTS = {"-": None, "0": 0.0, "X": 1.0}
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")


def _judged(shown: str, to_alarm: int, missing: str) -> str | None:
    condition = Condition("GreaterThanOrEqualToThreshold", 1.0, 3, to_alarm, missing)
    return state(condition, [POINTS[each] for each in shown.split()])


# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
@pytest.mark.parametrize(
    ("shown", "to_alarm", "states"),
    [
        ("0 - X - X", 3, ("OK", "OK", "OK", "OK")),
        ("- - - - 0", 3, ("OK", "OK", "OK", "OK")),
        ("- - - - -", 3, ("INSUFFICIENT_DATA", KEEPS, "ALARM", "OK")),
        ("0 X X - X", 3, ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("- - X - -", 3, ("ALARM", KEEPS, "ALARM", "OK")),
        ("0 - X - X", 2, ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("0 0 X 0 X", 2, ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("0 - X - -", 2, ("OK", "OK", "ALARM", "OK")),
        ("- - - - 0", 2, ("OK", "OK", "ALARM", "OK")),
        ("- - - X -", 2, ("ALARM", KEEPS, "ALARM", "OK")),
    ],
)
def test_states_are_those_of_the_user_guide(shown: str, to_alarm: int, states: tuple[str | None, ...]) -> None:
    assert tuple(_judged(shown, to_alarm, missing) for missing in TREATMENTS) == states


@pytest.mark.parametrize("shown", ["- - - - X", "- - - X -"])
def test_a_single_late_point_does_not_ring_too_early(shown: str) -> None:
    assert _judged(shown, 3, "missing") is KEEPS


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [
        ("GreaterThanOrEqualToThreshold", "OK", "ALARM", "ALARM"),
        ("GreaterThanThreshold", "OK", "OK", "ALARM"),
        ("LessThanOrEqualToThreshold", "ALARM", "ALARM", "OK"),
        ("LessThanThreshold", "ALARM", "OK", "OK"),
    ],
)
def test_each_comparison_has_its_own_boundary(comparison: str, below: str, at: str, above: str) -> None:
    condition = Condition(comparison, 5.0, 1, 1)
    assert [state(condition, [None, None, value]) for value in (4.0, 5.0, 6.0)] == [below, at, above]


def _reference(condition: Condition, points: list[float | None]) -> str | None:
    """Count as the user guide tells it, one sentence after the other."""
    compare = COMPARISONS[condition.comparison]
    letters = ["-" if each is None else "X" if compare(each, condition.threshold) else "0" for each in points]
    there = [each for each in letters if each != "-"]
    if len(there) >= condition.periods:
        return "ALARM" if there[-condition.periods :].count("X") >= condition.to_alarm else "OK"
    to_fill = condition.periods - len(there)
    if condition.missing in {"breaching", "notBreaching"}:
        filled = [*there, *(["X" if condition.missing == "breaching" else "0"] * to_fill)]
        return "ALARM" if filled.count("X") >= condition.to_alarm else "OK"
    if not there:
        return "INSUFFICIENT_DATA" if condition.missing == "missing" else None
    if there.count("X") >= condition.to_alarm:
        return "ALARM"
    if "0" in there:
        return "OK"
    age = len(letters) - letters.index("X")
    return "ALARM" if condition.missing == "missing" and age >= condition.to_alarm else None


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Condition, list[float | None]]:
    periods = draw(st.integers(1, 8))
    condition = Condition(
        draw(st.sampled_from(sorted(COMPARISONS))),
        2.0,
        periods,
        draw(st.integers(1, periods)),
        draw(st.sampled_from(TREATMENTS)),
    )
    point = st.none() | st.sampled_from([1.0, 2.0, 3.0])
    size = condition.range_periods
    return condition, draw(st.lists(point, min_size=size, max_size=size))


@settings(deadline=None, max_examples=100)
@given(_cases())
def test_any_points_give_what_the_reference_counts(case: tuple[Condition, list[float | None]]) -> None:
    condition, points = case
    assert state(condition, points) == _reference(condition, points)


@settings(deadline=None, max_examples=60)
@given(_cases())
def test_a_smaller_m_never_ends_an_alarm(case: tuple[Condition, list[float | None]]) -> None:
    condition, points = case
    rings = [
        state(Condition(condition.comparison, 2.0, condition.periods, wanted, condition.missing), points) == "ALARM"
        for wanted in range(1, condition.periods + 1)
    ]
    assert all(before or not after for before, after in pairwise(rings))
