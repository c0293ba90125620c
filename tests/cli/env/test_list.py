"""`aws-mobile env list`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_cli.__main__ import main

Backend = Callable[..., None]


def listed(home: Path, capsys: pytest.CaptureFixture) -> dict[str, dict]:
    assert main(["env", "list", "--project", str(home), "--json"]) == 0
    return {found.pop("stack"): found for found in json.loads(capsys.readouterr().out)["environments"]}


def test_every_environment_of_the_project_is_listed(
    home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    backend()
    for stack in ("local", "stage"):
        (home / f"Pulumi.{stack}.yaml").unlink()
    found = listed(home, capsys)
    assert list(found) == ["dev", "prod"]
    prod = found["prod"]
    assert prod["resources"] > 500
    assert prod["protected"] > 100
    assert {key: prod[key] for key in ("regions", "recovery", "policies", "deployed")} == {
        "regions": ["eu-west-1", "eu-central-1"],
        "recovery": "pilot_light",
        "policies": "production",
        "deployed": "not known",
    }
    assert (found["dev"]["recovery"], found["dev"]["protected"]) == ("none", 0)


def test_a_backend_that_answers_says_what_is_deployed(
    small_home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    for stack in ("empty", "elsewhere"):
        (small_home / f"Pulumi.{stack}.yaml").write_text((small_home / "Pulumi.dev.yaml").read_text())
    backend(**{"our-team/dev": 12, "empty": 0, "gone": 3})
    found = listed(small_home, capsys)
    assert {stack: environment["deployed"] for stack, environment in found.items()} == {
        "dev": "12 resources",
        "elsewhere": "not in this backend",
        "empty": "no",
    }


def test_a_stack_that_does_not_build_is_listed_as_such(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    (small_home / "Pulumi.bad.yaml").write_text("config:\n  aws:region: eu-west-1\n  aws-mobile:archiv: {}\n")
    assert main(["env", "list", "--project", str(small_home)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "bad           does not build: Pulumi.bad.yaml: 1 problem"
    assert lines[2].startswith("dev           eu-west-1                  none           development ")
