"""Writes a page as a whole or not at all."""

import contextlib
import os
from pathlib import Path

from aws_mobile_cli.exits import UsageError


class PageError(Exception):
    """A page could not be written after all."""


def refuse_unwritable(file: Path, option: str = "--html") -> None:
    """Raise `UsageError` if no page can be written there, before anything long has begun."""
    target = file.resolve()
    if not target.parent.is_dir():
        message = f"{option}: there is no folder {file.absolute().parent}"
        raise UsageError(message)
    if target.is_dir():
        message = f"{option}: {file.absolute()} is a folder; name a file in it"
        raise UsageError(message)
    if target.exists() and not target.is_file():
        message = f"{option}: {file.absolute()} is no regular file; name another"
        raise UsageError(message)
    probe = _beside(target)
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        message = f"{option}: cannot write in {target.parent}: {error.strerror}"
        raise UsageError(message) from error


def write_page(page: str, file: Path, option: str = "--html") -> None:
    """Write a page: whoever reads the file finds the old one or the new one, never a part.

    Raise `PageError` if it cannot be written.
    """
    target = file.resolve()
    made = _beside(target)
    try:
        with made.open("x", encoding="utf-8") as opened:
            opened.write(page)
            opened.flush()
            os.fsync(opened.fileno())
        made.replace(target)
    except OSError as error:
        message = f"{option}: cannot write {target}: {error.strerror}"
        raise PageError(message) from error
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:200]}.{os.getpid()}")
