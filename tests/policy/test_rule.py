"""What every rule says of itself, and how values are shown."""

import pytest

from aws_mobile_guard.rule import Option, Words, show
from aws_mobile_guard.view import UNKNOWN

LONG = "x" * 200


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "nothing"),
        (True, "true"),
        (False, "false"),
        (Words("a few"), "a few"),
        (UNKNOWN, "a value that is only known after deployment"),
        (7.0, "7"),
        (7.5, "7.5"),
        (7, "7"),
        ("seven", '"seven"'),
        ("x" * 118, f'"{"x" * 118}"'),
        ("x" * 119, f'"{"x" * 118}…'),
        (["a"], "['a']"),
    ],
)
def test_a_value_is_shown_as_it_is_written_and_on_one_line(value: object, shown: str) -> None:
    assert show(value) == shown
    assert len(show(value)) <= 120


@pytest.mark.parametrize(
    ("default", "schema"),
    [
        (True, {"type": "boolean", "default": True}),
        (7, {"type": "number", "default": 7}),
        (1.5, {"type": "number", "default": 1.5}),
        ((), {"type": "array", "items": {"type": "string"}, "default": []}),
        (("a", "b"), {"type": "array", "items": {"type": "string"}, "default": ["a", "b"]}),
        ((1, 2), {"type": "array", "items": {"type": "number"}, "default": [1, 2]}),
    ],
)
def test_an_option_has_a_schema_of_its_defaults_kind(default: object, schema: dict[str, object]) -> None:
    option = Option("o", default, "What it is for.")  # type: ignore[arg-type]
    assert option.schema == {"description": "What it is for.", **schema}
