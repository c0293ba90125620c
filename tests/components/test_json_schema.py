"""The schema and the reader agree: whatever one takes, the other takes.

What this does not prove: rules between options, which no schema of a single option can say.
"""

from enum import Enum
from typing import Any, NotRequired, TypedDict

import pulumi
import pytest
from components.archive_bucket.strategies import Args, archive_args
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pulumi_aws_mobile.archive_bucket.args import ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket.settings import LIMITS as ARCHIVE_LIMITS
from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.json_schema import object_schema
from pulumi_aws_mobile.limits import REGION, Between, Limits, OneOf


class Colour(str, Enum):
    """What it looks like."""

    RED = "red"
    GREEN = "green"


class PartArgs(TypedDict):
    """One part."""

    size: int
    """Size in metres."""
    label: NotRequired[pulumi.Input[str]]


class ThingArgs(TypedDict):
    """A thing,
    made of parts.
    """

    name: str
    """What it is called,
    over two lines."""
    colour: NotRequired[Colour]
    """What it looks like."""
    ratio: NotRequired[float]
    ready: NotRequired[bool]
    days: NotRequired[int]
    region: NotRequired[str]
    kinds: NotRequired[list[str]]
    key: NotRequired[pulumi.Input[str]]
    ids: NotRequired[pulumi.Input[list[str]]]
    part: NotRequired[PartArgs]
    parts: NotRequired[list[PartArgs]]
    by_key: NotRequired[dict[str, PartArgs]]
    sizes: NotRequired[dict[str, int]]
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    maybe: NotRequired[str | None]


LIMITS: Limits = {
    ThingArgs: {
        "days": Between(1, 35, "days"),
        "region": REGION,
        "kinds": OneOf(("s3", "dynamodb")),
        "sizes": Between(0, 9),
        "ratio": Between(0.5, 1.5),
    },
    PartArgs: {"size": OneOf((1, 2, 5))},
}


def validator(args_type: type, limits: Limits) -> Draft202012Validator:
    schema = object_schema(args_type, limits)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


THING = validator(ThingArgs, LIMITS)
ARCHIVE = validator(ArchiveBucketArgs, ARCHIVE_LIMITS)


def reader_accepts(args_type: type, limits: Limits, args: object) -> bool:
    problems = Problems()
    read_args(args_type, args, limits, problems)
    return not problems


