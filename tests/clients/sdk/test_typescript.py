"""The generated TypeScript client compiles, and an app uses all of the backend with it and aws-amplify, under Node.

That it also runs in browsers and React Native follows from what it uses, not from a run there.
"""

import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clients.ports.building import run

from aws_mobile_cli.sdk.client_document import client_document

from .standing import HERE


def test_a_user_signs_up_and_in_by_amplify(typescript: Mapping[str, Any]) -> None:
    assert [typescript[name] for name in ("sign-up", "confirmed", "sign-in")] == ["CONFIRM_SIGN_UP", True, True]


def test_a_call_is_signed_by_the_identity_of_amplifys_session(typescript: Mapping[str, Any]) -> None:
    assert typescript["me"] is True


def test_paths_and_queries_are_signed_as_they_arrive(typescript: Mapping[str, Any]) -> None:
    assert typescript["note"] == {"title": "Käse & Brot +1 (2)*", "writtenAt": 1790000000000, "tags": []}


def test_a_body_is_sent_and_an_answer_read(typescript: Mapping[str, Any]) -> None:
    assert typescript["replaced"] == {"title": "replaced", "writtenAt": 1790000000000, "tags": ["a", "b"]}


def test_a_refusal_is_an_error_with_its_answer(typescript: Mapping[str, Any]) -> None:
    assert typescript["too long"] == 400


def test_a_clock_an_hour_behind_costs_one_more_call(typescript: Mapping[str, Any]) -> None:
    assert typescript["slow clock"] == [200, [403, 200]]


def test_two_devices_come_in_step(typescript: Mapping[str, Any]) -> None:
    assert typescript["in step"] == [{"list": "ä", "shopping": "milk"}] * 2


def test_a_device_is_registered_and_removed(typescript: Mapping[str, Any]) -> None:
    assert typescript["device"] == ["phone", "adm", ["news"]]
    assert typescript["devices"] == ["phone"]
    assert typescript["removed"] == [True, []]


def test_a_device_changes_its_topics(typescript: Mapping[str, Any]) -> None:
    assert [typescript["unsubscribed"], typescript["subscribed"]] == [[], ["news"]]
    assert typescript["no topic"] == [404, "NotFound"]


def test_events_go_to_the_stream_once(typescript: Mapping[str, Any]) -> None:
    assert typescript["flushed"] == {"sent": 101, "waiting": 0}
    assert typescript["nothing left"] == {"sent": 0, "waiting": 0}


def test_an_event_that_was_not_taken_is_sent_again_as_the_same(typescript: Mapping[str, Any]) -> None:
    assert typescript["refused once"] == [{"sent": 2, "waiting": 1}, {"sent": 1, "waiting": 0}, 1, True]


def test_a_stream_that_refuses_everything_is_an_error(typescript: Mapping[str, Any]) -> None:
    assert typescript["broken stream"] == [True, 500]


def test_without_a_session_nothing_is_sent(typescript: Mapping[str, Any]) -> None:
    assert [typescript["nobody"], typescript["signed out"]] == [True, True]


def test_the_document_of_the_preview_is_the_deployed_one(typescript: Mapping[str, Any], clients: Path) -> None:
    made_of = json.loads((clients / "typescript/openapi.json").read_text())
    assert client_document(typescript["document"], None) == made_of


def test_the_pages_example_is_compiled(typescript_client: Path) -> None:
    assert (typescript_client / "dist/checks/example.js").is_file()


def test_the_package_says_what_it_needs(typescript_client: Path) -> None:
    manifest = json.loads((typescript_client / "package.json").read_text())
    installed = json.loads((HERE / "typescript/package.json").read_text())["dependencies"]
    assert manifest["name"] == "notes-client"
    needed = {*manifest["dependencies"], *manifest["devDependencies"], *manifest["peerDependencies"]}
    assert set(installed) == needed


def test_the_packed_package_has_what_its_entry_points_name(typescript_client: Path, tmp_path: Path) -> None:
    run(["npm", "pack", "--offline", "--pack-destination", str(tmp_path)], typescript_client)
    (packed,) = tmp_path.glob("*.tgz")
    assert packed.name == "notes-client-1.0.0.tgz"
    with tarfile.open(packed) as archive:
        names = set(archive.getnames())
    assert {f"package/{name}" for name in ("dist/index.js", "dist/index.d.ts", "src/index.ts", "openapi.json")} <= names


def test_every_entry_point_of_the_package_is_there(typescript_client: Path) -> None:
    manifest = json.loads((typescript_client / "package.json").read_text())
    places = [place for entry in manifest["exports"].values() for place in entry.values()]
    assert [place for place in places if not (typescript_client / place).is_file()] == []


def test_an_app_is_refused_types_that_the_document_does_not_have(typescript_client: Path) -> None:
    (typescript_client / "src/wrong.ts").write_text(
        'import type { Note } from "./index.js";\nexport const note: Note = { title: 1, writtenAt: 1, tags: [] };\n'
    )
    command = ["node_modules/.bin/tsc", "-p", ".", "--noEmit"]
    try:
        found = run(["sh", "-c", f"{' '.join(command)} || true"], typescript_client)
    finally:
        (typescript_client / "src/wrong.ts").unlink()
    assert found.strip() == "src/wrong.ts(2,29): error TS2322: Type 'number' is not assignable to type 'string'."
