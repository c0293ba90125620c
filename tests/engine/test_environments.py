"""`aws-mobile env` beside a real backend: what it says is deployed is, and the commands it prints are taken."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.engine.workspace import Workspace

PROGRAM = "import pulumi_random\npulumi_random.RandomId('id', byte_length=4)\n"
SECRETS = {
    "list": [{"secure": "v1:AAAA"}],
    "db": {"a.b": {"password": {"secure": "v1:AAAA"}}},
    "x-y_z": {"secure": "v1:A"},
}


def env(workspace: Workspace, *words: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "aws_mobile_cli", "env", *words, "--json"],
        cwd=workspace.directory,
        env={**os.environ, **workspace._environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def workspace(make_workspace: Callable[..., Workspace]) -> Workspace:
    """Return a project of its own for each test, since they remove what others look at."""
    made = make_workspace(stack="one")
    made.write(PROGRAM)
    assert made.up().code == 0
    return made


def test_what_is_deployed_is_known_and_keeps_its_stack_file(workspace: Workspace) -> None:
    (workspace.directory / "Pulumi.two.yaml").write_text("config: {aws:region: eu-west-1}\n")
    _, listed = env(workspace, "list")
    assert {found["stack"]: found["deployed"] for found in listed["environments"]} == {
        "one": "3 resources",
        "two": "not in this backend",
    }
    code, answer = env(workspace, "remove", "one", "--yes")
    assert (code, answer["removed"], answer["ways_out"]) == (1, False, ["pulumi destroy --stack one"])


def test_the_printed_commands_make_an_environment_of_the_file(workspace: Workspace) -> None:
    file = workspace.directory / "Pulumi.with-secrets.yaml"
    config = {"aws:region": "eu-west-1", **{f"project:{key}": value for key, value in SECRETS.items()}}
    file.write_text(yaml.safe_dump({"config": config}))
    code, made = env(workspace, "clone", "with-secrets", "copy")
    assert code == 0
    for step in made["next_steps"][:-1]:
        value = ["a-value"] if " --secret " in step else []
        workspace.command(*shlex.split(step)[1:], *value)
    written = yaml.safe_load((workspace.directory / "Pulumi.copy.yaml").read_text())["config"]
    assert _shape({key: value for key, value in written.items() if key.removeprefix("project:") in SECRETS}) == _shape(
        {f"project:{key}": value for key, value in SECRETS.items()}
    )
    assert workspace.preview("--stack", "copy").code == 0


def test_what_is_destroyed_may_go(workspace: Workspace) -> None:
    assert workspace.destroy("--stack", "one").code == 0
    code, answer = env(workspace, "remove", "one", "--yes")
    assert (code, answer["removed"], answer["deployed"]) == (0, True, 0)
    assert not (workspace.directory / "Pulumi.one.yaml").exists()


def _shape(value: Any) -> Any:  # noqa: ANN401 - any YAML
    """Return a value without what its secrets are."""
    if isinstance(value, dict):
        return "secret" if set(value) == {"secure"} else {key: _shape(item) for key, item in value.items()}
    return [_shape(item) for item in value] if isinstance(value, list) else value
