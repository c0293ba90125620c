"""One build and one run of all checks for each language; the tests of a language stay in one worker."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from .building import CHECKS, SOURCES, Check, build_kotlin, checked, install_node_modules, run


@pytest.fixture(scope="session")
def typescript_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the TypeScript client with its checks and its compiler."""
    project = tmp_path_factory.mktemp("typescript") / "project"
    copytree(SOURCES / "typescript", project, ignore=ignore_patterns("node_modules", "dist"))
    copytree(CHECKS / "typescript", project / "src/checks")
    (project / "node_modules").symlink_to(install_node_modules(project))
    return project


@pytest.fixture(scope="session")
def typescript(typescript_project: Path) -> Mapping[str, Check]:
    """Compile the TypeScript client with its checks and run them all."""
    run(["node_modules/.bin/tsc", "-p", "."], typescript_project)
    return checked(["node", "dist/checks/main.js"], typescript_project)


@pytest.fixture(scope="session")
def kotlin(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Check]:
    """Compile the Kotlin client with its checks and run them all."""
    command = ["java", *build_kotlin(), "awsmobile.datasync.checks.MainKt"]
    return checked(command, tmp_path_factory.mktemp("kotlin"))
