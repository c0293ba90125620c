"""What is in Pulumi's assets and archives, and the one zip that the same files always make."""

import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pulumi_aws_sandbox import wire

# A zip cannot hold an earlier one; the real time would make every zip another one.
_WHEN = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644
_TARS = (".tar", ".tgz", ".tar.gz")


class ArchiveError(ValueError):
    """An archive cannot be read."""


def zipped(archive: Any) -> bytes:  # noqa: ANN401 - an archive as it travels
    """Return the files of an archive as a zip, byte for byte the same for the same files; a zip stays as it is."""
    path = _local_path(archive)
    if path is not None and path.suffix == ".zip":
        return _read(path)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in sorted(files(archive).items()):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.external_attr = _READABLE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return held.getvalue()


def files(archive: Any) -> dict[str, bytes]:  # noqa: ANN401 - an archive as it travels
    """Return the files of an archive by their names in it; raise `ArchiveError` where one cannot be read."""
    if not wire.is_archive(archive):
        message = f"expected an archive, got {type(archive).__name__}"
        raise ArchiveError(message)
    return dict(_entries(archive))


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - assets or archives as they travel
    """Tell whether two assets, or two archives, hold the same; by the engine's hashes where it has made them."""
    hashes = one.get("hash"), other.get("hash")
    if all(hashes):
        return hashes[0] == hashes[1]
    try:
        return _held(one) == _held(other)
    except ArchiveError:
        return False


def _held(value: Any) -> bytes | dict[str, bytes]:  # noqa: ANN401 - an asset or an archive as it travels
    return _content(value) if wire.is_asset(value) else files(value)


def _entries(archive: Any) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401 - an archive as it travels
    for name, each in archive.get("assets", {}).items():
        if wire.is_archive(each):
            yield from ((f"{name}/{inner}", content) for inner, content in _entries(each))
        else:
            yield name, _content(each)
    path = _local_path(archive)
    if path is None:
        return
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file():
                yield file.relative_to(path).as_posix(), _read(file)
    elif path.suffix == ".zip":
        yield from _zip_entries(path)
    elif path.name.endswith(_TARS):
        yield from _tar_entries(path)
    elif path.exists():
        message = f"{path} is neither a folder nor a .zip, .tar or .tar.gz file"
        raise ArchiveError(message)
    else:
        message = f"{path} does not exist"
        raise ArchiveError(message)


def _zip_entries(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(_read(path))) as source:
            for name in source.namelist():
                if not name.endswith("/"):
                    yield name, source.read(name)
    except zipfile.BadZipFile as error:
        message = f"{path} is not a zip file"
        raise ArchiveError(message) from error


def _tar_entries(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(_read(path))) as source:
            for entry in source.getmembers():
                content = source.extractfile(entry)
                if content is not None:
                    yield entry.name.removeprefix("./"), content.read()
    except tarfile.TarError as error:
        message = f"{path} is not a tar file"
        raise ArchiveError(message) from error


def _content(asset: Any) -> bytes:  # noqa: ANN401 - an asset as it travels
    path = _local_path(asset)
    # The engine leaves out a text that is empty.
    return asset.get("text", "").encode() if path is None else _read(path)


def _local_path(value: Any) -> Path | None:  # noqa: ANN401 - an asset or an archive as it travels
    if value.get("path"):
        return Path(os.fspath(value["path"]))
    uri = value.get("uri")
    if not uri:
        return None
    parts = urlsplit(uri)
    if parts.scheme != "file":
        message = f"the sandbox never calls out: {uri}; give a file or a folder"
        raise ArchiveError(message)
    return Path(unquote(parts.path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise ArchiveError(message) from error
