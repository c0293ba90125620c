"""The built wheel works in a project elsewhere, with nothing of this tree."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PROGRAM = """\
import pulumi
from pulumi_aws_mobile import HAdatabase

database = HAdatabase("db", {})
pulumi.export("endpoint", database.endpoint)
"""


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


def test_a_new_project_previews_the_database_alone_in_under_ten_lines(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: elsewhere\nruntime: python\n")
    (project / "__main__.py").write_text(PROGRAM)
    command = (
        "import sys, pulumi_aws_mobile; from aws_mobile_cli.__main__ import main; "
        "print(pulumi_aws_mobile.__file__, file=sys.stderr); sys.exit(main(['preview', '--stack', 'dev', '--json']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"{site / 'pulumi_aws_mobile' / '__init__.py'}\n"
    document = json.loads(done.stdout)
    assert document["outputs"] == {"endpoint": "[unknown]"}
    assert "aws:rds/instance:Instance" in {resource["type"] for resource in document["resources"]}
    assert len(PROGRAM.splitlines()) < 10
