"""`aws-mobile env remove`."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from aws_mobile_cli.__main__ import main
from aws_mobile_cli.env.harm import kept
from aws_mobile_cli.env.stack_text import StackText
from aws_mobile_cli.project import open_project
from pulumi_aws_sandbox.in_process import PreviewMocks

Backend = Callable[..., None]


def remove(home: Path, *words: str) -> int:
    return main(["env", "remove", *words, "--project", str(home)])


def test_protected_resources_keep_their_stack_file(
    small_home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    backend()
    assert remove(small_home, "dev", "--yes") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Pulumi.dev.yaml stays"
    assert "  backend.identity protects backend-identity-pool, backend-identity-identity-pool" in lines
    assert lines[-3:] == [
        "  pulumi config set --stack dev --path aws-mobile:backend.user_files.protect false",
        "  pulumi up --stack dev",
        "  pulumi destroy --stack dev",
    ]
    assert (small_home / "Pulumi.dev.yaml").exists()


def test_what_is_said_to_end_protection_ends_all_of_it(
    home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    backend()
    stack = "prod"
    assert remove(home, stack, "--yes", "--json") == 1
    document = json.loads(capsys.readouterr().out)
    file = home / f"Pulumi.{stack}.yaml"
    text = StackText(file.read_text())
    for command in document["ways_out"][:-2]:
        *_, path, value = shlex.split(command)
        key, *steps = path.split(".")
        text.put(("config", key, *steps), yaml.safe_load(value))
    file.write_text(text.text)
    project = open_project(home, stack)
    assert kept(project.run(PreviewMocks(project.region), preview=True)) == []
    assert remove(home, stack, "--yes") == 0
    assert not file.exists()


def test_what_is_deployed_keeps_its_stack_file(
    small_home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    main(["env", "create", "qa", "--region", "eu-west-1", "--project", str(small_home)])
    backend(qa=7)
    capsys.readouterr()
    assert remove(small_home, "qa", "--yes") == 1
    assert capsys.readouterr().out == (
        "Pulumi.qa.yaml stays\n  qa is deployed: 7 resources\nBefore it can be removed\n  pulumi destroy --stack qa\n"
    )
    assert (small_home / "Pulumi.qa.yaml").exists()


def test_of_what_is_known_to_be_destroyed_nothing_is_protected(
    small_home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    backend(dev=0)
    assert remove(small_home, "dev", "--yes") == 0
    assert capsys.readouterr().out == (
        "Pulumi.dev.yaml is removed; nothing in AWS was touched\n"
        "  its empty stack in Pulumi's backend goes by: pulumi stack rm dev\n"
    )
    assert not (small_home / "Pulumi.dev.yaml").exists()


def test_nobody_to_ask_means_no(small_home: Path, backend: Backend, capsys: pytest.CaptureFixture) -> None:
    backend(dev=0)
    assert remove(small_home, "dev") == 2
    assert capsys.readouterr().err == "aws-mobile: nobody can be asked here; say --yes to remove Pulumi.dev.yaml\n"
    assert (small_home / "Pulumi.dev.yaml").exists()


@pytest.mark.parametrize(("typed", "stays"), [("dev", False), ("yes", True), ("", True)])
def test_who_is_asked_types_the_name(
    small_home: Path, backend: Backend, monkeypatch: pytest.MonkeyPatch, typed: str, *, stays: bool
) -> None:
    backend(dev=0)
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda text: asked.append(text) or typed)
    assert remove(small_home, "dev") == (1 if stays else 0)
    assert asked == ["Type dev to remove its stack file: "]
    assert (small_home / "Pulumi.dev.yaml").exists() == stays


def test_what_does_not_build_and_may_be_deployed_stays(
    small_home: Path, backend: Backend, capsys: pytest.CaptureFixture
) -> None:
    backend()
    (small_home / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n  aws-mobile:archiv: {}\n")
    assert remove(small_home, "dev", "--yes") == 2
    assert capsys.readouterr().err.startswith(
        "aws-mobile: Pulumi.dev.yaml does not build, so that what it protects cannot be told; mend it, or delete the "
        "file yourself if nothing of it is deployed\nPulumi.dev.yaml: 1 problem\n"
    )


def test_an_unknown_environment_is_refused(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    assert remove(small_home, "nope", "--yes") == 2
    assert capsys.readouterr().err == (
        "aws-mobile: there is no stack file Pulumi.nope.yaml; the stacks here are: dev\n"
    )
