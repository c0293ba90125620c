"""The Kotlin client compiles and does what the reference client does, on each of its stores, on the JVM.

That it also runs on Android follows from what it uses, not from a run there.
"""

import re
from collections.abc import Mapping

import pytest

from .building import NAMES, SOURCES, Check

STORES = ["memory", "file"]
PROMISES = [
    "two stores on one folder lose none of each other's edits",
    "a file that was being written when the device died is passed over",
    "a folder that cannot be written refuses an edit and keeps what was there",
    "a device keeps its name, and two devices differ",
    "records stand in the order of their code points",
    "a transaction that throws leaves nothing",
    "a list is read, and what no service says is no list",
]


@pytest.mark.parametrize("vector", NAMES)
@pytest.mark.parametrize("store", STORES)
def test_a_vector_is_followed(kotlin: Mapping[str, Check], store: str, vector: str) -> None:
    assert kotlin[f"{store}: {vector}"].problem is None


@pytest.mark.parametrize("promise", PROMISES)
def test_the_stores_keep_their_promises(kotlin: Mapping[str, Check], promise: str) -> None:
    assert kotlin[promise].problem is None


def test_a_crash_anywhere_neither_loses_an_edit_nor_sends_it_twice(kotlin: Mapping[str, Check]) -> None:
    assert kotlin["crashes"] == Check(None, 36)


def test_an_edit_after_a_crash_meets_no_conflict_with_the_devices_own_push(kotlin: Mapping[str, Check]) -> None:
    assert kotlin["edits after crashes"].problem is None


def test_every_check_has_its_test(kotlin: Mapping[str, Check]) -> None:
    vectors = {f"{store}: {vector}" for store in STORES for vector in NAMES}
    assert set(kotlin) == {*vectors, *PROMISES, "crashes", "edits after crashes"}


def test_an_app_for_android_finds_all_that_is_imported() -> None:
    """Only the language's own libraries, and of Java's what Android has had since API level 26."""
    texts = [file.read_text() for file in (SOURCES / "kotlin").rglob("*.kt")]
    imported = {name for text in texts for name in re.findall(r"^import ([\w.]+)", text, re.MULTILINE)}
    packages = {name.rsplit(".", 1)[0] for name in imported if not name.startswith(("kotlin.", "kotlinx."))}
    assert packages == {
        "java.io",
        "java.nio.channels",
        "java.nio.charset",
        "java.nio.file",
        "java.nio.file.StandardCopyOption",
        "java.nio.file.StandardOpenOption",
        "java.security",
        "java.util.concurrent",
    }
