"""The example in YAML: its program fits the package's schema, and the engine constructs its components.

What this does not prove: that Pulumi's host for YAML, which cannot be built here, reads the file as this test does. It
hands a resource's properties to the engine as they stand, and follows references to outputs; so does the program below.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

COMPONENTS = Path(__file__).resolve().parents[2] / "components"
EXAMPLE = COMPONENTS.parent / "examples" / "backend_in_yaml" / "Pulumi.yaml"
PROGRAM = '''
    """Registers what Pulumi.yaml says, as the host of that language does."""

    import json
    import re

    import pulumi

    WHOLE = re.compile(r"[$][{{](\\w+)[.](\\w+)[}}]")
    document = json.loads({document!r})


    class Remote(pulumi.ComponentResource):
        def __init__(self, name, type_, properties, outputs):
            super().__init__(type_, name, {{**dict.fromkeys(outputs), **properties}}, remote=True)


    def outputs_of(name):
        found = re.findall(r"[$][{{]" + name + r"[.](\\w+)[}}]", json.dumps(document))
        return sorted(set(found) - set(document["resources"][name]["properties"]))


    made = {{
        name: Remote(name, resource["type"], resource["properties"], outputs_of(name))
        for name, resource in document["resources"].items()
    }}
    for name, value in document["outputs"].items():
        resource, output = WHOLE.fullmatch(value).groups()
        pulumi.export(name, getattr(made[resource], output))
'''


def _document() -> dict[str, Any]:
    return yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


def _types(package: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Turn the package's types into JSON Schema: what is not named is not allowed."""
    for token, type_ in package["types"].items():
        if "enum" in type_:
            yield token, {"enum": [choice["value"] for choice in type_["enum"]]}
        else:
            yield token, _object(type_.get("properties", {}), type_.get("required", []))


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _problem(package: dict[str, Any], type_: str, properties: dict[str, Any]) -> str | None:
    resource = package["resources"][type_]
    text = json.dumps(
        {**_object(resource["inputProperties"], resource.get("requiredInputs", [])), "types": dict(_types(package))}
    )
    error = best_match(Draft202012Validator(json.loads(text)).iter_errors(properties))
    return None if error is None else f"{error.json_path}: {error.message}"


@pytest.fixture(scope="module")
def workspace(
    make_workspace: Callable[..., Workspace], surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Workspace:
    folder = tmp_path_factory.mktemp("package")
    script = folder / "pulumi-resource-aws-mobile"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -P {COMPONENTS / "__main__.py"} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    made: Workspace = make_workspace(more={"PATH": f"{folder}:{surroundings['PATH']}"})
    made.write(PROGRAM.format(document=json.dumps(_document())))
    return made


@pytest.fixture(scope="module")
def deployed(workspace: Workspace) -> Run:
    return workspace.up()


def test_every_property_is_one_of_the_packages(schema: dict[str, Any]) -> None:
    for resource in _document()["resources"].values():
        assert _problem(schema, resource["type"], resource["properties"]) is None


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({"featurs": []}, "$: Additional properties are not allowed ('featurs' was unexpected)"),
        ({"push": {"topics": {"news": {"display_name": "x"}}}}, "$.push.topics.news: Additional properties are not"),
        ({"features": "sign_in"}, "$.features: 'sign_in' is not of type 'array'"),
    ],
)
def test_a_property_that_the_package_does_not_have_would_be_seen(
    schema: dict[str, Any],
    properties: dict[str, Any],
    said: str,
) -> None:
    assert str(_problem(schema, "aws-mobile:index:MobileBackend", properties)).startswith(said)


def test_every_reference_leads_to_an_output(schema: dict[str, Any]) -> None:
    document = _document()
    found = re.findall(r"\$\{(\w+)\.(\w+)\}", json.dumps(document))
    assert found
    for name, output in found:
        assert output in schema["resources"][document["resources"][name]["type"]]["properties"]


def test_the_engine_constructs_both_components_from_the_package(workspace: Workspace, deployed: Run) -> None:
    assert deployed.code == 0, deployed.output
    types = {resource["type"] for resource in workspace.state()}
    assert {"aws-mobile:index:MobileBackend", "aws-mobile:index:Identity", "aws:s3/bucket:Bucket"} <= types


def test_its_outputs_are_what_stands(workspace: Workspace, deployed: Run, operator: aws.Connection) -> None:
    assert deployed.code == 0
    outputs = workspace.outputs()
    pool = operator("cognito-idp").describe_user_pool(UserPoolId=outputs["userPoolId"])["UserPool"]
    assert pool["UsernameAttributes"] == ["email"]
    assert outputs["client"]["sign_in"]["user_pool_id"] == outputs["userPoolId"]
    assert operator("s3").head_bucket(Bucket=outputs["archive"])["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_second_update_changes_nothing(workspace: Workspace, deployed: Run) -> None:
    assert deployed.code == 0
    again = workspace.up("--expect-no-changes")
    assert again.code == 0, again.output


def test_what_is_wrong_is_said_as_in_python_and_nothing_is_made(
    make_workspace: Callable[..., Workspace], workspace: Workspace
) -> None:
    document = _document()
    document["resources"]["archive"]["properties"]["archiveAfterDays"] = -1
    other = make_workspace(more={"PATH": workspace._environment["PATH"]})
    other.write(PROGRAM.format(document=json.dumps(document)))
    run = other.up()
    assert run.code != 0
    assert 'ArchiveBucket "archive": 1 problem\n' in run.output
    assert "archive_after_days: got -1; allowed: " in run.output
    assert "errors.py" not in run.output
    assert "aws:s3/bucket:Bucket" not in {resource["type"] for resource in other.state()}
