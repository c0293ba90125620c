"""The example that updates many stacks at once, with the real engine."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.workspace import Workspace

SCRIPT = Path(__file__).parents[2] / "examples" / "many_stacks" / "deploy.py"
PROGRAM = """
import pulumi, pulumi_random
if pulumi.get_stack() == "broken":
    raise ValueError("this one cannot work")
pulumi_random.RandomId("id", byte_length=4)
"""


@pytest.fixture(scope="module")
def workspace(make_workspace: Callable[..., Workspace]) -> Workspace:
    made = make_workspace(stack="one")
    made.write(PROGRAM)
    for stack in ("two", "three", "four", "broken"):
        made.command("stack", "init", stack)
    return made


def deploy(workspace: Workspace, *words: str) -> tuple[int, dict[str, str], str]:
    """Run the script; return its exit code, its line for each stack without the time, and its last line."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *words, "--project", str(workspace.directory)],
        env={**os.environ, **workspace._environment},
        capture_output=True,
        text=True,
        check=False,
    )
    *lines, last = done.stdout.splitlines() or [done.stderr]
    parts = (re.split(r"\s+", line, maxsplit=4) for line in lines)
    return done.returncode, {name: f"{state} {rest}" for name, state, _, _, rest in parts}, last


def test_stacks_are_previewed_and_updated_side_by_side(workspace: Workspace) -> None:
    assert deploy(workspace, "one", "two", "three", "--preview") == (
        0,
        dict.fromkeys(("one", "two", "three"), "ok 2 create"),
        "3 of 3 stacks done",
    )
    assert deploy(workspace, "one", "two", "--at-once", "2") == (
        0,
        dict.fromkeys(("one", "two"), "ok 2 create"),
        "2 of 2 stacks done",
    )
    assert deploy(workspace, "one")[1] == {"one": "ok nothing to do"}


def test_one_that_fails_does_not_stop_the_others(workspace: Workspace) -> None:
    code, lines, last = deploy(workspace, "broken", "nowhere", "four")
    assert (code, last) == (1, "1 of 3 stacks done; failed: ['broken', 'nowhere']")
    assert lines["four"] == "ok 2 create"
    assert lines["broken"] == "FAILED ValueError: this one cannot work"
    assert "no stack named 'nowhere' found" in lines["nowhere"]


def test_a_stack_named_twice_is_refused(workspace: Workspace) -> None:
    code, _, last = deploy(workspace, "one", "one")
    assert code == 2
    assert last.endswith("error: name each stack once, and let one or more run at a time\n")
