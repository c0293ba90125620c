"""One generation for all three languages, and one run of an app for each that can run."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from clients.ports.building import install_node_modules, run

from .compiling import compile_kotlin
from .standing import HERE, examples, generate, make_project, said, standing


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of a small app's backend."""
    return make_project(tmp_path_factory.mktemp("sdk") / "project")


@pytest.fixture(scope="session")
def clients(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the clients that the command made of it."""
    out = tmp_path_factory.mktemp("sdk") / "clients"
    generate(project, "all", out)
    return out


@pytest.fixture(scope="session")
def typescript_client(clients: Path) -> Path:
    """Return the TypeScript client, compiled by its own `tsconfig.json` together with an app."""
    home = clients / "typescript"
    (home / "node_modules").symlink_to(install_node_modules(HERE / "typescript"))
    (home / "src/checks").mkdir()
    shutil.copy(HERE / "typescript/main.ts", home / "src/checks")
    (example,) = examples("typescript")
    (home / "src/checks/example.ts").write_text(example)
    run(["node_modules/.bin/tsc", "-p", "."], home)
    return home


@pytest.fixture(scope="session")
def typescript(project: Path, typescript_client: Path) -> Mapping[str, Any]:
    """Run the app against the backend; return what came of each thing."""
    with standing(project) as backend:
        told = typescript_client / "told.json"
        told.write_text(json.dumps(backend.told))
        came = said(run(["node", "dist/checks/main.js", str(told)], typescript_client))
        return {**came, "document": backend.document}


@pytest.fixture(scope="session")
def kotlin(project: Path, clients: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Compile the Kotlin client with an app and run it against the backend; return what came of each thing."""
    command = compile_kotlin(clients / "kotlin")
    with standing(project) as backend:
        told = tmp_path_factory.mktemp("kotlin") / "told.json"
        analytics = backend.told["outputs"]["analytics"]["client"]
        told.write_text(json.dumps({**backend.told, "analytics": analytics, **backend.user("berta@example.com")}))
        return said(run([*command, "checks.MainKt", str(told)], told.parent))
