"""The real engine, the sandbox's plugins and a sandbox server, once for all tests of this folder."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from pulumi_aws_sandbox.plugin.install import install
from tests.engine.workspace import Workspace, environment

_ROOT = Path(__file__).resolve().parents[2]
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session")
def engine() -> Path:
    """Return the directory of the engine; the first time it is built, which takes minutes."""
    command = [sys.executable, str(_ROOT / "engine" / "build")]
    return Path(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip())


@pytest.fixture(scope="session")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the sandbox's plugins in `plugins`."""
    directory = tmp_path_factory.mktemp("surroundings")
    install(directory / "plugins")
    return directory


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    """Run a sandbox server; give its address."""
    command = [sys.executable, "-m", "pulumi_aws_sandbox.serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


@pytest.fixture(scope="session")
def surroundings(engine: Path, plugins: Path, sandbox_url: str) -> dict[str, str]:
    """Return the environment in which the engine runs."""
    return environment(engine, plugins, sandbox_url)


@pytest.fixture(scope="module")
def make_workspace(tmp_path_factory: pytest.TempPathFactory, surroundings: dict[str, str]) -> Callable[..., Workspace]:
    """Return a maker of projects, empty ones unless it is given files."""
    return lambda **given: Workspace(tmp_path_factory.mktemp("workspace"), surroundings, **given)


@pytest.fixture(scope="session")
def operator(sandbox_url: str) -> aws.Connection:
    """Return an operator's own access to the sandbox's AWS: what Pulumi says is checked through it."""
    return aws.server(sandbox_url, "eu-west-1")


@pytest.fixture(scope="session")
def schema(surroundings: dict[str, str]) -> dict[str, Any]:
    """Return the schema of the component package, as `pulumi package add` gets it."""
    answer = subprocess.run(
        ["pulumi", "package", "get-schema", "."],  # noqa: S607 - the one that the surroundings put first on PATH
        cwd=_ROOT / "components",
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
