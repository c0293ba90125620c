"""The zip of an application: what is in it, and that the same files always make the same one."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from components.web_tier.building import FILES, folder, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.web_tier import bundle
from pulumi_aws_mobile.web_tier.bundle import Bundle, SourceError, lone_folder, read_source, write
from pulumi_aws_mobile.web_tier.bundle_cache import cached


def bytes_of(made: Bundle) -> bytes:
    held = io.BytesIO()
    write(made, held)
    return held.getvalue()


def refusal(source: Path | str) -> tuple[str, str, str]:
    with pytest.raises(SourceError) as raised:
        read_source(Path(source))
    return raised.value.got, raised.value.allowed, raised.value.fix


def test_the_same_files_make_the_same_zip_wherever_and_whenever_they_were_written(tmp_path: Path) -> None:
    one, other = read_source(Path(folder(tmp_path / "one"))), read_source(Path(folder(tmp_path / "other")))
    os.utime(tmp_path / "other" / "public" / "index.php", (0, 0))
    (tmp_path / "other" / "src" / "app.php").chmod(0o600)
    assert one.label == read_source(tmp_path / "other").label == other.label
    assert bytes_of(one) == bytes_of(other)


def test_a_zip_and_a_folder_with_the_same_files_make_the_same_bundle(tmp_path: Path) -> None:
    packed = read_source(Path(zipped(tmp_path / "app.zip")))
    unpacked = read_source(Path(folder(tmp_path / "app")))
    assert packed.label == unpacked.label
    assert bytes_of(packed) == bytes_of(unpacked)


@pytest.mark.parametrize(
    "changed",
    [
        {**FILES, "public/index.php": "<?php echo 'other';\n"},
        {**FILES, "more.php": ""},
        {"public/index.php": FILES["public/index.php"], "src/main.php": FILES["src/app.php"]},
    ],
)
def test_another_content_or_name_makes_another_label(tmp_path: Path, changed: dict[str, str]) -> None:
    before = read_source(Path(folder(tmp_path / "before"))).label
    assert read_source(Path(folder(tmp_path / "after", changed))).label != before


def test_the_executable_bit_is_kept_and_counts(tmp_path: Path) -> None:
    source = Path(folder(tmp_path, {**FILES, ".platform/hooks/prebuild/10.sh": "#!/bin/sh\n"}))
    before = read_source(source).label
    (source / ".platform/hooks/prebuild/10.sh").chmod(0o755)
    made = read_source(source)
    assert made.label != before
    with zipfile.ZipFile(io.BytesIO(bytes_of(made))) as archive:
        modes = {each.filename: oct(each.external_attr >> 16) for each in archive.infolist()}
    assert modes == {
        ".platform/hooks/prebuild/10.sh": "0o100755",
        "public/index.php": "0o100644",
        "src/app.php": "0o100644",
    }


def test_the_executable_bit_of_a_zip_is_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        info = zipfile.ZipInfo("bin/run")
        info.external_attr = 0o100755 << 16
        archive.writestr(info, "#!/bin/sh\n")
    (entry,) = read_source(tmp_path / "app.zip").entries
    assert entry.executable


def test_the_label_depends_on_nothing_else(tmp_path: Path) -> None:
    # Changing how a label is made would deploy every application anew.
    assert read_source(Path(folder(tmp_path))).label == "sha256-0cae09a191d2ea2f"


def test_what_differs_from_machine_to_machine_is_left_out(tmp_path: Path) -> None:
    left_out = {
        ".git/config": "",
        "src/__pycache__/x.pyc": "",
        "src/.DS_Store": "",
        "Thumbs.db": "",
        ".svn/entries": "",
    }
    source = Path(folder(tmp_path / "app", {**FILES, **left_out, ".ebextensions/app.config": "", ".htaccess": ""}))
    kept = {".ebextensions/app.config", ".htaccess", *FILES}
    assert read_source(source).names == kept
    packed = zipped(tmp_path / "app.zip", {**FILES, **left_out, ".htaccess": "", ".ebextensions/app.config": ""})
    assert read_source(Path(packed)).names == kept


def test_added_files_are_part_of_the_bundle(tmp_path: Path) -> None:
    made = read_source(Path(folder(tmp_path)), [(".ebextensions/00.config", b"{}")])
    assert [entry.name for entry in made.entries] == [".ebextensions/00.config", "public/index.php", "src/app.php"]


def test_an_added_file_that_is_there_already_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as raised:
        read_source(Path(folder(tmp_path)), [("src/app.php", b"")])
    assert str(raised.value) == ("src/app.php; a name that is not the web tier's own; rename src/app.php in the source")


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    found = refusal(tmp_path / "nowhere")
    assert found == (
        str(tmp_path / "nowhere"),
        "a folder or a .zip file that exists",
        "name what holds the application",
    )


def test_a_source_without_files_is_refused(tmp_path: Path) -> None:
    for source in (folder(tmp_path / "app", {}), zipped(tmp_path / "app.zip", {})):
        assert refusal(source) == (
            source,
            "a folder or a .zip file with files",
            "put the application's files there",
        )


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "app.zip").write_text("text", encoding="utf-8")
    assert refusal(tmp_path / "app.zip") == (
        str(tmp_path / "app.zip"),
        "a file that is a zip",
        "make it again: File is not a zip file",
    )


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    source = Path(folder(tmp_path / "app"))
    (source / "vendor").symlink_to(tmp_path)
    assert refusal(source) == ("vendor", "files and folders, no symbolic links", "put the file itself there")


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        info = zipfile.ZipInfo("config")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert refusal(tmp_path / "app.zip") == (
        "config",
        "files and folders, no symbolic links",
        "put the file itself there",
    )


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    source = Path(folder(tmp_path / "app"))
    os.mkfifo(source / "pipe")
    assert refusal(source) == ("pipe", "files and folders", "remove it: it is neither")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    source = Path(folder(tmp_path / "app"))
    Path(os.fsdecode(os.fsencode(source) + b"/\xff.php")).touch()
    assert refusal(source) == ("\ufffd.php", "names in UTF-8", "rename the file")


@pytest.mark.parametrize("name", ["../index.php", "/etc/index.php", "a/../../b.php"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    source = zipped(tmp_path / "app.zip", {name: ""})
    assert refusal(source) == (
        name,
        "names of files inside the application",
        "make the zip again, from the folder itself",
    )


def test_names_with_backslashes_are_refused(tmp_path: Path) -> None:
    source = zipped(tmp_path / "app.zip", {"public\\index.php": ""})
    assert refusal(source) == (
        "public\\index.php",
        "names with forward slashes",
        "make the zip with another program",
    )


@pytest.mark.parametrize(
    "name",
    [".env", "config/.env.production", "public/.ENV", ".aws/credentials", ".ssh/id_ed25519", "id_rsa", ".netrc"],
)
def test_files_that_hold_credentials_are_refused(tmp_path: Path, name: str) -> None:
    said = (
        name,
        "files without credentials: whoever may read bundles or instances would read them",
        "move it out of the source; the web tier takes secrets by their ARNs",
    )
    assert refusal(folder(tmp_path / "app", {**FILES, name: "A=b"})) == said
    assert refusal(zipped(tmp_path / "app.zip", {**FILES, name: "A=b"})) == said


def test_samples_and_code_about_credentials_are_kept(tmp_path: Path) -> None:
    kept = {**FILES, ".env.example": "", "a/.env.dist": "", "src/Credentials.php": "", "vendor/aws/credentials": ""}
    assert read_source(Path(folder(tmp_path / "app", kept))).names == set(kept)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.writestr("index.php", "one")
        archive.writestr("index.php", "other")
    assert refusal(tmp_path / "app.zip") == ("index.php", "each file once", "make the zip again")


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    source = Path(zipped(tmp_path / "app.zip", {"index.php": "x"}))
    content = bytearray(source.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    source.write_bytes(content)
    assert refusal(source) == ("index.php", "files without a password", "make the zip without encryption")


def test_more_than_elastic_beanstalk_takes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 2_000_000)
    source = folder(tmp_path, {"index.php": "x" * 3_000_000})
    assert refusal(source) == ("3 MB", "files of at most 2 MB together", "leave out what does not run")


def test_a_file_that_changes_while_it_is_packed_is_refused(tmp_path: Path) -> None:
    made = read_source(Path(folder(tmp_path)))
    (tmp_path / "src/app.php").write_text("<?pHp\n", encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        bytes_of(made)
    assert raised.value.got == "files that changed while they were read"


def test_the_one_folder_that_holds_everything_is_found() -> None:
    assert lone_folder(["app/public/index.php", "app/README"]) == "app"
    assert lone_folder(["app/index.php", "README"]) is None
    assert lone_folder(["app/index.php", "lib/a.php"]) is None


def test_a_zip_is_written_once_and_then_found(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = read_source(Path(folder(tmp_path)))
    first = cached(made)
    assert first == cache / "pulumi-aws-mobile" / "bundles" / f"{made.label}.zip"
    monkeypatch.setattr("pulumi_aws_mobile.web_tier.bundle_cache.write", lambda *_: pytest.fail("written again"))
    assert cached(made) == first
    assert first.read_bytes() == bytes_of(made)


def test_a_cached_zip_that_is_not_the_bundle_is_written_again(tmp_path: Path, cache: Path) -> None:
    made = read_source(Path(folder(tmp_path / "app")))
    found = cached(made)
    for other in (b"cut off", Path(zipped(tmp_path / "other.zip", {"public/index.php": "other"})).read_bytes()):
        found.write_bytes(other)
        assert cached(made) == found
        assert found.read_bytes() == bytes_of(made)
    assert list((cache / "pulumi-aws-mobile" / "bundles").iterdir()) == [found]


def test_nothing_half_written_is_left_behind(tmp_path: Path, cache: Path) -> None:
    made = read_source(Path(folder(tmp_path)))
    (tmp_path / "src/app.php").unlink()
    with pytest.raises(FileNotFoundError):
        cached(made)
    assert list((cache / "pulumi-aws-mobile" / "bundles").iterdir()) == []


def test_without_a_cache_the_zip_lies_in_a_folder_of_this_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    made = read_source(Path(folder(tmp_path / "app")))
    assert cached(made).read_bytes() == bytes_of(made)


NAMES = st.text(st.sampled_from("abcäß1-_"), min_size=1, max_size=4).map(lambda name: f"f/{name}.php")


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(NAMES, st.binary(max_size=20), min_size=1, max_size=5))
def test_any_files_come_back_out_of_the_zip(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    source = tmp_path_factory.mktemp("app")
    for name, content in files.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(content)
    made = bytes_of(read_source(source))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    (source / "again.zip").write_bytes(made)
    assert bytes_of(read_source(source / "again.zip")) == made
