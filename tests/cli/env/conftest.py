"""A copy of the project, so that stack files can be written and removed."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Copy the program and its stack files; the app's source is linked."""
    for path in (*ROOT.glob("Pulumi.*"), ROOT / "__main__.py", *ROOT.glob("stack_*.py")):
        shutil.copy(path, tmp_path)
    (tmp_path / "app").symlink_to(ROOT / "app")
    return tmp_path


@pytest.fixture
def small_home(home: Path) -> Path:
    """Leave one small stack, `dev`, which previews quickly."""
    for stack in ("local", "prod", "stage"):
        (home / f"Pulumi.{stack}.yaml").unlink()
    text = "# Tiny.\nconfig:\n  aws:region: eu-west-1\n  aws-mobile:policies: development\n"
    (home / "Pulumi.dev.yaml").write_text(text)
    return home


@pytest.fixture
def backend(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put a `pulumi` first on PATH whose backend has these stacks, or that refuses without any."""

    def know(**stacks: int) -> None:
        folder = tmp_path_factory.mktemp("bin")
        listed = json.dumps([{"name": name, "resourceCount": count} for name, count in stacks.items()])
        answer = f"print({listed!r})" if stacks else "raise SystemExit('error: not logged in')"
        program = folder / "pulumi"
        program.write_text(f"#!{sys.executable}\n{answer}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    know()
    return know
