"""The library as a package for Pulumi's other languages: the schema that `pulumi package add` works from.

What this does not prove: that a program in another language runs; the language host that can be built here starts
component packages only from their own directory.
"""

import importlib.metadata
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COMPONENTS = Path(__file__).resolve().parents[2] / "components"


def _fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through every field that a user can read or set, with its path."""
    for token, resource in schema["resources"].items():
        for kind in ("inputProperties", "properties"):
            for name, field in resource.get(kind, {}).items():
                yield f"{token} {kind} {name}", field
    for token, type_ in schema["types"].items():
        for name, field in type_.get("properties", {}).items():
            yield f"{token} {name}", field


def test_it_is_named_and_versioned_like_the_distribution(schema: dict[str, Any]) -> None:
    assert schema["name"] == "aws-mobile"
    assert schema["version"] == importlib.metadata.version("pulumi-aws-mobile")


def test_it_lists_the_components(schema: dict[str, Any]) -> None:
    assert set(schema["resources"]) == {
        "aws-mobile:index:Analytics",
        "aws-mobile:index:Api",
        "aws-mobile:index:ArchiveBucket",
        "aws-mobile:index:DRPair",
        "aws-mobile:index:DataSync",
        "aws-mobile:index:HAdatabase",
        "aws-mobile:index:Identity",
        "aws-mobile:index:MobileBackend",
        "aws-mobile:index:Network",
        "aws-mobile:index:Observability",
        "aws-mobile:index:PushNotifications",
        "aws-mobile:index:SelfHealing",
        "aws-mobile:index:TokenExchange",
        "aws-mobile:index:UserFiles",
        "aws-mobile:index:WebTier",
    }
    assert all(resource["isComponent"] for resource in schema["resources"].values())


def test_every_component_and_every_type_is_described(schema: dict[str, Any]) -> None:
    described = {**schema["resources"], **schema["types"]}
    assert [token for token, entry in described.items() if not entry.get("description", "").strip()] == []


def test_every_field_is_described(schema: dict[str, Any]) -> None:
    assert len(list(_fields(schema))) > 100
    assert [path for path, field in _fields(schema) if not field.get("description", "").strip()] == []


def test_every_choice_is_described(schema: dict[str, Any]) -> None:
    choices = [
        (token, choice)
        for token, type_ in schema["types"].items()
        for choice in type_.get("enum", [])
        if not choice.get("description", "").strip()
    ]
    assert choices == []


def test_a_component_needs_only_what_nobody_else_can_know(schema: dict[str, Any]) -> None:
    required = {token: resource.get("requiredInputs") for token, resource in schema["resources"].items()}
    assert {token: inputs for token, inputs in required.items() if inputs} == {
        "aws-mobile:index:Api": ["contributions"],
        "aws-mobile:index:DRPair": ["primary", "recovery"],
        "aws-mobile:index:Observability": ["regions"],
        "aws-mobile:index:SelfHealing": ["pageTopicArn"],
        "aws-mobile:index:TokenExchange": ["userPoolArn", "userPoolId"],
        "aws-mobile:index:WebTier": ["source"],
    }


def test_a_plugin_made_of_the_sources_installs_what_the_distribution_needs() -> None:
    project = tomllib.loads((COMPONENTS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (COMPONENTS / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == project["dependencies"]
