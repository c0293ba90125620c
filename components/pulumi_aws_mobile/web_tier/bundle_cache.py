"""Keeps the zips of bundles on this machine, outside the program's folder, so that each is written once."""

import os
import tempfile
import zipfile
from pathlib import Path

from pulumi_aws_mobile.user_cache import user_cache

from .bundle import Bundle, SourceError, read_source, write

_FOLDER = "bundles"


def cached(bundle: Bundle) -> Path:
    """Return the zip of a bundle, written if it is not there yet."""
    folder = _folder()
    target = folder / f"{bundle.label}.zip"
    if _holds(target, bundle):
        return target
    # Under another name until it is whole: another program may look for it meanwhile.
    handle, name = tempfile.mkstemp(dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write(bundle, file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _holds(target: Path, bundle: Bundle) -> bool:
    """Tell whether the zip is there and has just the bundle's files: it is deployed, and others may have written it."""
    try:
        return read_source(target).label == bundle.label
    except (OSError, SourceError, zipfile.BadZipFile):
        return False


def _folder() -> Path:
    """Return the user's cache, or a folder for this run alone where there is none."""
    folder = user_cache(_FOLDER)
    if folder is None:
        return Path(tempfile.mkdtemp())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp())
