"""Installs the AWS CDK, for JavaScript and for Python, into the user's cache; nothing goes into this tree."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import BenchError

_HERE = Path(__file__).resolve().parent
_REQUIREMENTS = _HERE / "requirements.txt"
_NODE = tuple(_HERE / "peers" / name for name in ("package.json", "package-lock.json"))
_SHOWN_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Peers:
    """Where the CDK is installed."""

    javascript: Path
    """A folder in which Node finds aws-cdk-lib."""
    python: Path
    """An interpreter that finds aws_cdk."""


def cache() -> Path:
    """Return the benchmark's folder in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pulumi-aws-mobile" / "bench"


def install() -> Peers:
    """Install what is not there yet and return where it is."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            message = f"{command} is not on PATH; install Node.js 20 or newer to compare with the AWS CDK"
            raise BenchError(message)
    javascript = cache() / f"javascript-{_digest(*_NODE)}"
    python = cache() / f"python-{_digest(_REQUIREMENTS)}-{sys.version_info.major}.{sys.version_info.minor}"
    if not _done(javascript).exists():
        shutil.rmtree(javascript, ignore_errors=True)
        javascript.mkdir(parents=True)
        for file in _NODE:
            shutil.copy(file, javascript)
        _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], javascript)
        _done(javascript).touch()
    if not _done(python).exists():
        shutil.rmtree(python, ignore_errors=True)
        _install_python(python)
        _done(python).touch()
    return Peers(javascript, python / "bin" / "python")


def _install_python(home: Path) -> None:
    uv = _uv()
    _run([sys.executable, "-m", "venv", *(["--without-pip"] if uv else []), str(home)], home.parent)
    python = str(home / "bin" / "python")
    wanted = ["--require-hashes", "--only-binary", ":all:", "-r", str(_REQUIREMENTS)]
    if uv:
        _run([uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *wanted], home)
    else:
        _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], home)


def _uv() -> str | None:
    """Return a `uv` that works: the project's own, or the one on PATH; pip does it too, more slowly."""
    for candidate in (str(Path(sys.prefix) / "uv" / "bin" / "uv"), shutil.which("uv")):
        if candidate and Path(candidate).exists():
            answer = subprocess.run([candidate, "--version"], capture_output=True, check=False)
            if answer.returncode == 0:
                return candidate
    return None


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _done(home: Path) -> Path:
    return home / ".done"


def _run(command: Sequence[str], folder: Path) -> None:
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if answer.returncode:
        said = (answer.stdout + answer.stderr)[-_SHOWN_CHARACTERS:]
        message = f"{' '.join(command)} failed with exit code {answer.returncode}\n{said}"
        raise BenchError(message)
