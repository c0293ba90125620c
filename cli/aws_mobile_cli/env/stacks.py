"""The stack files of a project: which there are, what they are called, what addresses their networks have."""

import contextlib
import ipaddress
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import Project, open_project

from .shape import PRIMARY_CIDR, RECOVERY_CIDR

LONGEST_NAME = 100
"""The longest name of a stack that Pulumi takes."""
_NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_NAME - 1}}}")


def home_of(folder: Path) -> Path:
    """Return the project's folder: `folder` or the nearest one above it with a `Pulumi.yaml`."""
    start = folder.resolve()
    home = next((place for place in (start, *start.parents) if (place / "Pulumi.yaml").is_file()), None)
    if home is None:
        message = f"no Pulumi.yaml in {start} or above it; go to a Pulumi project or name one with --project"
        raise UsageError(message)
    return home


def stack_file(home: Path, stack: str) -> Path:
    """Return where the file of a stack is, or would be."""
    return home / f"Pulumi.{stack}.yaml"


def stack_names(home: Path) -> list[str]:
    """Return the names of the stacks that have a file."""
    return sorted(path.name.removeprefix("Pulumi.").removesuffix(".yaml") for path in home.glob("Pulumi.*.yaml"))


def existing(folder: Path, stack: str) -> Project:
    """Return the project with a stack whose file must be there and can be read."""
    home = home_of(folder)
    if not stack_file(home, stack).is_file():
        there = ", ".join(stack_names(home)) or "none"
        message = f"there is no stack file {stack_file(home, stack).name}; the stacks here are: {there}"
        raise UsageError(message)
    return open_project(home, stack)


def refuse_name(home: Path, name: str) -> None:
    """Raise `UsageError` for a name that Pulumi or AWS cannot carry, or that is taken."""
    if not _NAME.fullmatch(name):
        message = (
            f'a stack cannot be called "{name}"; allowed: 1 to {LONGEST_NAME} letters, digits, hyphens, underscores '
            "and periods, a letter or digit first"
        )
        raise UsageError(message)
    for other in stack_names(home):
        if other == name:
            message = f"there is a stack file {stack_file(home, name).name} already; nothing was changed"
            raise UsageError(message)
        if _plain(other) == _plain(name):
            message = (
                f'"{name}" and the stack "{other}" would be one name to AWS, where some names are lower case with '
                "underscores; choose another one"
            )
            raise UsageError(message)


def networks(home: Path, namespace: str) -> Mapping[str, list[str]]:
    """Return the blocks of addresses of every stack's networks, by stack; none of files that cannot be read."""
    blocks = {}
    for stack in stack_names(home):
        try:
            content = yaml.safe_load(stack_file(home, stack).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue
        config = _at(content, "config")
        given = {str(key).removeprefix(f"{namespace}:"): value for key, value in config.items()}
        named = [_at(given, "network").get("cidr") or PRIMARY_CIDR]
        if given.get("recovery"):
            named.append(_at(_at(given, "recovery"), "network").get("cidr") or RECOVERY_CIDR)
        blocks[stack] = [block for block in named if _is_block(block)]
    return blocks


@contextlib.contextmanager
def drafted(home: Path, stack: str, text: str) -> Iterator[Project]:
    """Give the project with a stack whose file is not there yet and would have this text."""
    with tempfile.TemporaryDirectory(prefix="aws-mobile-env-") as directory:
        aside = Path(directory)
        for name in ("Pulumi.yaml", "__main__.py"):
            if (home / name).is_file():
                (aside / name).write_bytes((home / name).read_bytes())
        stack_file(aside, stack).write_text(text, encoding="utf-8")
        yield replace(open_project(aside, stack), folder=home)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet: it is whole or not there, whatever happens."""
    try:
        _write_new(path, text)
    except FileExistsError as error:
        message = f"there is a stack file {path.name} already; nothing was changed"
        raise UsageError(message) from error
    except OSError as error:
        message = f"{path.name} cannot be written: {error}"
        raise UsageError(message) from error


def _write_new(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        os.link(name, path)  # unlike a rename, refuses to replace a file
    finally:
        Path(name).unlink()


def _is_block(value: object) -> bool:
    try:
        ipaddress.IPv4Network(value if isinstance(value, str) else "")
    except ValueError:
        return False
    return True


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "_", name.lower())


def _at(value: Any, key: str) -> dict[str, Any]:  # noqa: ANN401 - whatever stands in a file
    """Return the mapping there; an empty one if there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
