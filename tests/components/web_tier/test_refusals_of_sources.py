"""Sources that would not serve are refused, with the way out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from components.web_tier.building import (
    folder,
    problems,
    zipped,
)

from pulumi_aws_mobile.web_tier.settings import resolve


@pytest.mark.parametrize("pack", [folder, zipped])
def test_a_source_without_an_entry_point_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[..., str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pack(tmp_path / "app.zip", {"src/app.php": ""})
    assert problems({"source": "app.zip"}) == [
        (
            'source: got "app.zip"; allowed: a source with public/index.php, the entry point of the document '
            "root /public; "
            "add public/index.php, or name another platform.document_root"
        )
    ]


def test_an_entry_point_elsewhere_is_pointed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "app", {"index.php": "", "lib/index.php": ""})
    assert problems({"source": "app"}) == [
        (
            'source: got "app"; allowed: a source with public/index.php, the entry point of the document root /public; '
            "add public/index.php, or set platform.document_root to /"
        )
    ]
    assert resolve("web", {"source": "app", "platform": {"document_root": "/"}})


def test_a_folder_around_the_application_is_pointed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(tmp_path / "app.zip", {"app/public/index.php": "", "app/src/app.php": ""})
    assert problems({"source": "app.zip"}) == [
        (
            'source: got "app.zip"; allowed: a source with public/index.php, the entry point of the '
            "document root /public; "
            "take what is inside the folder app instead of the folder itself"
        )
    ]


def test_the_entry_point_of_every_environment_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "app")
    environments = {"a": {}, "b": {"platform": {"document_root": "/web"}}}
    assert problems({"source": "app", "environments": environments, "live": "a"}) == [
        (
            'source: got "app"; allowed: a source with web/index.php, the entry point of the document root /web; '
            "add web/index.php, or set platform.document_root to /public"
        )
    ]


def test_a_source_that_is_not_there_is_refused() -> None:
    assert problems({"source": "nowhere"}) == [
        "source: got nowhere; allowed: a folder or a .zip file that exists; name what holds the application"
    ]


def test_the_source_must_be_given() -> None:
    assert problems({}) == ["source: got nothing; allowed: a text; give it; it has no default"]
