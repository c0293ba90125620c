from collections.abc import Mapping
from enum import Enum
from typing import Any, NotRequired, TypedDict

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.args_reader import fields, read_args, with_stand_ins
from pulumi_aws_mobile.errors import ArgsError, Problems, closest
from pulumi_aws_mobile.limits import CONFIDENTIAL, Between, Limits


class Colour(str, Enum):
    RED = "red"
    GREEN = "green"


class InnerArgs(TypedDict):
    size: NotRequired[int]
    label: NotRequired[pulumi.Input[str]]


class OuterArgs(TypedDict):
    name: str
    colour: NotRequired[Colour]
    ratio: NotRequired[float]
    ready: NotRequired[bool]
    days: NotRequired[int]
    key: NotRequired[pulumi.Input[str]]
    ids: NotRequired[pulumi.Input[list[str]]]
    zones: NotRequired[list[str]]
    inner: NotRequired[InnerArgs]
    by_key: NotRequired[dict[str, InnerArgs]]
    sizes: NotRequired[dict[str, int]]
    items: NotRequired[list[InnerArgs]]
    maybe: NotRequired[str | None]


LIMITS: Limits = {
    OuterArgs: {"days": Between(1, 35, "days"), "sizes": Between(0, 9)},
    InnerArgs: {"size": Between(1, 4)},
}


def read(args: object) -> tuple[dict[str, Any], list[str]]:
    problems = Problems()
    values = read_args(OuterArgs, args, LIMITS, problems)
    return values, [str(problem) for problem in problems]


def problems_of(args: Mapping[str, Any]) -> list[str]:
    return read({"name": "n", **args})[1]


def test_options_come_back_in_their_declared_types() -> None:
    values, problems = read(
        {
            "name": "n",
            "colour": "green",
            "ratio": 2,
            "days": 7.0,
            "inner": {"size": 3.0},
            "by_key": {"a": {"size": 1}},
            "items": [{"size": 2}],
        }
    )
    assert problems == []
    assert values == {
        "name": "n",
        "colour": Colour.GREEN,
        "ratio": 2,
        "days": 7,
        "inner": {"size": 3},
        "by_key": {"a": {"size": 1}},
        "items": [{"size": 2}],
    }
    assert type(values["days"]) is int


def test_an_option_set_to_none_counts_as_not_given() -> None:
    assert read({"name": "n", "days": None}) == ({"name": "n"}, [])


def test_a_missing_required_option_is_named() -> None:
    assert read({})[1] == ["name: got nothing; allowed: a text; give it; it has no default"]


def test_an_unknown_option_gets_the_closest_match() -> None:
    assert problems_of({"dayz": 3}) == [
        (
            "dayz: got 3; allowed: by_key, colour, days, ids, inner, items, key, maybe, name, ratio, ready, sizes, "
            'zones; did you mean "days"?'
        )
    ]


def test_an_unknown_option_far_from_all_is_to_be_removed() -> None:
    assert problems_of({"inner": {"quux": 1}}) == ["inner.quux: got 1; allowed: label, size; remove it"]


def test_an_unknown_word_of_a_closed_set_gets_the_closest_match() -> None:
    assert problems_of({"colour": "Red"}) == ['colour: got "Red"; allowed: red | green; did you mean "red"?']


def test_the_closest_match_is_given_as_it_is_written() -> None:
    assert closest("all", ["ALL", "ACCEPT"]) == "ALL"


