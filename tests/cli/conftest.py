"""Runs `aws-mobile` as a user would, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The printed JSON."""
        return json.loads(self.out)


@pytest.fixture
def aws_mobile() -> Callable[..., Answer]:
    """Run the command with these words, in `folder`."""

    def run(*words: str, folder: Path = ROOT) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "aws_mobile_cli", *words], cwd=folder, capture_output=True, text=True, check=False
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Write a project whose program is `program`, with one stack file, `dev`."""

    def write(program: str, stack: str = "config: {aws:region: eu-west-1}\n") -> Path:
        (tmp_path / "Pulumi.yaml").write_text("name: app\nruntime: python\n")
        (tmp_path / "Pulumi.dev.yaml").write_text(stack)
        (tmp_path / "__main__.py").write_text(program)
        return tmp_path

    return write
