"""Finished packages take their place whole, and nothing that this command did not make is lost."""

from pathlib import Path

import pytest

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.sdk.folders import MARK, check_free, mark, put, workshop


def _package(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "file").write_text(text)
    mark(folder, "app-api", "1")
    return folder


def test_a_package_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for text in ("old", "new"):
        check_free(out, ["kotlin"])
        with workshop(out) as made:
            put({"kotlin": _package(made / "kotlin", text)}, out)
    assert (out / "kotlin/file").read_text() == "new"


def test_a_new_package_has_no_file_of_the_one_before(tmp_path: Path) -> None:
    before = _package(tmp_path / "kotlin", "old")
    (before / "gone").touch()
    with workshop(tmp_path) as made:
        put({"kotlin": _package(made / "kotlin", "new")}, tmp_path)
    assert {file.name for file in (tmp_path / "kotlin").iterdir()} == {"file", MARK}


def test_nothing_is_left_of_the_workshop(tmp_path: Path) -> None:
    with workshop(tmp_path / "a/b") as made:
        put({"kotlin": _package(made / "kotlin", "new")}, tmp_path / "a/b")
    assert [place.name for place in tmp_path.iterdir()] == ["a"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    _package(tmp_path / "kotlin", "old")
    with pytest.raises(OSError, match="missing"), workshop(tmp_path) as made:
        put({"kotlin": made / "missing"}, tmp_path)
    assert (tmp_path / "kotlin/file").read_text() == "old"


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kotlin").mkdir()
    (tmp_path / "kotlin/mine.kt").touch()
    with pytest.raises(UsageError) as raised:
        check_free(tmp_path, ["kotlin"])
    assert str(raised.value) == (
        f"{tmp_path}/kotlin holds something else than a client; empty it, or name another folder with --out"
    )


def test_an_empty_folder_is_free(tmp_path: Path) -> None:
    (tmp_path / "kotlin").mkdir()
    check_free(tmp_path, ["kotlin"])


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError) as raised:
        check_free(tmp_path / "out", ["kotlin"])
    assert str(raised.value) == f"{tmp_path}/out is no folder; name another one with --out"
