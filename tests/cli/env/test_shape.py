"""What `aws-mobile env` knows of stack files is what they may say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aws_mobile_cli.env import shape

SCHEMA = json.loads((Path(__file__).parents[3] / "Pulumi.schema.json").read_text())["properties"]["config"]
PATHS = [
    *shape.HISTORY,
    *shape.OWN,
    *shape.SMALL,
    *shape.FULL,
    *shape.LARGE,
    *shape.LOCKS,
    *(f"backend.web_tier.instances.{name}" for name in shape.SMALL_SERVERS),
    *(f"{path}.{name}" for path, part in shape.PARTS.items() for name in part.open),
]


def options(schema: dict[str, Any], path: str) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}.{name}"
        yield from options(inner, f"{path}.{name}")


STACK_OPTIONS = {
    option
    for key, inner in SCHEMA["properties"].items()
    for name in [key.removeprefix("aws-mobile:")]
    for option in (name, *options(inner, name))
}


@pytest.mark.parametrize("path", PATHS)
def test_every_option_that_is_known_here_is_one_of_a_stack_file(path: str) -> None:
    assert path in STACK_OPTIONS


def test_every_protection_of_a_stack_file_can_be_turned_off() -> None:
    ends = ("protect", "deletion_protection", "empty_on_destroy", "final_snapshot", "keep_after_delete")
    protections = {option for option in STACK_OPTIONS if option.rsplit(".", 1)[-1] in ends}
    assert protections == {f"{path}.{name}" for path, part in shape.PARTS.items() for name in part.open}


def test_what_there_is_once_in_the_world_is_not_shared() -> None:
    globally_named = {option for option in STACK_OPTIONS if option.endswith((".bucket_name", ".existing_user_pool_id"))}
    # Buckets for access logs are anybody's to write to.
    assert {option for option in globally_named if ".access_logs." not in option} <= set(shape.OWN)
