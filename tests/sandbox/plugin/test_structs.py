"""Property maps between the engine and the sandbox."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.plugin import structs

_VALUES = st.recursive(
    st.booleans() | st.integers(-(2**50), 2**50) | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), _VALUES))
def test_any_property_map_comes_back_as_it_was(properties: Properties) -> None:
    returned = structs.read(structs.write(properties))
    assert returned == properties


def test_a_null_property_is_one_that_is_not_there() -> None:
    assert structs.read(structs.write({"a": None, "b": 1})) == {"b": 1}


def test_a_number_stays_a_number() -> None:
    assert math.isclose(structs.read(structs.write({"a": 0.5}))["a"], 0.5)


def test_a_named_output_is_wrapped() -> None:
    assert structs.with_secrets({"a": "x", "b": "y"}, ["a"], []) == {"a": wire.secret("x"), "b": "y"}


def test_an_output_that_repeats_a_secret_inside_it_is_wrapped() -> None:
    sources = [{"password": wire.secret("correct horse")}]
    outputs = {"url": "mysql://root:correct horse@host", "tags": {"note": ["correct horse"]}, "host": "host"}
    assert structs.with_secrets(outputs, [], sources) == {
        "url": wire.secret("mysql://root:correct horse@host"),
        "tags": wire.secret({"note": ["correct horse"]}),
        "host": "host",
    }


def test_a_secret_inside_a_list_or_a_map_is_found() -> None:
    sources = [{"settings": [{"value": wire.secret({"inner": "correct horse"})}]}]
    assert structs.with_secrets({"echo": "correct horse"}, [], sources) == {"echo": wire.secret("correct horse")}


def test_a_short_secret_does_not_make_unrelated_outputs_secret() -> None:
    assert structs.with_secrets({"region": "eu-west-1"}, [], [{"a": wire.secret("eu")}]) == {"region": "eu-west-1"}


def test_an_unknown_secret_matches_nothing() -> None:
    unknown = wire.secret(wire.UNKNOWN)
    assert structs.with_secrets({"a": wire.UNKNOWN}, [], [{"b": unknown}]) == {"a": wire.UNKNOWN}
