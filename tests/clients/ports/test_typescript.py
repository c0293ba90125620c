"""The TypeScript client compiles and does what the reference client does, on each of its stores, under Node."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from .building import NAMES, SOURCES, Check, run

STORES = ["memory", "web storage", "file"]
PROMISES = [
    "two stores on one storage lose none of each other's edits",
    "a full storage refuses an edit and keeps what was there",
    "a file that was being written when the device died is passed over",
    "a device keeps its name, and two devices differ",
    "keys that JavaScript's objects know are keys like others",
    "records stand in the order of their code points",
    "a transaction that throws leaves nothing",
    "a list is read, and what no service says is no list",
]


@pytest.mark.parametrize("vector", NAMES)
@pytest.mark.parametrize("store", STORES)
def test_a_vector_is_followed(typescript: Mapping[str, Check], store: str, vector: str) -> None:
    assert typescript[f"{store}: {vector}"].problem is None


@pytest.mark.parametrize("promise", PROMISES)
def test_the_stores_keep_their_promises(typescript: Mapping[str, Check], promise: str) -> None:
    assert typescript[promise].problem is None


def test_a_crash_anywhere_neither_loses_an_edit_nor_sends_it_twice(typescript: Mapping[str, Check]) -> None:
    assert typescript["crashes"] == Check(None, 36)


def test_an_edit_after_a_crash_meets_no_conflict_with_the_devices_own_push(typescript: Mapping[str, Check]) -> None:
    assert typescript["edits after crashes"].problem is None


def test_every_check_has_its_test(typescript: Mapping[str, Check]) -> None:
    vectors = {f"{store}: {vector}" for store in STORES for vector in NAMES}
    assert set(typescript) == {*vectors, *PROMISES, "crashes", "edits after crashes"}


def test_a_browser_needs_nothing_of_node(typescript_project: Path) -> None:
    settings = {
        "extends": "./tsconfig.json",
        "compilerOptions": {"lib": ["ES2022", "DOM"], "types": [], "noEmit": True},
        "include": ["src/data_sync/index.ts"],
    }
    (typescript_project / "browser.json").write_text(json.dumps(settings))
    listed = run(["node_modules/.bin/tsc", "-p", "browser.json", "--listFilesOnly"], typescript_project)
    assert "file_store.ts" not in listed
    assert "@types/node" not in listed
    assert run(["node_modules/.bin/tsc", "-p", "browser.json"], typescript_project) == ""


def test_an_app_installs_nothing_else() -> None:
    package = json.loads((SOURCES / "typescript/package.json").read_text())
    assert "dependencies" not in package


def test_the_lock_names_hashes_and_no_hosts() -> None:
    packages = json.loads((SOURCES / "typescript/package-lock.json").read_text())["packages"]
    del packages[""]
    assert all("integrity" in each and "resolved" not in each for each in packages.values())
