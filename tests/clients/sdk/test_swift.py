"""The generated Swift package is well-formed, and has the names of the document and of the clients that run.

One file of the generator's own is not parsed.

It is not compiled or run here: a parser proves the form of a program and these comparisons its vocabulary, but neither
proves its types nor what it does.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import tree_sitter
import tree_sitter_swift

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))


_UNREAD = "URLSessionImplementations.swift"
"""The generator's own, the same for every document; it has metatypes, `Void.Type`, which the parser does not know."""


def _broken(file: Path) -> Iterator[tuple[str, int]]:
    """Yield where the parser stumbles."""
    waiting = [_PARSER.parse(file.read_bytes()).root_node]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.is_error or node.is_missing:
            yield file.name, node.start_point[0] + 1


def _public(file: Path) -> set[str]:
    return set(re.findall(r"public (?:static )?(?:func|var|let) (\w+)", file.read_text()))


def test_every_file_is_well_formed(clients: Path) -> None:
    files = [file for file in sorted((clients / "swift").rglob("*.swift")) if file.name != _UNREAD]
    assert len(files) > 30
    assert [found for file in files for found in _broken(file)] == []


def test_every_operation_is_a_function(clients: Path) -> None:
    document = json.loads((clients / "swift/openapi.json").read_text())
    wanted = {operation["operationId"] for item in document["paths"].values() for operation in item.values()}
    text = (clients / "swift/Sources/BackendApi/APIs/BackendAPI.swift").read_text()
    declared = set(re.findall(r"open class func (\w+)\(", text))
    assert {name for name in declared if not name.endswith("WithRequestBuilder")} == wanted


def test_push_and_analytics_offer_what_typescripts_do(clients: Path) -> None:
    for name in ("push", "analytics"):
        typescript = (clients / f"typescript/src/{name}.ts").read_text()
        body = typescript.split(f"export class {name.capitalize()} {{")[1]
        wanted = set(re.findall(r"^  (?:async )?(\w+)\([^)]*\): ", body, re.MULTILINE))
        swift = (clients / f"swift/Sources/Backend/{name.capitalize()}.swift").read_text()
        kind = re.split(rf"public (?:struct|actor) {name.capitalize()}\b", swift)[1]
        assert set(re.findall(r"public func (\w+)\(", kind)) == wanted, name


def test_the_fields_of_events_are_typescripts(clients: Path) -> None:
    typescript = (clients / "typescript/src/analytics.ts").read_text()
    body = typescript.split("this.#waiting.push({")[1].split("});")[0]
    wanted = set(re.findall(r"^\s+(\w+):", body, re.MULTILINE)) | {"sent_at"}
    event = (clients / "swift/Sources/Backend/Analytics.swift").read_text().split("struct Event")[1]
    names = re.findall(r"(?:let|var) (\w+):", event.split("\n}\n")[0])
    assert {re.sub(r"([A-Z])", r"_\1", name).lower() for name in names} == wanted


def test_the_package_names_every_target_that_has_sources(clients: Path) -> None:
    manifest = (clients / "swift/Package.swift").read_text()
    targets = set(re.findall(r'\.target\(\s*name: "(\w+)"', manifest))
    assert targets == {folder.name for folder in (clients / "swift/Sources").iterdir()}
    assert 'name: "notes-client"' in manifest
