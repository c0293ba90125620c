"""The built wheel works in a project elsewhere, with nothing of this tree."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

README = (ROOT / "README.md").read_text(encoding="utf-8")
TEN_LINES = README.partition("\nTen lines make")[2].partition("```python\n")[2].partition("```")[0]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_the_library_the_sandbox_the_command_and_the_policies(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "aws_mobile_cli",
        "aws_mobile_clients",
        "aws_mobile_guard",
        "pulumi_aws_mobile",
        "pulumi_aws_sandbox",
    }
    assert {
        "pulumi_aws_mobile/py.typed",
        "pulumi_aws_mobile/pulumi-plugin.json",
        "pulumi_aws_sandbox/zones.json",
        "aws_mobile_guard/PulumiPolicy.yaml",
        "aws_mobile_guard/production.json",
        "aws_mobile_clients/sources/swift/Package.swift",
        "aws_mobile_clients/sdk/swift/Package.swift",
    } <= set(names)


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder of its own, as pip does for another project."""
    target = tmp_path_factory.mktemp("site")
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Start a project with the ten lines that the README shows."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "Pulumi.yaml").write_text("name: elsewhere\nruntime: python\n")
    (folder / "__main__.py").write_text(TEN_LINES)
    return folder


def _command(site: Path, project: Path, *words: str) -> dict[str, Any]:
    command = (
        "import sys, pulumi_aws_mobile; from aws_mobile_cli.__main__ import main; "
        f"print(pulumi_aws_mobile.__file__, file=sys.stderr); sys.exit(main({list(words)!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == f"{site / 'pulumi_aws_mobile' / '__init__.py'}\n"
    return json.loads(done.stdout)


def test_the_backend_takes_ten_lines() -> None:
    assert len(TEN_LINES.splitlines()) <= 10


def test_a_new_project_previews_a_backend(site: Path, project: Path) -> None:
    document = _command(site, project, "preview", "--stack", "dev", "--json")
    assert document["outputs"] == {"api_url": "[unknown]", "client": "[unknown]"}
    types = {resource["type"] for resource in document["resources"]}
    assert {"aws:cognito/userPool:UserPool", "aws:apigateway/restApi:RestApi", "aws:sns/topic:Topic"} <= types
    assert [finding for finding in document["policies"] if finding["mandatory"]] == []


def test_a_new_project_runs_a_backend_that_tells_apps_where_it_is(site: Path, project: Path) -> None:
    document = _command(site, project, "run", "--stack", "dev", "--json")
    told = {system["number"]: system["passed"] for system in document["systems"]}
    assert told == dict.fromkeys(("M1", "M2", "M3", "M4", "M5", "M10", "M13"), True)
    assert document["outputs"]["client"]["push"]["topics"] == ["news"]
