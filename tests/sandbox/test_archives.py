"""Archives become the same zip on every machine and through every door."""

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi.asset import AssetArchive, FileArchive, FileAsset, RemoteArchive, StringAsset

from pulumi_aws_sandbox import archives, wire
from pulumi_aws_sandbox.engine_api import Sandbox


def _plain(archive: object) -> dict[str, object]:
    return wire.plain(archive)


def _code(folder: Path) -> Path:
    (folder / "inner").mkdir(parents=True)
    (folder / "index.py").write_text("one", encoding="utf-8")
    (folder / "inner" / "more.py").write_text("two", encoding="utf-8")
    return folder


FILES = {"index.py": b"one", "inner/more.py": b"two"}


def test_a_folder_holds_its_files(tmp_path: Path) -> None:
    assert archives.files(_plain(FileArchive(str(_code(tmp_path / "code"))))) == FILES


def test_files_texts_and_archives_make_an_archive(tmp_path: Path) -> None:
    code = _code(tmp_path / "code")
    archive = AssetArchive(
        {"a.py": FileAsset(code / "index.py"), "b.py": StringAsset("text"), "deep": FileArchive(str(code))}
    )
    assert archives.files(_plain(archive)) == {
        "a.py": b"one",
        "b.py": b"text",
        "deep/index.py": b"one",
        "deep/inner/more.py": b"two",
    }


def test_zips_and_tars_are_opened(tmp_path: Path) -> None:
    code = _code(tmp_path / "code")
    with zipfile.ZipFile(tmp_path / "code.zip", "w") as target:
        for name in FILES:
            target.write(code / name, name)
    with tarfile.open(tmp_path / "code.tar.gz", "w:gz") as target:
        target.add(code, ".")
    for name in ("code.zip", "code.tar.gz"):
        assert archives.files(_plain(FileArchive(str(tmp_path / name)))) == FILES


def test_the_zip_is_the_same_wherever_and_whenever_the_files_were_written(tmp_path: Path) -> None:
    one, other = _code(tmp_path / "one"), _code(tmp_path / "other")
    os.utime(other / "index.py", (1, 1))
    (other / "index.py").chmod(0o700)
    zips = [archives.zipped(_plain(FileArchive(str(folder)))) for folder in (one, other)]
    assert zips[0] == zips[1]
    with zipfile.ZipFile(io.BytesIO(zips[0])) as source:
        assert {name: source.read(name) for name in source.namelist()} == FILES


_NAMES = st.from_regex(r"[a-z]{1,5}(/[a-z]{1,5})?\.py", fullmatch=True)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(_NAMES, st.text(st.characters(codec="utf-8")), min_size=1))
def test_the_order_of_the_files_makes_no_other_zip(texts: dict[str, str]) -> None:
    there, back = (
        archives.zipped(_plain(AssetArchive({name: StringAsset(texts[name]) for name in names})))
        for names in (sorted(texts), sorted(texts, reverse=True))
    )
    assert there == back
    with zipfile.ZipFile(io.BytesIO(there)) as source:
        assert {name: source.read(name).decode() for name in source.namelist()} == texts


def test_a_zip_stays_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "code.zip", "w") as target:
        target.writestr("index.py", "one")
    assert archives.zipped(_plain(FileArchive(str(tmp_path / "code.zip")))) == (tmp_path / "code.zip").read_bytes()


def test_an_empty_text_that_the_engine_leaves_out_is_an_empty_file() -> None:
    archive = _plain(AssetArchive({"__init__.py": StringAsset("")}))
    del archive["assets"]["__init__.py"]["text"]
    assert archives.files(archive) == {"__init__.py": b""}


@pytest.mark.parametrize(
    ("archive", "problem"),
    [
        (FileArchive("nowhere"), "nowhere does not exist"),
        (FileArchive("nowhere.zip"), "nowhere.zip cannot be read: No such file or directory"),
        (
            AssetArchive({"a": FileAsset("nowhere.py")}),
            "nowhere.py cannot be read: No such file or directory",
        ),
        (FileArchive("notes.txt"), "notes.txt is neither a folder nor a .zip, .tar or .tar.gz file"),
        (FileArchive("broken.zip"), "broken.zip is not a zip file"),
        (FileArchive("broken.tar"), "broken.tar is not a tar file"),
        (
            RemoteArchive("https://example.com/code.zip"),
            "the sandbox never calls out: https://example.com/code.zip; give a file or a folder",
        ),
        ("code", "expected an archive, got str"),
    ],
)
def test_what_cannot_be_read_is_said(
    archive: object, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("notes.txt", "broken.zip", "broken.tar"):
        (tmp_path / name).write_text("text", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(archives.ArchiveError) as raised:
        archives.files(_plain(archive))
    assert str(raised.value) == problem


def test_the_same_files_elsewhere_are_no_difference(sandbox: Sandbox, tmp_path: Path) -> None:
    old, new = (_plain(FileArchive(str(_code(tmp_path / name)))) for name in ("one", "other"))
    token = "aws:lambda/function:Function"
    assert sandbox.diff(token, {"code": old}, {}, {"code": new}).changed == []
    (tmp_path / "other" / "index.py").write_text("changed", encoding="utf-8")
    assert sandbox.diff(token, {"code": old}, {}, {"code": new}).changed == ["code"]


def test_the_same_file_elsewhere_is_no_difference(sandbox: Sandbox, tmp_path: Path) -> None:
    for name, text in (("one.txt", "same"), ("two.txt", "same"), ("three.txt", "other")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    one, two, three = (_plain(FileAsset(str(tmp_path / f"{name}.txt"))) for name in ("one", "two", "three"))
    token = "aws:s3/bucketObjectv2:BucketObjectv2"
    assert sandbox.diff(token, {"source": one}, {}, {"source": two}).changed == []
    assert sandbox.diff(token, {"source": one}, {}, {"source": three}).changed == ["source"]


def test_the_engines_hashes_decide_where_there_are_any() -> None:
    one, same, other = (
        _plain(FileArchive(path)) | {"hash": hash_} for path, hash_ in (("a", "1"), ("b", "1"), ("a", "2"))
    )
    assert archives.same(one, same)
    assert not archives.same(one, other)
