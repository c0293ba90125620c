"""Values as they come over the wire: wrapped, marked, secret; and how each kind is called."""

import pytest
from policy.test_view import SIGNATURE, secret

from aws_mobile_guard.wire import UNKNOWN, UNKNOWN_TEXT, Hidden, kind, plain, unwrap

OUTPUT = {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}


class Other:
    """Something that is no JSON."""


@pytest.mark.parametrize(
    ("value", "called"),
    [
        (None, "nothing"),
        (True, "true or false"),
        (7, "a number"),
        (7.5, "a number"),
        ("seven", "text"),
        ({}, "an object"),
        ([], "a list"),
        (Other(), "something else"),
    ],
)
def test_a_kind_of_value_has_a_name(value: object, called: str) -> None:
    assert kind(value) == called


@pytest.mark.parametrize("value", [None, True, 7, 7.5, "text", [], ["a"], {}, {"value": "v"}, UNKNOWN])
def test_what_is_not_wrapped_is_itself_and_no_secret(value: object) -> None:
    assert unwrap(value) == (value, False)
    other = Other()
    assert unwrap(other) == (other, False)


@pytest.mark.parametrize(
    ("value", "inner", "hidden"),
    [
        (UNKNOWN_TEXT, UNKNOWN, False),
        (secret("canary"), "canary", True),
        (secret(UNKNOWN_TEXT), UNKNOWN, True),
        ({**OUTPUT, "value": "known"}, "known", False),
        ({**OUTPUT, "value": "canary", "secret": True}, "canary", True),
        (OUTPUT, UNKNOWN, False),
    ],
)
def test_a_wrapped_value_is_opened(value: object, inner: object, *, hidden: bool) -> None:
    assert unwrap(value) == (inner, hidden)


def test_all_of_a_secret_document_hides_and_still_compares() -> None:
    whole = plain(secret({"a": ["canary", {"b": "canary"}], "n": 7}), secret=False)
    assert whole == {"a": ["canary", {"b": "canary"}], "n": 7}
    assert isinstance(whole["a"][0], Hidden)
    assert isinstance(whole["a"][1]["b"], Hidden)
    assert "canary" not in str(whole)
    assert "canary" not in str(plain({"a": [secret("canary")]}, secret=False))
    assert str(plain({"a": ["open"]}, secret=False)) == "{'a': ['open']}"


def test_a_document_with_anything_unknown_is_unknown() -> None:
    assert plain({"a": ["b", {"c": UNKNOWN_TEXT}]}, secret=False) is UNKNOWN
    assert plain([UNKNOWN_TEXT], secret=True) is UNKNOWN


def test_the_unknown_has_no_truth_and_says_how_to_ask() -> None:
    with pytest.raises(TypeError, match=r"^an unknown value has no truth; compare it by `is UNKNOWN`$"):
        bool(UNKNOWN)