def test_the_whole_schema_of_a_type() -> None:
    part = {
        "type": "object",
        "description": "One part.",
        "properties": {
            "size": {"type": "integer", "enum": [1, 2, 5], "description": "Size in metres."},
            "label": {"type": ["string", "null"]},
        },
        "additionalProperties": False,
        "required": ["size"],
    }
    assert object_schema(ThingArgs, LIMITS) == {
        "type": "object",
        "description": "A thing, made of parts.",
        "properties": {
            "name": {"type": "string", "description": "What it is called, over two lines."},
            "colour": {"enum": ["red", "green", None], "description": "What it looks like."},
            "ratio": {"type": ["number", "null"], "minimum": 0.5, "maximum": 1.5},
            "ready": {"type": ["boolean", "null"]},
            "days": {"type": ["integer", "null"], "minimum": 1, "maximum": 35},
            "region": {"type": ["string", "null"], **REGION.schema()},
            "kinds": {"type": ["array", "null"], "items": {"type": "string", "enum": ["s3", "dynamodb"]}},
            "key": {"type": ["string", "null"]},
            "ids": {"type": ["array", "null"], "items": {"type": "string"}},
            "part": {**part, "type": ["object", "null"]},
            "parts": {"type": ["array", "null"], "items": part},
            "by_key": {"type": ["object", "null"], "additionalProperties": part},
            "sizes": {
                "type": ["object", "null"],
                "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 9},
            },
            "tags": {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
            "maybe": {"type": ["string", "null"]},
        },
        "additionalProperties": False,
        "required": ["name"],
    }


def test_options_stand_in_the_order_in_which_they_are_declared() -> None:
    properties = object_schema(ArchiveBucketArgs, ARCHIVE_LIMITS)["properties"]
    assert list(properties) == list(ArchiveBucketArgs.__annotations__)


def test_options_can_be_left_out() -> None:
    schema = object_schema(ThingArgs, LIMITS, omit=frozenset({"name", "part"}))
    assert not {"name", "part"} & schema["properties"].keys()
    assert "required" not in schema


def test_leaving_out_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^ThingArgs has no option to omit that is called nam$"):
        object_schema(ThingArgs, LIMITS, omit=frozenset({"nam"}))


def test_every_option_of_an_archive_is_described() -> None:
    def undescribed(schema: dict[str, Any]) -> list[str]:
        found = [name for name, option in schema.get("properties", {}).items() if not option.get("description")]
        inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
        return found + [name for one in inner for name in undescribed(one)]

    assert undescribed(object_schema(ArchiveBucketArgs, ARCHIVE_LIMITS)) == []


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 40),
    st.integers(-2, 40).map(float),
    st.floats(0, 2),
    st.sampled_from(["red", "eu-west-1", "s3", "", "hours", "GLACIER", "blue"]),
)
parts = st.dictionaries(st.sampled_from(["size", "label", "sise"]), scalars | st.sampled_from([1, 2]), max_size=2)
anything = st.one_of(
    scalars,
    st.lists(scalars | parts, max_size=3),
    st.dictionaries(st.sampled_from(["a", "b"]), scalars | parts, max_size=2),
    parts,
)
good: dict[str, st.SearchStrategy[Any]] = {
    "name": st.text(max_size=3),
    "colour": st.sampled_from(["red", Colour.GREEN]),
    "ratio": st.floats(0.5, 1.5) | st.just(1),
    "ready": st.booleans(),
    "days": st.integers(1, 35) | st.integers(1, 35).map(float),
    "region": st.sampled_from(["eu-west-1", "us-gov-east-1"]),
    "kinds": st.lists(st.sampled_from(["s3", "dynamodb"])),
    "part": st.fixed_dictionaries({"size": st.sampled_from([1, 2, 5.0])}, optional={"label": st.text(max_size=2)}),
    "tags": st.dictionaries(st.text(max_size=2), st.text(max_size=2), max_size=2),
}
things = st.fixed_dictionaries(
    {"name": good["name"]}, optional={name: value for name, value in good.items() if name != "name"}
)


@given(things)
def test_good_arguments_are_taken_by_both(args: Args) -> None:
    assert reader_accepts(ThingArgs, LIMITS, args)
    assert THING.is_valid(args)


@given(things, st.dictionaries(st.sampled_from([*ThingArgs.__annotations__, "nam"]), anything, max_size=2))
def test_the_schema_takes_what_the_reader_takes_and_nothing_else(args: Args, changed: Args) -> None:
    near_miss = {**args, **changed}
    assert THING.is_valid(near_miss) == reader_accepts(ThingArgs, LIMITS, near_miss)


@given(anything)
def test_what_is_no_mapping_is_refused_by_both(args: object) -> None:
    assert THING.is_valid(args) == reader_accepts(ThingArgs, LIMITS, args)


@given(archive_args())
def test_arguments_that_work_are_taken_by_the_schema_of_an_archive(args: Args) -> None:
    assert [error.message for error in ARCHIVE.iter_errors(args)] == []


def _change(args: Args, path: list[str], value: object) -> Args:
    first, *rest = path
    inner = args.get(first)
    return {**args, first: _change(inner if isinstance(inner, dict) else {}, rest, value) if rest else value}


paths = st.sampled_from(
    [
        *([name] for name in ArchiveBucketArgs.__annotations__),
        ["object_lock", "mode"],
        ["object_lock", "years"],
        ["replication", "region"],
        ["replication", "storage_class"],
        ["access_logs", "retention_days"],
        ["noncurrent_versions", "keep_newer"],
        ["tags", "team"],
        ["replication", "regions"],
    ]
)


@given(archive_args(), paths, anything)
def test_near_misses_of_an_archive_are_judged_alike(args: Args, path: list[str], value: object) -> None:
    changed = _change(args, path, value)
    assert ARCHIVE.is_valid(changed) == reader_accepts(ArchiveBucketArgs, ARCHIVE_LIMITS, changed)


def test_each_schema_is_the_callers_own() -> None:
    object_schema(ThingArgs, LIMITS)["properties"].clear()
    assert object_schema(ThingArgs, LIMITS)["properties"]
