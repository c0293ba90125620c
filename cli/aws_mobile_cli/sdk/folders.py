"""Puts finished packages in their place: each is there whole, or the one before it still is."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from aws_mobile_cli.exits import UsageError

MARK = ".aws-mobile-sdk.json"
"""Says that a folder was made by this command, and may be made anew."""


def check_free(out: Path, names: Sequence[str]) -> None:
    """Raise `UsageError` if one of the folders holds what this command did not make."""
    for place in [out, *(out / name for name in names)]:
        if place.exists() and not place.is_dir():
            message = f"{place} is no folder; name another one with --out"
            raise UsageError(message)
    for name in names:
        place = out / name
        if place.exists() and any(place.iterdir()) and not (place / MARK).is_file():
            message = f"{place} holds something else than a client; empty it, or name another folder with --out"
            raise UsageError(message)


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """Give a folder to build in, on the disk that the result goes to; nothing is left of it."""
    parent = out.resolve()
    while not parent.exists():
        parent = parent.parent
    try:
        made = Path(tempfile.mkdtemp(prefix=".aws-mobile-sdk-", dir=parent))
    except OSError as error:
        message = f"cannot write below {parent}: {error.strerror or error}"
        raise UsageError(message) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put(finished: Mapping[str, Path], out: Path) -> None:
    """Move each finished package into its place below `out`, in exchange for the one before it."""
    out.mkdir(parents=True, exist_ok=True)
    for name, made in finished.items():
        place, before = out / name, made.with_name(f"{made.name}.before")
        if place.exists():
            place.rename(before)
        try:
            made.rename(place)
        except OSError:
            if before.exists():
                before.rename(place)
            raise


def mark(folder: Path, api: str, version: str) -> None:
    """Note in a package what it was made of, so that it may be made anew."""
    text = json.dumps({"api": api, "generator": version}, indent=2)
    (folder / MARK).write_text(f"{text}{os.linesep}", encoding="utf-8")
