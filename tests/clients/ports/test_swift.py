"""The Swift client is well-formed and says the same words as the reference client and the vectors.

It is not compiled or run here: a parser proves the form of a program, and these comparisons its vocabulary, but neither
proves its types nor what it does.
"""

import dataclasses
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tree_sitter
import tree_sitter_swift

from aws_mobile_clients import data_sync

from .building import SOURCES, VECTORS

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))
FILES = sorted((SOURCES / "swift").rglob("*.swift"))
IGNORED = {"dataset"}
"""What the answers also say and a client has no use for: the name it asked for."""


def _nodes(*kinds: str) -> Iterator[tree_sitter.Node]:
    """Find the nodes of these kinds in all files; of every kind, if none is given."""
    for file in FILES:
        waiting = [_PARSER.parse(file.read_bytes()).root_node]
        while waiting:
            node = waiting.pop()
            waiting += node.children
            if not kinds or node.type in kinds:
                yield node


def _text(node: tree_sitter.Node | None) -> str:
    assert node is not None
    assert node.text is not None
    return node.text.decode()


def _types() -> dict[str, set[str]]:
    """Return the names of the public functions and properties of each type."""
    found: dict[str, set[str]] = {}
    for declared in _nodes("class_declaration"):
        name, body = declared.child_by_field_name("name"), declared.child_by_field_name("body")
        assert body is not None
        members = found.setdefault(_text(name), set())
        for member in body.named_children:
            if member.type in {"function_declaration", "property_declaration"} and "public" in _modifiers(member):
                members.add(_text(member.child_by_field_name("name")))
    return found


def _modifiers(node: tree_sitter.Node) -> list[str]:
    return [word for child in node.named_children if child.type == "modifiers" for word in _text(child).split()]


def _literals() -> set[str]:
    return {_text(node) for node in _nodes("line_str_text")}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _public(kind: type) -> set[str]:
    """Return the names of what a class of the reference client offers, as other languages write them."""
    names = {name for name, _ in inspect.getmembers(kind)} if not dataclasses.is_dataclass(kind) else set()
    fields = {field.name for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else set()
    return {_camel(name) for name in names | fields if not name.startswith("_")}


def _exchanges() -> Iterator[dict[str, Any]]:
    for vector in VECTORS:
        for step in json.loads(vector.read_text())["steps"]:
            yield from step.get("exchange", [])


def _fields(value: object) -> set[str]:
    if isinstance(value, list):
        return {name for each in value for name in _fields(each)}
    if isinstance(value, dict):
        return set(value) | {name for each in value.values() for name in _fields(each)}
    return set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_well_formed(file: Path) -> None:
    waiting = [_PARSER.parse(file.read_bytes()).root_node]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        assert not node.is_error, node.start_point
        assert not node.is_missing, node.start_point


@pytest.mark.parametrize("kind", [data_sync.Dataset, data_sync.SyncManager], ids=lambda kind: kind.__name__)
def test_a_type_offers_what_the_reference_clients_does(kind: type) -> None:
    assert _types()[kind.__name__] == _public(kind)


@pytest.mark.parametrize(
    "kind",
    [
        data_sync.Outcome,
        data_sync.Conflict,
        data_sync.LocalChange,
        data_sync.RemoteRecord,
        data_sync.DatasetInfo,
        data_sync.Answer,
    ],
    ids=lambda kind: kind.__name__,
)
def test_a_value_has_the_reference_clients_fields(kind: type) -> None:
    assert _types()[kind.__name__] == _public(kind)


def test_the_errors_are_the_reference_clients() -> None:
    wanted = {name for name in data_sync.__all__ if name.endswith("Error")}
    declared = {_text(node.child_by_field_name("name")) for node in _nodes("protocol_declaration")} | set(_types())
    assert {name for name in declared if name.endswith("Error")} == wanted


def test_the_handlers_are_the_reference_clients() -> None:
    constants = {_text(node.child_by_field_name("name")) for node in _nodes("property_declaration")}
    assert {"lastWriter", "remote", "local"} <= constants


def test_every_field_of_a_push_is_written_and_no_other() -> None:
    """A field is written under its property's name, or under the name beside it."""
    sent = set[str]()
    for exchange in _exchanges():
        sent |= _fields(exchange["request"].get("body"))
    assert sent == {"token", "device", "changes", "key", "value", "base", "changed_at"}
    assert sent <= _written()


def test_every_field_of_an_answer_is_read() -> None:
    answered = set[str]()
    for exchange in _exchanges():
        body = exchange["response"].get("body")
        # What a gateway or a hotspot says is not the service's.
        if isinstance(body, dict) and ("code" in body or "sync_count" in body):
            answered |= _fields(body)
    assert answered - _written() == IGNORED


def _written() -> set[str]:
    """Return the names under which values stand in JSON."""
    names = set[str]()
    for entry in _nodes("enum_entry"):
        literal = re.search(r'"(\w+)"', _text(entry))
        names.add(literal[1] if literal else _text(entry.child_by_field_name("name")))
    return names


def test_every_query_parameter_and_method_is_a_word_of_the_client() -> None:
    asked = {exchange["request"]["method"] for exchange in _exchanges()}
    for exchange in _exchanges():
        asked |= set(exchange["request"]["query"])
    assert asked == {"GET", "POST", "DELETE", "identity", "since", "seen_at", "page", "base"}
    assert asked <= _literals()


def test_the_refusals_that_are_not_the_apps_are_the_reference_clients() -> None:
    words = {"Conflict", "FutureCount", "DatasetChanged"}
    assert words == words & _literals()
    codes = {(each["response"].get("body") or {}).get("code") for each in _exchanges()} - {None}
    assert words <= codes
    assert not (codes - words) & _literals()
