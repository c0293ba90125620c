"""Small projects on disk, for what reads and writes programs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_cli.project import Project, open_project


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Project]:
    """Make a Pulumi project of a program's text."""

    def make(program: str) -> Project:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        (folder / "Pulumi.yaml").write_text("name: small\nruntime: python\n")
        (folder / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n")
        (folder / "__main__.py").write_text(program)
        return open_project(folder, "dev")

    return make
