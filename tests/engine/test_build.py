"""The script that finds or builds the engine."""

import os
import shutil
import stat
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "engine" / "build"


@pytest.fixture
def build() -> ModuleType:
    spec = spec_from_loader("engine_build", SourceFileLoader("engine_build", str(SCRIPT)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cached(build: ModuleType, tmp_path: Path) -> Path:
    """Return the directory of an engine that was built before."""
    directory = tmp_path / "cache" / "pulumi-aws-mobile" / "engine" / build.recipe() / "bin"
    directory.mkdir(parents=True)
    return directory


def _install(directory: Path, version: str, *, language_host: bool = True) -> Path:
    directory.mkdir(exist_ok=True)
    names = ["pulumi", "pulumi-language-python"] if language_host else ["pulumi"]
    for name in names:
        script = directory / name
        script.write_text(f"#!/bin/sh\necho v{version}\n", encoding="utf-8")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return directory


def _run(tmp_path: Path, *path: Path) -> tuple[int, str, str]:
    environment = {"PATH": os.pathsep.join(map(str, path)), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-B", str(SCRIPT)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout, answer.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """Return a directory with the few programs that the stand-ins need."""
    directory = tmp_path / "shell"
    directory.mkdir()
    (directory / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    return directory


@pytest.mark.parametrize("version", ["3.200.0", "3.272.1", "4.0.0"])
def test_an_installed_engine_is_taken_when_it_is_new_enough(
    tmp_path: Path, cached: Path, shell: Path, version: str
) -> None:
    assert cached.exists()
    installed = _install(tmp_path / "installed", version)
    assert _run(tmp_path, installed, shell) == (0, f"{installed}\n", "")


def test_an_installed_engine_is_found_through_a_link(tmp_path: Path, shell: Path) -> None:
    installed = _install(tmp_path / "installed", "3.210.0")
    links = tmp_path / "links"
    links.mkdir()
    (links / "pulumi").symlink_to(installed / "pulumi")
    assert _run(tmp_path, links, shell) == (0, f"{installed}\n", "")


def test_an_old_engine_is_passed_over(tmp_path: Path, cached: Path, shell: Path) -> None:
    installed = _install(tmp_path / "installed", "3.199.9")
    assert _run(tmp_path, installed, shell) == (0, f"{cached}\n", "")


def test_an_engine_without_its_python_language_host_is_passed_over(tmp_path: Path, cached: Path, shell: Path) -> None:
    installed = _install(tmp_path / "installed", "3.272.0", language_host=False)
    assert _run(tmp_path, installed, shell) == (0, f"{cached}\n", "")


def test_an_engine_that_was_built_before_is_taken_again(tmp_path: Path, cached: Path, shell: Path) -> None:
    assert _run(tmp_path, shell) == (0, f"{cached}\n", "")


def test_without_an_engine_and_without_go_it_says_what_to_install(tmp_path: Path, shell: Path) -> None:
    assert _run(tmp_path, shell) == (
        1,
        "",
        (
            "engine: found neither pulumi 3.200 or newer nor go on PATH; install the Pulumi CLI "
            "(pulumi.com/docs/install), or Go 1.24 or newer to build it\n"
        ),
    )


def test_a_build_that_fails_names_the_command_and_leaves_no_engine(tmp_path: Path, shell: Path) -> None:
    go = shell / "go"
    go.write_text("#!/bin/sh\necho 'no network' >&2\nexit 3\n", encoding="utf-8")
    go.chmod(0o755)
    code, printed, said = _run(tmp_path, shell)
    assert (code, printed) == (1, "")
    assert said == (
        "engine: building pulumi (once; a few minutes)\n"
        "no network\n"
        "engine: `go mod download …` in engine/cli failed with exit code 3\n"
    )
    assert list((tmp_path / "cache").rglob("bin")) == []


def test_a_change_of_the_pinned_modules_is_another_engine(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build.recipe()
    copy = tmp_path / "engine"
    shutil.copytree(SCRIPT.parent, copy)
    monkeypatch.setattr(build, "HERE", copy)
    assert build.recipe() == before
    with (copy / "cli" / "go.sum").open("a", encoding="utf-8") as sums:
        sums.write("\n")
    assert build.recipe() != before
