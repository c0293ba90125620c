"""Amplify's own schemas and readers, from its packages; the tests that use them stay in one worker."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from clients.ports.building import install_node_modules, run

HERE = Path(__file__).parent

Read = Callable[[Mapping[str, str]], dict[str, Any]]


@pytest.fixture(scope="session")
def packages() -> Path:
    """Return the folder that has Amplify's packages, as the lock beside this file pins them."""
    return install_node_modules(HERE).parent


@pytest.fixture(scope="session")
def schemas(packages: Path) -> Mapping[str, Any]:
    """Return the JSON schemas of the types that Amplify publishes: its package has no schema as such."""
    return json.loads(run(["node", str(HERE / "schemas.mjs")], packages))


@pytest.fixture(scope="session")
def read(packages: Path) -> Iterator[Read]:
    """Return what reads files with Amplify for JavaScript, which is loaded once."""
    command = ["node", str(HERE / "reader.mjs")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=packages, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        to, answers = reader.stdin, reader.stdout

        def ask(texts: Mapping[str, str]) -> dict[str, Any]:
            asked = {"outputs": json.loads(texts["amplify_outputs.json"]), "exports": texts["aws-exports.js"]}
            to.write(f"{json.dumps(asked)}\n")
            to.flush()
            return json.loads(answers.readline())

        yield ask
        to.close()
