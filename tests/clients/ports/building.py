"""Builds the clients outside of the tree, together with the checks of this folder, and runs the checks."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "clients/aws_mobile_clients/sources"
VECTORS = sorted((ROOT / "clients/conformance/data_sync").glob("*.json"))
CHECKS = Path(__file__).parent
NAMES = [vector.name for vector in VECTORS]


@dataclass(frozen=True, slots=True)
class Check:
    """What came of one check."""

    problem: str | None
    said: int | None


class CommandError(Exception):
    """A command of a tool chain failed."""


def cache() -> Path:
    """Return the clients' folder in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pulumi-aws-mobile" / "clients"


def install_node_modules(package: Path) -> Path:
    """Install what `package-lock.json` pins, once, and return the folder that holds it."""
    files = [package / "package.json", package / "package-lock.json"]
    home = cache() / f"typescript-{digest(files)}"
    if not home.exists():
        with _beside(home) as made:
            for file in files:
                shutil.copy(file, made)
            run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], made)
    return home / "node_modules"


def build_kotlin() -> Sequence[str]:
    """Compile the Kotlin client and its checks, unless they are what was compiled last; return a class path."""
    project, checks = SOURCES / "kotlin", CHECKS / "kotlin"
    files = [project / "pom.xml", *sorted(project.rglob("*.kt")), *sorted(checks.glob("*.kt"))]
    home = cache() / f"kotlin-{digest(files)}"
    if not home.exists():
        with _beside(home) as made:
            shutil.copy(project / "pom.xml", made)
            shutil.copytree(project / "src", made / "src")
            shutil.copytree(checks, made / "src/main/kotlin/checks")
            _maven(["compile", "dependency:build-classpath", "-Dmdep.outputFile=class-path.txt"], made)
    libraries = (home / "class-path.txt").read_text()
    return ["-cp", os.pathsep.join([str(home / "target/classes"), libraries])]


def digest(files: Iterable[Path]) -> str:
    """Return a name for what stands in the files."""
    made = hashlib.sha256()
    for file in files:
        made.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return made.hexdigest()[:12]


def checked(command: Sequence[str], folder: Path) -> Mapping[str, Check]:
    """Run a program that prints a line of JSON for each check, and return them by name."""
    lines = [json.loads(line) for line in run([*command, str(VECTORS[0].parent)], folder).splitlines()]
    return {line["name"]: Check(line["problem"], line["said"]) for line in lines}


def run(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder, with a folder of its own for what it leaves, and return what it printed."""
    with tempfile.TemporaryDirectory() as temporary:
        # Java looks at no environment variable for it.
        environment = os.environ | {"TMPDIR": temporary, "JDK_JAVA_OPTIONS": f"-Djava.io.tmpdir={temporary}"}
        answer = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
    if answer.returncode:
        message = f"{' '.join(command)} failed with exit code {answer.returncode}\n{answer.stdout}{answer.stderr}"
        raise CommandError(message)
    return answer.stdout


def _maven(goals: Sequence[str], folder: Path) -> None:
    """Run Maven with what it has fetched before, and let it fetch only if that is not enough."""
    try:
        run(["mvn", "-o", "-q", "-B", *goals], folder)
    except CommandError as failed:
        if "Compilation failure" in str(failed):
            raise
        run(["mvn", "-q", "-B", *goals], folder)


class _beside:  # noqa: N801 - read as the word it is, in a `with`
    """Make a folder that takes its place whole, or not at all, also if another process does the same."""

    def __init__(self, home: Path) -> None:
        self._home = home
        home.parent.mkdir(parents=True, exist_ok=True)
        self._made = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=home.parent))

    def __enter__(self) -> Path:
        return self._made

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._made.rename(self._home)
        except OSError:
            # Another process was quicker; it built the same.
            if not self._home.exists():
                raise
        finally:
            shutil.rmtree(self._made, ignore_errors=True)
