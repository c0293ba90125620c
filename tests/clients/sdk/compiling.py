"""Compiles a generated Kotlin client together with an app, outside of the tree, and keeps the result."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from clients.ports.building import CommandError, cache, digest, run

from .standing import HERE, examples


def compile_kotlin(client: Path) -> Sequence[str]:
    """Return the command that runs a program of the compiled client; compile it unless that was done before."""
    pom, app = HERE / "kotlin/pom.xml", HERE / "kotlin/Main.kt"
    (example,) = [text for text in examples("kotlin") if text.startswith("import ")]
    (client / "src/main/kotlin/Example.kt").write_text(f"package checks.example\n\n{example}")
    home = cache() / f"kotlin-sdk-{digest([pom, app, *sorted(client.rglob('*.kt'))])}"
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as temporary:
            made = Path(temporary) / "made"
            shutil.copytree(client / "src", made / "src")
            shutil.copy(pom, made)
            shutil.copy(app, made / "src/main/kotlin")
            _maven(["compile", "dependency:build-classpath", "-Dmdep.outputFile=class-path.txt"], made)
            made.rename(home)
    libraries = (home / "class-path.txt").read_text()
    return ["java", "-cp", os.pathsep.join([str(home / "target/classes"), libraries])]


def _maven(goals: Sequence[str], folder: Path) -> None:
    """Run Maven with what it has fetched before, and let it fetch only if that is not enough."""
    try:
        run(["mvn", "-o", "-q", "-B", *goals], folder)
    except CommandError as failed:
        if "Compilation failure" in str(failed):
            raise
        run(["mvn", "-q", "-B", *goals], folder)
