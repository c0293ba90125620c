"""What is compared with is pinned alike for both languages, and locked without saying where it is fetched from."""

import json
import re
from pathlib import Path

import pytest

from bench import peers
from bench.errors import BenchError

BENCH = Path(peers.__file__).parent
LOCK = BENCH / "peers" / "package-lock.json"


def test_both_languages_use_the_same_version_of_the_cdk() -> None:
    wanted = json.loads((BENCH / "peers" / "package.json").read_text())["dependencies"]
    lines = (BENCH / "requirements.in").read_text().split()
    assert dict(line.split("==") for line in lines) == wanted


def test_the_lock_files_have_these_versions_with_hashes_and_no_addresses() -> None:
    wanted = json.loads((BENCH / "peers" / "package.json").read_text())["dependencies"]
    requirements = (BENCH / "requirements.txt").read_text()
    packages = json.loads(LOCK.read_text())["packages"]
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert re.search(rf"^{name}=={version} \\\n +--hash=sha256:", requirements, re.MULTILINE)
    assert not any("resolved" in package for package in packages.values())
    assert "http" not in requirements


def test_a_changed_lock_is_installed_beside_the_old_one(tmp_path: Path) -> None:
    changed = tmp_path / "requirements.txt"
    changed.write_text("other")
    assert peers._digest(changed) != peers._digest(BENCH / "requirements.txt")


def test_the_cache_is_where_the_user_keeps_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert peers.cache() == tmp_path / "pulumi-aws-mobile" / "bench"


def test_without_node_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BenchError) as caught:
        peers.install()
    assert str(caught.value) == "node is not on PATH; install Node.js 20 or newer to compare with the AWS CDK"
