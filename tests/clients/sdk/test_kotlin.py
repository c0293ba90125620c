"""The generated Kotlin client compiles, and an app uses all of the backend with it, on the JVM.

Amplify for Android is not part of it: the credentials that it would give come from the test.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .standing import HERE


def test_a_call_is_signed_by_the_given_credentials(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["me"] == "true"


def test_paths_and_queries_are_signed_as_they_arrive(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["note"] == "Note(title=Käse & Brot +1 (2)*, writtenAt=1790000000000, tags=[])"


def test_a_body_is_sent_and_an_answer_read(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["replaced"] == "[a, b]"


def test_a_refusal_is_an_error_with_its_status(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["too long"] == "400"


def test_a_clock_an_hour_behind_is_put_right(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["slow clock"] == "true"


def test_two_devices_come_in_step(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["in step"] == "true"


def test_a_device_is_registered_and_removed(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["device"] == "[phone, ADM, [news]]"
    assert kotlin["devices"] == "[phone]"
    assert kotlin["removed"] == "[true, []]"


def test_a_device_changes_its_topics(kotlin: Mapping[str, Any]) -> None:
    assert [kotlin["unsubscribed"], kotlin["subscribed"]] == ["[]", "[news]"]
    assert kotlin["no topic"] == "[404, NotFound]"


def test_events_go_to_the_stream_once(kotlin: Mapping[str, Any]) -> None:
    assert kotlin["flushed"] == "Flushed(sent=101, waiting=0)"
    assert kotlin["nothing left"] == "Flushed(sent=0, waiting=0)"


def test_the_pages_example_is_compiled_too(kotlin: Mapping[str, Any], clients: Path) -> None:
    assert kotlin
    assert "suspend fun useTheBackend" in (clients / "kotlin/src/main/kotlin/Example.kt").read_text()


def test_the_module_needs_what_it_was_compiled_with(clients: Path) -> None:
    module = (clients / "kotlin/build.gradle.kts").read_text()
    pom = (HERE / "kotlin/pom.xml").read_text()
    wanted = set(re.findall(r'"([\w.]+):([\w-]+):([\w.]+)"', module))
    compiled = set(
        re.findall(r"<groupId>([\w.]+)</groupId>\s*<artifactId>([\w-]+)</artifactId>\s*<version>([\d.]+)<", pom)
    )
    assert len(wanted) == 5
    assert wanted <= compiled
    kotlin = re.search(r"<kotlin.version>([\d.]+)<", pom)
    assert kotlin is not None
    assert set(re.findall(r'version "([\d.]+)"', module)) == {kotlin[1]}


def test_the_module_has_the_packages_name(clients: Path) -> None:
    assert (clients / "kotlin/settings.gradle.kts").read_text() == 'rootProject.name = "notes-client"\n'
