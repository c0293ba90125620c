"""Puts files in their place: all of them, or those that were there before."""

import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aws_mobile_cli.exits import UsageError
from pulumi_aws_mobile.client_files import FAILOVER, MARK

_OURS = MARK.rpartition("/")[0].encode()
"""What files of every version of the formats have."""


def check_ours(folder: Path, names: Iterable[str]) -> None:
    """Raise `UsageError` if one of the files stands in the folder, and something else made it."""
    foreign = [name for name in names if (folder / name).is_file() and not _is_ours(folder / name)]
    if foreign:
        message = (
            f"{folder} has files that aws-mobile did not make: {', '.join(sorted(foreign))}; "
            "name another folder with --out, or write over them with --force"
        )
        raise UsageError(message)


def stale(folder: Path, names: Collection[str]) -> list[str]:
    """Return the failover copies in the folder that are none of the files any more; only those that were made here."""
    found = sorted((folder / FAILOVER).glob("*/*")) if (folder / FAILOVER).is_dir() else []
    relative = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    return [name for name, path in relative.items() if name not in names and _is_ours(path)]


def put(folder: Path, texts: Mapping[str, str], gone: Iterable[str]) -> None:
    """Write each text to its file and remove those that are gone; if one fails, all is as it was before.

    Files that say what they said before are not touched. Each file changes in one step; whoever reads several of them
    in the milliseconds in which they change may see old ones and new ones.
    """
    blocked = [place for place in _places(folder, texts) if place.exists() and not place.is_dir()]
    if blocked or any((folder / name).is_dir() for name in texts):
        message = f"{blocked[0] if blocked else folder} is in the way; name another folder with --out"
        raise UsageError(message)
    new = {name: text for name, text in texts.items() if _read(folder / name) != text.encode()}
    try:
        with _folders(folder, new), _workshop(folder) as made:
            for name, text in new.items():
                _below(made / "new", name).write_text(text, encoding="utf-8", newline="\n")
            _exchange(folder, made, new, gone)
    except OSError as error:
        message = f"cannot write below {folder}: {error.strerror or error}"
        raise UsageError(message) from error
    _tidy(folder)


def _exchange(folder: Path, made: Path, new: Iterable[str], gone: Iterable[str]) -> None:
    """Put the new files into the place of the old ones; bring the old ones back if that fails."""
    kept: list[str] = []
    placed: list[str] = []
    try:
        for name in gone:
            (folder / name).replace(_below(made / "old", name))
            kept.append(name)
        for name in new:
            if (folder / name).exists():
                shutil.copy2(folder / name, _below(made / "old", name))
                kept.append(name)
            (made / "new" / name).replace(folder / name)
            placed.append(name)
    except BaseException:
        for name in placed:
            (folder / name).unlink()
        for name in kept:
            (made / "old" / name).replace(folder / name)
        raise


@contextmanager
def _folders(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Make the folders of the files; take them away again if something fails."""
    made: list[Path] = []
    try:
        for place in _places(folder, names):
            if not place.exists():
                place.mkdir()
                made.append(place)
        yield
    except BaseException:
        for place in reversed(made):
            place.rmdir()
        raise


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Give a folder on the same disk; nothing is left of it."""
    made = Path(tempfile.mkdtemp(prefix=".aws-mobile-clients-", dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _places(folder: Path, names: Iterable[str]) -> list[Path]:
    """Return the folder, those above it and those of the files in it, the outermost first."""
    places = {folder, *folder.parents}
    for name in names:
        places |= {folder / parent for parent in Path(name).parents}
    return sorted(places, key=lambda place: len(place.parts))


def _below(folder: Path, name: str) -> Path:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _tidy(folder: Path) -> None:
    """Remove the failover's folders that hold nothing any more."""
    top = folder / FAILOVER
    for place in [*(top.iterdir() if top.is_dir() else []), top]:
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _is_ours(path: Path) -> bool:
    return _OURS in path.read_bytes()
