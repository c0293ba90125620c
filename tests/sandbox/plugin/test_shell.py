"""The shell gives a command the sandbox instead of AWS, and leaves nothing."""

import json
from pathlib import Path

import pytest

from pulumi_aws_sandbox.plugin import shell

LOOK = """
import json, os, pathlib, shutil, sys, urllib.request
environment = dict(os.environ)
environment["answers"] = urllib.request.urlopen(environment["PULUMI_AWS_SANDBOX_URL"] + "/moto-api/data.json").status
environment["plugin"] = shutil.which("pulumi-resource-aws")
pathlib.Path(sys.argv[1]).write_text(json.dumps(environment))
sys.exit(7)
"""


@pytest.fixture
def with_pulumi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pulumi = tmp_path / "bin" / "pulumi"
    pulumi.parent.mkdir()
    pulumi.write_text("#!/bin/sh\n")
    pulumi.chmod(0o755)
    monkeypatch.setenv("PATH", str(pulumi.parent), prepend=":")


@pytest.mark.usefixtures("with_pulumi")
def test_a_command_finds_the_sandbox_and_no_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("PULUMI_ACCESS_TOKEN", "canary")
    seen = tmp_path / "seen.json"
    assert shell.main(["python", "-c", LOOK, str(seen)]) == 7
    found = json.loads(seen.read_text())
    assert found["answers"] == 200
    assert found["PULUMI_AWS_SANDBOX_URL"].startswith("http://127.0.0.1:")
    assert "AWS_PROFILE" not in found
    assert "PULUMI_ACCESS_TOKEN" not in found
    folder = Path(found["plugin"]).parents[1]
    assert found["PULUMI_BACKEND_URL"] == (folder / "states").as_uri()
    assert not folder.exists()


def test_without_pulumi_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shell.main([]) == 2
    assert capsys.readouterr().err == (
        "there is no pulumi on PATH; install Pulumi's CLI, or put the directory of engine/build there\n"
    )
