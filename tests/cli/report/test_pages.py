"""Pages are written as a whole or not at all."""

from pathlib import Path

import pytest

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.pages import PageError, document, refuse_unwritable, table, write_page


def test_a_page_takes_the_place_of_the_one_before_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("before")
    write_page("after", file)
    assert file.read_text() == "after"
    assert list(tmp_path.iterdir()) == [file]


def test_a_page_that_cannot_be_written_whole_leaves_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        write_page("\ud800", file)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_went_away_meanwhile_is_said(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "report.html"
    with pytest.raises(PageError) as raised:
        write_page("text", file)
    assert str(raised.value) == f"--html: cannot write {file}: No such file or directory"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "latest.html").symlink_to(tmp_path / "report.html")
    write_page("text", tmp_path / "latest.html")
    assert (tmp_path / "latest.html").is_symlink()
    assert (tmp_path / "report.html").read_text() == "text"


def test_a_folder_is_refused_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        refuse_unwritable(tmp_path)
    assert str(raised.value) == f"--html: {tmp_path} is a folder; name a file in it"


def test_a_device_is_refused_as_a_file() -> None:
    with pytest.raises(UsageError) as raised:
        refuse_unwritable(Path("/dev/null"))
    assert str(raised.value) == "--html: /dev/null is no regular file; name another"


def test_looking_whether_a_file_can_be_written_leaves_nothing(tmp_path: Path) -> None:
    refuse_unwritable(tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_every_text_is_escaped() -> None:
    text = document("<title>", "", table(("<b>",), [("<script>",)]))
    assert "<title>&lt;title&gt;</title>" in text
    assert '<th scope="col" class="">&lt;b&gt;</th>' in text
    assert "<td>&lt;script&gt;</td>" in text
