"""IAM's wildcards, variables and ARNs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_sandbox.runtime.access.patterns import arn_matches, fill, matches


def _slowly(pattern: str, text: str) -> bool:
    """Match by trying every way a star can be read."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(_slowly(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in {"?", text[0]} and _slowly(pattern[1:], text[1:])


@given(st.text("ab*?[\n", max_size=6), st.text("ab[\n", max_size=6))
@settings(deadline=None, max_examples=100)
def test_wildcards_match_as_if_every_reading_were_tried(pattern: str, text: str) -> None:
    assert matches(pattern, text) == _slowly(pattern, text)


@given(st.text("a*?${}:", max_size=6), st.text("a*?${}:b", max_size=6))
@settings(deadline=None, max_examples=100)
def test_what_a_variable_holds_stands_for_itself(held: str, text: str) -> None:
    assert matches("${own:key}", text, {"own:key": held}) == (held == text)


@pytest.mark.parametrize(
    ("pattern", "arn", "fits"),
    [
        ("*", "arn:aws:s3:::files/a", True),
        ("arn:aws:s3:::files/*", "arn:aws:s3:::files/a/b:c", True),
        ("arn:aws:s3:::files/*", "arn:aws:s3:::files", False),
        ("arn:aws:s3:::files/?", "arn:aws:s3:::files/ab", False),
        ("arn:aws:sqs:*:123456789012:orders", "arn:aws:sqs:eu-west-1:123456789012:orders", True),
        ("arn:aws:sqs:*:orders", "arn:aws:sqs:eu-west-1:123456789012:orders", False),
        ("arn:aws:sqs:eu-west-1", "arn:aws:sqs:eu-west-1:123456789012:orders", True),
        ("arn:aws:sqs:eu-*:*:*", "arn:aws:sqs:us-east-1:123456789012:orders", False),
        ("arn:aws:s3:::Files/*", "arn:aws:s3:::files/a", False),
        ("arn:aws:logs:*:*:log-group:/app:*", "arn:aws:logs:eu-west-1:1:log-group:/app:log-stream:a", True),
        ("arn:aws:sns:*:*:topic", "*", False),
    ],
)
def test_arns_are_compared_part_by_part(pattern: str, arn: str, fits: bool) -> None:
    assert arn_matches(pattern, arn) is fits


def test_a_variable_may_hold_the_colons_of_an_identity() -> None:
    context = {"cognito-identity.amazonaws.com:sub": "eu-west-1:1234"}
    pattern = "arn:aws:s3:::files/${cognito-identity.amazonaws.com:sub}/*"
    assert arn_matches(pattern, "arn:aws:s3:::files/eu-west-1:1234/a", context)
    assert not arn_matches(pattern, "arn:aws:s3:::files/eu-west-1:9999/a", context)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain", "plain"),
        ("${aws:username}", "ann"),
        ("a${*}b${?}c${$}{d}", "a*b?c${d}"),
        ("${aws:PrincipalTag/team}", None),
        ("${aws:PrincipalTag/team, 'none'}", "none"),
        ("${aws:username, 'none'}", "ann"),
        ("${aws:TagKeys}", None),
    ],
)
def test_variables_are_filled_with_single_values_and_defaults(text: str, filled: str | None) -> None:
    assert fill(text, {"aws:username": "ann", "aws:tagkeys": ["a", "b"]}) == filled


def test_an_element_with_an_unknown_variable_matches_nothing() -> None:
    assert not matches("${aws:PrincipalTag/team}*", "anything", {})
    assert not matches("${aws:PrincipalTag/team}*", "", {})


def test_without_variables_they_are_plain_text() -> None:
    assert matches("${aws:username}", "${aws:username}", None)
