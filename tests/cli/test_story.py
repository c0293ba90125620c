"""A run is told system by system: what was checked, what failed, and what nobody looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli.conftest import Answer
from hypothesis import given
from hypothesis import strategies as st

from aws_mobile_cli.checks import Check, System
from aws_mobile_cli.progress import fitting
from aws_mobile_cli.story import Chapter, chapters, untold
from pulumi_aws_mobile.testing import Recording, record

Run = Callable[..., Answer]
Write = Callable[..., Path]


def _check(system: System, claim: str = "stands", *, passed: bool = True) -> Check:
    return Check("it", claim, passed=passed, seen="seen", system=system)


def _nothing() -> Recording:
    return record(lambda: None)


def test_the_systems_are_m1_to_m13() -> None:
    assert [system.number for system in System] == [f"M{number}" for number in range(1, 14)]


@given(st.lists(st.tuples(st.sampled_from(System), st.booleans(), st.floats(0, 10)), max_size=40))
def test_every_check_is_told_once_and_systems_come_in_their_order(made: list[tuple[System, bool, float]]) -> None:
    timed = [(_check(system, passed=passed), seconds) for system, passed, seconds in made]
    told = chapters(timed)
    assert [chapter.system for chapter in told] == [each for each in System if each in {one for one, _, _ in made}]
    assert sorted(map(id, (check for chapter in told for check in chapter.checks))) == sorted(
        id(check) for check, _ in timed
    )
    assert sum(chapter.seconds for chapter in told) == pytest.approx(sum(seconds for _, _, seconds in made))
    for chapter in told:
        assert chapter.document()["passed"] == all(ok for system, ok, _ in made if system is chapter.system)


def test_a_claim_about_several_resources_is_told_once_and_a_broken_one_first() -> None:
    checks = [_check(System.RECOVERY, "a"), _check(System.RECOVERY, "a"), _check(System.RECOVERY, "b", passed=False)]
    assert Chapter(System.RECOVERY, checks, 1).claims == ["b", "a"]


def test_a_system_without_a_check_is_never_told_as_one_that_passed() -> None:
    assert chapters([]) == []
    there, absent = untold(_nothing(), [])
    assert (there, absent) == ([], list(System))


def test_a_system_that_stands_unchecked_is_told_apart_from_one_that_is_not_there(
    aws_mobile: Run, project: Write
) -> None:
    program = (
        "import pulumi_aws as aws\n"
        'aws.cloudwatch.MetricAlarm("alarm", comparison_operator="GreaterThanThreshold", evaluation_periods=1,'
        ' metric_name="Errors", namespace="app", period=60, statistic="Sum", threshold=1)\n'
    )
    answer = aws_mobile("run", "--stack", "dev", "--json", folder=project(program))
    assert answer.document["unchecked"] == ["M12"]
    assert [each["number"] for each in answer.document["systems"]] == ["M13"]
    assert answer.document["absent"] == [f"M{number}" for number in range(1, 12)]
    shown = aws_mobile("run", "--stack", "dev", folder=project(program)).out
    assert "no check looked at: M12 Alarms and healing\n" in shown
    assert "not in this stack: M1 Client side, M2 Cognito user pools" in shown
    assert "M12 Alarms and healing" not in shown.partition("no check looked at")[0]


@given(
    st.lists(
        st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12),
        min_size=1,
        max_size=9,
        unique=True,
    ),
    st.integers(1, 200),
)
def test_a_line_holds_as_many_claims_as_it_has_room_for(claims: list[str], room: int) -> None:
    text = fitting(claims, room)
    told = text.split("; ")
    if text == claims[0]:
        assert len(claims) == 1 or len(f"{text}; {len(claims) - 1} more") > room
    elif told[-1].endswith(" more"):
        assert [*told[:-1], *claims[len(told) - 1 :]] == claims
        assert told[-1] == f"{len(claims) - len(told) + 1} more"
    else:
        assert told == claims


def test_where_no_terminal_is_nothing_is_cut() -> None:
    claims = ["a" * 200, "b" * 200]
    assert fitting(claims, None) == "; ".join(claims)
