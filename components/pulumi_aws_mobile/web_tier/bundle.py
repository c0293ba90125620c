"""The files of an application and the one zip that they always make. Pure but for reading the source."""

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

MOST_BYTES = 500_000_000
"""The largest bundle that Elastic Beanstalk takes.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/applications-sourcebundle.html"""

_LEFT_OUT_FOLDERS = {".git", ".hg", ".svn", "__pycache__", "__MACOSX"}
_LEFT_OUT_FILES = {".DS_Store", "Thumbs.db"}
_CREDENTIAL_FOLDERS = {".aws", ".ssh"}
_CREDENTIAL_FILE = re.compile(
    r"\.env(?!\.(dist|example|sample|template)$)(\..+)?|\.netrc|\.git-credentials|\.pgpass|\.my\.cnf|id_(rsa|dsa|ecdsa|ed25519)",
    re.IGNORECASE,
)
_OF_OTHERS = {"node_modules", "vendor"}  # packages, whose samples are nobody's secrets
_WHEN = (1980, 1, 1, 0, 0, 0)  # a zip cannot hold an earlier one; the real time would make every zip another one
_PLAIN = stat.S_IFREG | 0o644
_EXECUTABLE = stat.S_IFREG | 0o755
_CHUNK = 1024 * 1024
_LABEL_DIGITS = 16


class SourceError(ValueError):
    """The source cannot become a bundle."""

    def __init__(self, got: str, allowed: str, fix: str) -> None:
        """Say what was found, what may be there, and what to change."""
        super().__init__(f"{got}; {allowed}; {fix}")
        self.got, self.allowed, self.fix = got, allowed, fix


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a bundle."""

    name: str
    """Its path in the bundle, with forward slashes."""
    size: int
    executable: bool
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is deployed."""

    entries: tuple[Entry, ...]
    """The files in the order of their names."""
    label: str
    """What its versions are named after: made of the files' names, contents and executable bits, and of nothing
    else."""

    @property
    def names(self) -> frozenset[str]:
        """The files by name."""
        return frozenset(entry.name for entry in self.entries)


def read_source(source: Path, added: Iterable[tuple[str, bytes]] = ()) -> Bundle:
    """Return the bundle of a folder or .zip file and the files `added`; raise `SourceError` if there is none."""
    if source.is_dir():
        found = list(_folder_entries(source))
    elif source.suffix == ".zip" and source.is_file():
        found = list(_zip_entries(source))
    else:
        raise SourceError(str(source), "a folder or a .zip file that exists", "name what holds the application")
    if not found:
        raise SourceError(str(source), "a folder or a .zip file with files", "put the application's files there")
    for entry in found:
        _check_credentials(entry.name)
    names = {entry.name for entry in found}
    for name, _ in added:
        if name in names:
            raise SourceError(name, "a name that is not the web tier's own", f"rename {name} in the source")
    entries = tuple(sorted([*found, *(_made(*each) for each in added)], key=lambda entry: entry.name))
    size = sum(entry.size for entry in entries)
    if size > MOST_BYTES:
        got, most = f"{size / 1e6:.0f} MB", f"{MOST_BYTES / 1e6:.0f} MB"
        raise SourceError(got, f"files of at most {most} together", "leave out what does not run")
    return Bundle(entries, f"sha256-{_digest(entries)[:_LABEL_DIGITS]}")


def lone_folder(names: Iterable[str]) -> str | None:
    """Return the one folder that holds everything, if there is one."""
    tops = {name.partition("/")[0] if "/" in name else None for name in names}
    return tops.pop() if len(tops) == 1 else None


