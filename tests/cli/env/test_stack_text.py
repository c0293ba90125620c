"""Changing single options of a stack file without touching the rest of its text."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aws_mobile_cli.env.stack_text import StackText
from aws_mobile_cli.exits import UsageError

TEXT = """\
# yaml-language-server: $schema=./Pulumi.schema.json
# Ours.
config:
  aws:region: eu-west-1 # home
  app:flow: {a: 1, b: [x, y], c: {d: 2}}
  app:block:
    # About deep.
    deep:
      one: 1
      two: "2"
    # About list.
    list:
      - name: first
        size: 1
      - second
  app:empty:
encryptionsalt: v1:abc
"""
AT = ("config", "app:block")


def changed(*lines: tuple[str, str]) -> str:
    text = TEXT
    for before, after in lines:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        (("config", "aws:region"), "eu-north-1", changed(("eu-west-1", "eu-north-1"))),
        (("config", "app:flow", "a"), False, changed(("a: 1", "a: false"))),
        (("config", "app:flow", "c"), 3, changed(("{d: 2}", "3"))),
        (("config", "app:flow", "b", 1), "z", changed(("y]", "z]"))),
        (("config", "app:flow", "e"), {"f": [1]}, changed(("{d: 2}}", "{d: 2}, e: {f: [1]}}"))),
        ((*AT, "deep", "two"), "no", changed(('"2"', "'no'"))),
        ((*AT, "deep", "three"), 3, changed(('"2"\n', '"2"\n      three: 3\n'))),
        ((*AT, "deep"), {}, changed(("    deep:\n      one: 1\n      two:", "    deep: {}\n"), (' "2"\n', ""))),
        ((*AT, "new", "inner"), 1, changed(("- second\n", "- second\n    new: {inner: 1}\n"))),
        (("config", "app:empty", "x"), 1, changed(("app:empty:", "app:empty: {x: 1}"))),
        (("config", "app:more", "x"), 1, changed(("app:empty:\n", "app:empty:\n  app:more:\n    x: 1\n"))),
        (("other",), 1, f"{TEXT}other: 1\n"),
    ],
)
def test_an_option_is_set_and_the_rest_stays(path: tuple[str | int, ...], value: object, text: str) -> None:
    stack = StackText(TEXT)
    stack.put(path, value)
    assert stack.text == text
    assert stack.get(path) == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("config", "aws:region"), changed(("  aws:region: eu-west-1 # home\n", ""))),
        (("config", "app:flow", "a"), changed(("a: 1, ", ""))),
        (("config", "app:flow", "b", 1), changed((", y", ""))),
        (("config", "app:flow", "c"), changed((", c: {d: 2}", ""))),
        (("config", "app:flow", "c", "d"), changed(("{d: 2}", "{}"))),
        ((*AT, "deep"), changed(('    # About deep.\n    deep:\n      one: 1\n      two: "2"\n', ""))),
        ((*AT, "deep", "two"), changed(('      two: "2"\n', ""))),
        ((*AT, "list", 1), changed(("      - second\n", ""))),
        ((*AT, "list", 0), changed(("      - name: first\n        size: 1\n", ""))),
        (("encryptionsalt",), changed(("encryptionsalt: v1:abc\n", ""))),
    ],
)
def test_an_option_is_taken_away_with_its_comment_and_what_is_around_it_stays(
    path: tuple[str | int, ...], text: str
) -> None:
    stack = StackText(TEXT)
    stack.drop(path)
    assert stack.text == text
    assert stack.get(path) is None or isinstance(path[-1], int)


def test_a_new_head_keeps_what_editors_read() -> None:
    stack = StackText(TEXT)
    stack.head(["Theirs."])
    assert stack.text == changed(("# Ours.", "# Theirs."))


def test_a_layout_that_cannot_be_changed_is_refused() -> None:
    stack = StackText("config:\n  app:a: &shared {x: 1}\n  app:b: *shared\n")
    with pytest.raises(UsageError) as raised:
        stack.put(("config", "app:b", "x"), 2)
    assert str(raised.value) == (
        "the stack file is laid out in a way that cannot be changed option by option (anchors, perhaps)"
    )


NAMES = st.text("abcxyz-", min_size=1, max_size=4).filter(lambda name: name[0].isalpha())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("a :#'{}\n", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=100)
@given(
    before=st.dictionaries(NAMES, VALUES, min_size=1, max_size=4),
    path=st.lists(NAMES, min_size=1, max_size=3),
    value=VALUES,
    flow=st.sampled_from([True, False, None]),
)
def test_whatever_a_file_says_an_option_can_be_set_and_taken_away_again(
    before: dict[str, object], path: list[str], value: object, *, flow: bool | None
) -> None:
    stack = StackText(yaml.safe_dump({"config": before}, default_flow_style=flow))
    where = ("config", *path)
    stack.put(where, value)
    assert stack.get(where) == value
    stack.drop(where)
    assert stack.get(where) is None
    assert (yaml.safe_load(stack.text) or {}) == stack.values
