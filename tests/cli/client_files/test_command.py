"""`aws-mobile clients` takes outputs from a file, from standard input or from Pulumi, and says what it wrote."""

import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from components.client_files.building import BACKEND, SITE

from aws_mobile_cli.__main__ import main

OUTPUTS: dict[str, Any] = {"client": BACKEND, "recovery": {"client": SITE}}


@pytest.fixture
def outputs(tmp_path: Path) -> str:
    file = tmp_path / "outputs.json"
    file.write_text(json.dumps(OUTPUTS))
    return str(file)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def pulumi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a stand-in for the Pulumi CLI on the PATH, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "pulumi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")


def test_the_files_go_where_they_are_wanted(outputs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "app"
    assert main(["clients", "--stack", "dev", "--outputs", outputs, "--out", str(out)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{out}/amplify_outputs.dart"
    assert said[9] == f"{out}/failover/eu-central-1/aws-mobile.json"
    assert said[10].startswith("note: ")
    assert json.loads((out / "aws-mobile.json").read_text())["environment"] == "dev"


def test_each_environment_has_a_folder_of_its_own(outputs: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    for stack in ("dev", "team/shop/prod"):
        assert main(["clients", "--stack", stack, "--outputs", outputs]) == 0
    assert sorted(path.name for path in (project / "client-files").iterdir()) == ["dev", "prod"]


def test_scripts_get_json(outputs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "app"
    assert main(["clients", "--stack", "dev", "--outputs", outputs, "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["environment"], said["app"], said["folder"], len(said["files"])) == ("dev", "app", str(out), 10)
    assert len(said["notes"]) == 3


def test_outputs_may_come_by_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(OUTPUTS)))
    assert main(["clients", "--stack", "dev", "--outputs", "-", "--out", str(tmp_path / "app")]) == 0
    assert (tmp_path / "app/aws-exports.js").is_file()


def test_pulumi_is_asked_where_no_outputs_are_given(
    outputs: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulumi(tmp_path, monkeypatch, f'pwd > "{tmp_path}/asked"; echo "$@" >> "{tmp_path}/asked"; cat "{outputs}"')
    words = ["clients", "--stack", "dev", "--project", str(project), "--out", str(tmp_path / "app")]
    assert main(words) == 0
    asked = f"{project}\nstack output --json --stack dev --non-interactive\n"
    assert (tmp_path / "asked").read_text() == asked
    assert (tmp_path / "app/amplify_outputs.json").is_file()


def refused(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the message of a command that has to refuse, and has to write nothing."""
    assert main(["clients", *words, "--out", str(tmp_path / "app")]) == 2
    assert not (tmp_path / "app").exists()
    return capsys.readouterr().err


def test_a_stack_that_pulumi_does_not_know_is_refused_in_its_words(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pulumi(tmp_path, monkeypatch, "echo \"error: no stack named 'dev' found\" >&2; exit 255")
    said = refused(["--stack", "dev", "--project", str(project)], tmp_path, capsys)
    assert said == "aws-mobile: pulumi knows no outputs of the stack \"dev\": error: no stack named 'dev' found\n"


def test_a_stack_that_was_never_deployed_is_refused(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pulumi(tmp_path, monkeypatch, "echo '{}'")
    said = refused(["--stack", "dev", "--project", str(project)], tmp_path, capsys)
    assert said == (
        'aws-mobile: the stack "dev" has nothing to tell apps: it has no outputs; deploy it with pulumi up, '
        "and export the output client of its MobileBackend under that name\n"
    )


def test_without_pulumi_the_outputs_have_to_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(["--stack", "dev"], tmp_path, capsys) == (
        "aws-mobile: there is no pulumi on the PATH to ask for the stack's outputs; give them with --outputs FILE, "
        "as `pulumi stack output --json --stack dev` prints them\n"
    )


def test_a_project_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pulumi(tmp_path, monkeypatch, "exit 1")
    said = refused(["--stack", "dev", "--project", str(tmp_path / "no")], tmp_path, capsys)
    assert said == f"aws-mobile: {tmp_path}/no is no folder; name the project's with --project\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "has no outputs by name; give what `pulumi stack output --json` prints"),
    ],
)
def test_what_are_no_outputs_is_refused(
    text: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outputs.json"
    file.write_text(text)
    assert refused(["--stack", "dev", "--outputs", str(file)], tmp_path, capsys) == f"aws-mobile: {file} {problem}\n"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(["--stack", "dev", "--outputs", "no.json"], tmp_path, capsys)
    assert said == "aws-mobile: cannot read no.json: No such file or directory\n"


@pytest.mark.parametrize("stack", ["a b", "../dev", "a/b/c/d", "dev;ls"])
def test_what_cannot_name_a_stack_is_refused(stack: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(["--stack", stack], tmp_path, capsys) == (
        f'aws-mobile: "{stack}" cannot name a stack; Pulumi takes letters, digits, hyphens, underscores and dots\n'
    )


def test_a_backend_that_says_what_no_reader_takes_is_refused_as_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outputs.json"
    file.write_text(json.dumps({"client": {**BACKEND, "region": "nowhere"}}))
    words = ["clients", "--stack", "dev", "--outputs", str(file), "--out", str(tmp_path / "app"), "--json"]
    assert main(words) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["path"], problem["got"]) == ("region", '"nowhere"')
