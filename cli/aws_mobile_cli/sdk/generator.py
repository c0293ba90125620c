"""Runs OpenAPI Generator, which comes with the package's extra `sdk` and needs a Java of the user's."""

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import UsageError

from .recorded import Document

_PACKAGE = "openapi_generator_cli"
_JAR = "openapi-generator.jar"
_LONGEST_SECONDS = 300
_QUIET = {"apiDocs": "false", "apiTests": "false", "modelDocs": "false", "modelTests": "false"}


class GenerationError(RuntimeError):
    """The generator failed, or made something else than was asked."""


@dataclass(frozen=True, slots=True)
class Generator:
    """What the generator is told for one language."""

    name: str
    options: Mapping[str, Any]
    library: str | None = None


def find_generator() -> Sequence[str]:
    """Return the command that starts the generator; raise `UsageError` where a part of it is missing."""
    found = importlib.util.find_spec(_PACKAGE)
    jar = Path(found.origin).with_name(_JAR) if found is not None and found.origin is not None else None
    if jar is None or not jar.is_file():
        message = "the client generator is not installed; pip install 'pulumi-aws-mobile[sandbox,sdk]'"
        raise UsageError(message)
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    java = java or shutil.which("java")
    if java is None:
        message = (
            "the client generator needs a Java runtime from 11 on, and there is no `java` in JAVA_HOME or on PATH; "
            "install one, for example openjdk-17-jre-headless"
        )
        raise UsageError(message)
    return [java, "-jar", str(jar)]


def generate(command: Sequence[str], document: Document, asked: Mapping[str, Generator], folder: Path) -> None:
    """Generate what is asked, all in one start of Java, each into the folder of its name below `folder`."""
    with tempfile.TemporaryDirectory() as temporary:
        orders = Path(temporary)
        source = orders / "openapi.json"
        source.write_text(json.dumps(document), encoding="utf-8")
        files = [_order(orders, name, each, source, folder / name) for name, each in asked.items()]
        try:
            answer = subprocess.run(  # noqa: S603 - the generator that the user installed
                [*command, "batch", "--fail-fast", *map(str, files)],
                capture_output=True,
                text=True,
                timeout=_LONGEST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            message = f"the client generator could not run: {error}"
            raise GenerationError(message) from error
    missing = [name for name in asked if not (folder / name).is_dir()]
    if answer.returncode or missing:
        shown = "\n".join(filter(None, (_last(answer.stdout), _last(answer.stderr))))
        message = f"the client generator failed with exit code {answer.returncode}:\n{shown}"
        raise GenerationError(message)


def _order(orders: Path, name: str, generator: Generator, source: Path, target: Path) -> Path:
    order = {
        "generatorName": generator.name,
        "inputSpec": str(source),
        "outputDir": str(target),
        "additionalProperties": {"hideGenerationTimestamp": True, **generator.options},
        "globalProperties": _QUIET,
        **({"library": generator.library} if generator.library else {}),
    }
    file = orders / f"{name}.json"
    file.write_text(json.dumps(order), encoding="utf-8")
    return file


def _last(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-15:])