def test_a_word_far_from_the_closed_set_lists_it() -> None:
    assert problems_of({"colour": 7}) == ["colour: got 7; allowed: red | green; choose one of these"]


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ({"days": "7"}, 'days: got "7"; allowed: 1 to 35 days; write a whole number'),
        ({"days": True}, "days: got true; allowed: 1 to 35 days; write a whole number"),
        ({"days": 7.5}, "days: got 7.5; allowed: 1 to 35 days; write a whole number"),
        ({"days": 36}, "days: got 36; allowed: 1 to 35 days; choose an allowed value"),
        ({"ready": "true"}, 'ready: got "true"; allowed: true or false; write true or false'),
        ({"ratio": "half"}, 'ratio: got "half"; allowed: a number; write a number'),
        ({"zones": "eu-west-1a"}, 'zones: got "eu-west-1a"; allowed: a list; write it as a list'),
        ({"sizes": [1]}, "sizes: got [1]; allowed: a mapping; write it as keys and values"),
        ({"sizes": {"a": 10}}, "sizes.a: got 10; allowed: 0 to 9; choose an allowed value"),
        ({"zones": ["a", 1]}, "zones[1]: got 1; allowed: a text; write a text"),
        ({"items": [{}, {"size": 5}]}, "items[1].size: got 5; allowed: 1 to 4; choose an allowed value"),
        ({"by_key": {"x": 1}}, "by_key.x: got 1; allowed: the options of InnerArgs; give a mapping of options"),
        ({"inner": []}, "inner: got []; allowed: the options of InnerArgs; give a mapping of options"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_path(args: dict[str, Any], problem: str) -> None:
    assert problems_of(args) == [problem]


def test_arguments_that_are_no_mapping_are_refused() -> None:
    assert read(3) == ({}, ["args: got 3; allowed: the options of OuterArgs; give a mapping of options"])


def test_an_output_passes_where_the_type_takes_one() -> None:
    key = pulumi.Output.from_input("k")
    values, problems = read({"name": "n", "key": key, "ids": key, "inner": {"label": key}})
    assert problems == []
    assert values["key"] is key
    assert values["inner"]["label"] is key


def test_an_output_is_refused_where_the_value_decides_what_exists() -> None:
    assert problems_of({"zones": pulumi.Output.from_input(["a"])}) == [
        (
            "zones: got an output of another resource; allowed: a list, known before anything is created; "
            "give the value itself: it decides which resources exist"
        )
    ]


def test_an_output_inside_a_plain_list_of_inputs_is_refused() -> None:
    assert problems_of({"zones": [pulumi.Output.from_input("a")]}) == [
        (
            "zones[0]: got an output of another resource; allowed: a text, known before anything is created; "
            "give the value itself: it decides which resources exist"
        )
    ]


def test_every_problem_is_listed_at_once_and_the_good_options_stay() -> None:
    values, problems = read({"name": "n", "days": 0, "colour": "x", "ready": True})
    assert len(problems) == 2
    assert values == {"name": "n", "ready": True}


def test_the_error_names_the_subject_and_counts() -> None:
    problems = Problems()
    read_args(OuterArgs, {"days": 0}, LIMITS, problems)
    with pytest.raises(ArgsError) as raised:
        problems.raise_for('Outer "x"')
    assert str(raised.value) == (
        'Outer "x": 2 problems\n'
        "  days: got 0; allowed: 1 to 35 days; choose an allowed value\n"
        "  name: got nothing; allowed: a text; give it; it has no default"
    )


def test_no_problem_raises_nothing() -> None:
    Problems().raise_for("x")


def test_a_problem_inside_an_option_touches_it_and_its_like_named_neighbour_not() -> None:
    problems = Problems()
    problems.add("days.x[0].y", 1, "a", "b")
    assert problems.touches("days")
    assert problems.touches("days.x")
    assert not problems.touches("day")
    assert not problems.touches("days.x[0].y.z")


def test_fields_tell_which_options_take_outputs() -> None:
    assert [name for name, field in fields(OuterArgs).items() if field.takes_outputs] == ["key", "ids"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*fields(OuterArgs), "other"]), JSON, max_size=6))
def test_whatever_is_given_is_either_read_or_noted_and_never_raises(args: dict[str, Any]) -> None:
    values, problems = read(args)
    for name, value in args.items():
        if value is not None:
            assert (name in values) != any(problem.startswith(name) for problem in problems)


class LoginArgs(TypedDict):
    secret: NotRequired[pulumi.Input[str]]


@pytest.mark.parametrize("args", [{"secret": 12345}, {"secret": ["12345"]}, {"secrets": "12345"}, {"secret": ""}])
def test_a_confidential_value_is_never_repeated(args: dict[str, Any]) -> None:
    problems = Problems()
    read_args(LoginArgs, args, {LoginArgs: {"secret": CONFIDENTIAL}}, problems, "login")
    (problem,) = problems
    assert problem.got == "a value that is not shown"
    assert "12345" not in str(problem)


STAND_INS = {"part": {"id": "to be made"}, "outer.inner": {"size": 1}}


def test_a_stand_in_takes_the_place_of_an_option_that_comes_later() -> None:
    assert with_stand_ins({"part": {}, "other": 1}, STAND_INS) == {"part": {"id": "to be made"}, "other": 1}


def test_a_stand_in_never_takes_the_place_of_what_was_given() -> None:
    assert with_stand_ins({"part": {"id": "mine"}}, STAND_INS) == {"part": {"id": "mine"}}


def test_stand_ins_make_no_object_that_was_not_given() -> None:
    assert with_stand_ins({"outer": {}}, STAND_INS) == {"outer": {}}


def test_stand_ins_reach_objects_within_objects() -> None:
    given = {"outer": {"inner": {}, "more": True}}
    assert with_stand_ins(given, STAND_INS) == {"outer": {"inner": {"size": 1}, "more": True}}
    assert given == {"outer": {"inner": {}, "more": True}}


@pytest.mark.parametrize("args", [None, 3, {"part": "text"}])
def test_what_is_no_mapping_stays_for_the_reader_to_refuse(args: object) -> None:
    assert with_stand_ins(args, STAND_INS) == args