def write(bundle: Bundle, target: IO[bytes]) -> None:
    """Write the bundle as a zip, byte for byte the same for the same label on every machine.

    The files are stored, not compressed: what a compression makes of them differs between versions of zlib. Raise
    `SourceError` if a file has changed since it was read.
    """
    digest = hashlib.sha256()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for entry in bundle.entries:
            info = zipfile.ZipInfo(entry.name, _WHEN)
            info.create_system = 3  # Unix, wherever this runs: the permissions count
            info.external_attr = (_EXECUTABLE if entry.executable else _PLAIN) << 16
            info.file_size = entry.size
            with archive.open(info, "w") as into:
                _update(digest, entry, into.write)
    if not bundle.label.endswith(digest.hexdigest()[:_LABEL_DIGITS]):
        got = "files that changed while they were read"
        raise SourceError(got, "files that stay as they are", "run again")


def _check_credentials(name: str) -> None:
    """Refuse a file that holds credentials by its name: a bundle is kept for long, and read by every instance."""
    *folders, file = name.split("/")
    if _OF_OTHERS.intersection(folders):
        return
    if _CREDENTIAL_FOLDERS.intersection(folders) or _CREDENTIAL_FILE.fullmatch(file):
        allowed = "files without credentials: whoever may read bundles or instances would read them"
        raise SourceError(name, allowed, "move it out of the source; the web tier takes secrets by their ARNs")


def _digest(entries: Sequence[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        _update(digest, entry, lambda _: None)
    return digest.hexdigest()


def _update(digest: "hashlib._Hash", entry: Entry, also: Callable[[bytes], object]) -> None:
    """Add one file to the digest: first the hash of its content, so that no two lists of files read the same."""
    content = hashlib.sha256()
    with closing(entry.open()) as file:
        while chunk := file.read(_CHUNK):
            content.update(chunk)
            also(chunk)
    digest.update(content.digest() + (b"x" if entry.executable else b"-") + entry.name.encode() + b"\0")


def _made(name: str, content: bytes) -> Entry:
    return Entry(name, len(content), executable=False, open=partial(io.BytesIO, content))


def _folder_entries(folder: Path) -> Iterator[Entry]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(set(folders) - _LEFT_OUT_FOLDERS)
        for name in (*folders, *sorted(set(files) - _LEFT_OUT_FILES)):
            path = here / name
            where = path.relative_to(folder).as_posix()
            if (readable := os.fsencode(where).decode(errors="replace")) != where:
                raise SourceError(readable, "names in UTF-8", "rename the file")
            found = path.lstat()
            if stat.S_ISLNK(found.st_mode):
                raise _link(where)
            if stat.S_ISREG(found.st_mode):
                yield Entry(where, found.st_size, bool(found.st_mode & stat.S_IXUSR), partial(path.open, "rb"))
            elif not stat.S_ISDIR(found.st_mode):
                raise SourceError(where, "files and folders", "remove it: it is neither")


def _zip_entries(source: Path) -> Iterator[Entry]:
    try:
        with zipfile.ZipFile(source) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except zipfile.BadZipFile as error:
        raise SourceError(str(source), "a file that is a zip", f"make it again: {error}") from error
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        parts = name.split("/")
        if _LEFT_OUT_FOLDERS.intersection(parts[:-1]) or parts[-1] in _LEFT_OUT_FILES:
            continue
        _check_member(member, name)
        if name in seen:
            raise SourceError(name, "each file once", "make the zip again")
        seen.add(name)
        mode = member.external_attr >> 16
        yield Entry(name, member.file_size, bool(mode & stat.S_IXUSR), partial(_open_member, source, member))


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    """Refuse what does not unpack to a file inside the application."""
    if "\\" in name:
        raise SourceError(name, "names with forward slashes", "make the zip with another program")
    if name.startswith("/") or ".." in name.split("/"):
        raise SourceError(name, "names of files inside the application", "make the zip again, from the folder itself")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _link(name)
    if member.flag_bits & 1:
        raise SourceError(name, "files without a password", "make the zip without encryption")


def _open_member(source: Path, member: zipfile.ZipInfo) -> IO[bytes]:
    # The member keeps the file open for as long as it is read itself.
    with zipfile.ZipFile(source) as archive:
        return archive.open(member)


def _link(name: str) -> SourceError:
    return SourceError(name, "files and folders, no symbolic links", "put the file itself there")
