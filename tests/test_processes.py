"""Tests that share something run in one process, where there are several.

What this does not prove: that it is quicker; what starts once is.
"""

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STARTING = """
import os
from pathlib import Path

import pytest

@pytest.fixture(scope="{scope}")
def server():
    with Path("started").open("a") as log:
        print("{name}", os.environ["PYTEST_XDIST_WORKER"], file=log)
"""
USING = """
import pytest

@pytest.mark.parametrize("number", range(8))
def test_something(server, number):
    pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """Write tests of a folder that shares a server, and of one whose files have their own."""
    app, engine = tmp_path / "tests" / "app", tmp_path / "tests" / "engine"
    app.mkdir(parents=True)
    engine.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n", encoding="utf-8")
    (app / "conftest.py").write_text(STARTING.format(scope="session", name="app"), encoding="utf-8")
    for name in ("one", "two", "three"):
        (app / f"test_{name}.py").write_text(USING, encoding="utf-8")
        text = STARTING.format(scope="module", name=name) + USING
        (engine / f"test_{name}.py").write_text(text, encoding="utf-8")
    return tmp_path


def run(suite: Path, *options: str) -> dict[str, list[str]]:
    """Run the tests in two processes as the project's are; return where each server was started."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-n", "2", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=suite, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    started = defaultdict(list)
    for line in (suite / "started").read_text(encoding="utf-8").splitlines():
        name, process = line.split()
        started[name].append(process)
    return started


@pytest.mark.parametrize("options", [(), ("--dist", "loadgroup")], ids=["usual", "loadgroup"])
def test_what_tests_share_starts_once_and_both_processes_have_something_to_do(
    suite: Path, options: tuple[str, ...]
) -> None:
    started = run(suite, *options)
    assert {name: len(processes) for name, processes in started.items()} == {"app": 1, "one": 1, "two": 1, "three": 1}
    assert {process for processes in started.values() for process in processes} == {"gw0", "gw1"}


def test_another_way_may_be_asked_for(suite: Path) -> None:
    assert sorted(run(suite, "--dist", "each")["app"]) == ["gw0", "gw1"]
