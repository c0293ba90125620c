"""What a rule reads at a path: known, absent, unknown, of the wrong type; never a secret in the open."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pytest

from aws_mobile_guard.policy_document import PolicyDocument
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT, Hidden, Node, WrongTypeError

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
MARKS = (
    UNKNOWN_TEXT,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
)
READERS: dict[str, Callable[[Node], object]] = {
    "flag": lambda node: node.flag("a.b"),
    "number": lambda node: node.number("a.b"),
    "text": lambda node: node.text("a.b"),
    "texts": lambda node: node.texts("a.b"),
    "node": lambda node: node.node("a.b"),
    "items": lambda node: node.items("a.b"),
    "document": lambda node: node.document("a.b"),
    "json": lambda node: node.json("a.b", "an OpenAPI document"),
}


def secret(value: object) -> dict[str, object]:
    return {SIGNATURE: SECRET, "value": value}


@pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
def test_what_is_not_there_is_none(read: Callable[[Node], object]) -> None:
    assert [read(Node(data)) for data in ({}, {"a": None}, {"a": {}}, {"a": {"b": None}})] == [None] * 4


@pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
@pytest.mark.parametrize("mark", MARKS)
def test_each_of_pulumis_marks_is_unknown_wherever_it_stands(read: Callable[[Node], object], mark: str) -> None:
    assert [read(Node(data)) for data in ({"a": mark}, {"a": {"b": mark}}, {"a": {"b": secret(mark)}})] == [UNKNOWN] * 3


def test_an_unknown_value_has_no_truth() -> None:
    with pytest.raises(TypeError, match="compare it by `is UNKNOWN`"):
        bool(UNKNOWN)


@pytest.mark.parametrize(
    ("value", "flag"), [(True, True), (False, False), ("true", True), ("false", False), ("", None)]
)
def test_a_flag_may_come_as_text(value: object, flag: object) -> None:
    assert Node({"a": value}).flag("a") is flag


@pytest.mark.parametrize(("value", "number"), [(7, 7), (7.0, 7), ("7", 7), (0.5, 0.5), ("", None)])
def test_a_number_may_come_as_float_or_text(value: object, number: object) -> None:
    assert Node({"a": value}).number("a") == number


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), (1, "1"), (1.0, "1"), (1.5, "1.5"), (True, "true"), (False, "false"), ("", None)]
)
def test_a_text_may_come_as_another_scalar(value: object, text: object) -> None:
    assert Node({"a": value}).text("a") == text


WRONG = [
    ("flag", 1, "a number", "true or false"),
    ("flag", "yes", "text", "true or false"),
    ("number", True, "true or false", "a number"),
    ("number", "many", "text", "a number"),
    ("number", [], "a list", "a number"),
    ("text", {}, "an object", "text"),
    ("texts", 1, "a number", "a list of texts"),
    ("node", [], "a list", "an object"),
    ("items", "x", "text", "a list of objects"),
    ("document", "{", "text", "a JSON policy document"),
    ("document", "[1]", "a list", "a JSON policy document"),
    ("document", 1, "a number", "a JSON policy document"),
]


@pytest.mark.parametrize(("reader", "value", "found", "wanted"), WRONG)
def test_a_wrong_type_is_named_with_its_path_and_owner(reader: str, value: object, found: str, wanted: str) -> None:
    with pytest.raises(WrongTypeError) as caught:
        READERS[reader](Node({"a": {"b": value}}, "urn:x"))
    error = caught.value
    assert (error.owner, error.path, error.found, error.wanted) == ("urn:x", "a.b", found, wanted)


def test_a_wrong_type_on_the_way_is_named_where_it_stands() -> None:
    with pytest.raises(WrongTypeError, match=r"^a: text instead of an object$"):
        Node({"a": "x"}).flag("a.b")


def test_a_wrong_item_is_named_by_its_position() -> None:
    with pytest.raises(WrongTypeError, match=r"^a\[1\]: a number instead of an object$"):
        Node({"a": [{}, 1]}).items("a")
    with pytest.raises(WrongTypeError, match=r"^a\[0\]: an object instead of text$"):
        Node({"a": [{}]}).texts("a")


def test_items_may_be_unknown_one_by_one() -> None:
    node = Node({"texts": ["x", UNKNOWN_TEXT], "items": [{"a": 1}, UNKNOWN_TEXT]})
    assert node.texts("texts") == ["x", UNKNOWN]
    items = node.items("items")
    assert isinstance(items, list)
    assert [item is UNKNOWN for item in items] == [False, True]


def test_one_object_or_text_is_a_list_of_one() -> None:
    node = Node({"a": {"b": 1}, "c": "x"})
    items = node.items("a")
    assert isinstance(items, list)
    assert isinstance(items[0], Node)
    assert items[0].number("b") == 1
    assert node.texts("c") == ["x"]


def test_an_inner_object_knows_its_whole_path() -> None:
    items = Node({"rules": [{"inner": {"x": True}}]}).items("rules")
    assert isinstance(items, list)
    assert isinstance(items[0], Node)
    inner = items[0].node("inner")
    assert isinstance(inner, Node)
    assert inner.path("x") == "rules[0].inner.x"


class Listing(Sequence[Any]):
    """A sequence that is no list, like Pulumi's proxies."""

    def __init__(self, items: list[Any]) -> None:
        self._items = items

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - as Sequence has it
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)


def test_lists_and_objects_need_not_be_pythons_own() -> None:
    data: Mapping[str, Any] = MappingProxyType({"a": Listing([MappingProxyType({"b": Listing(["x"])})])})
    items = Node(data).items("a")
    assert isinstance(items, list)
    assert isinstance(items[0], Node)
    assert items[0].texts("b") == ["x"]


class Wrapped:
    """A secret as the recording monitor marks it."""

    def __init__(self, value: object) -> None:
        self.value = value


@pytest.mark.parametrize("wrap", [secret, Wrapped, lambda value: {SIGNATURE: OUTPUT, "value": value, "secret": True}])
def test_a_secret_compares_but_does_not_show(wrap: Callable[[object], object]) -> None:
    text = Node({"a": wrap("canary")}).text("a")
    assert text == "canary"
    assert isinstance(text, Hidden)
    assert (str(text), repr(text), f"{text}", f"{text:>9}") == ("(secret)",) * 4


def test_what_lies_inside_a_secret_is_secret() -> None:
    node = Node({"a": secret({"b": ["canary"], "c": {"d": "canary"}}), "e": [secret("canary"), "open"]})
    assert str(node.text("a.c.d")) == "(secret)"
    assert [str(text) for text in node.texts("a.b") or ()] == ["(secret)"]  # type: ignore[union-attr]
    assert [str(text) for text in node.texts("e") or ()] == ["(secret)", "open"]  # type: ignore[union-attr]


def test_an_output_without_a_value_is_unknown() -> None:
    assert Node({"a": {SIGNATURE: OUTPUT}}).text("a") is UNKNOWN


@pytest.mark.parametrize(
    ("value", "present"),
    [(UNKNOWN_TEXT, True), ("x", True), (False, True), (0, True), (None, False), ("", False), ([], False), ({}, False)],
)
def test_something_is_given_unless_it_is_empty(value: object, present: object) -> None:
    assert Node({"a": value}).has("a") is present


def test_a_document_may_come_as_text_or_object_and_is_unknown_as_a_whole() -> None:
    statement = {"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}
    for value in (statement, '{"Statement": {"Effect": "Allow", "Action": ["s3:*"]}}'):
        document = Node({"a": value}).document("a")
        assert isinstance(document, PolicyDocument)
        assert [one.actions for one in document] == [("s3:*",)]
    assert Node({"a": {"Statement": [{"Resource": UNKNOWN_TEXT}]}}).document("a") is UNKNOWN


def test_a_secret_document_hides_its_texts() -> None:
    document = Node({"a": secret('{"Statement": {"Action": "canary"}}')}).document("a")
    assert isinstance(document, PolicyDocument)
    assert [str(action) for one in document for action in one.actions] == ["(secret)"]


def test_an_object_may_come_as_text() -> None:
    for value in ('{"c": {"d": "e"}}', {"c": {"d": "e"}}):
        found = Node({"a": value}, "urn").json("a", "a document")
        assert isinstance(found, Node)
        assert (found.path("c"), found.text("c.d")) == ("a.c", "e")
        assert not found.secret


def test_an_object_in_a_secret_text_is_secret() -> None:
    found = Node({"a": secret('{"c": "e"}')}).json("a", "a document")
    assert isinstance(found, Node)
    assert found.secret
    assert str(found.text("c")) == "(secret)"


@pytest.mark.parametrize(
    ("value", "kind"), [("c: d", "text"), ("[]", "a list"), (7, "a number"), (["c"], "a list")], ids=str
)
def test_what_is_no_object_is_refused_and_not_shown(value: object, kind: str) -> None:
    with pytest.raises(WrongTypeError, match=rf"^a: {kind} instead of a document$"):
        Node({"a": value}, "urn").json("a", "a document")


def test_a_child_is_found_by_its_whole_name() -> None:
    node = Node({"/.well-known/jwks.json": {"get": {}}, "later": UNKNOWN_TEXT, "own": secret({}), "text": "x"})
    child = node.child("/.well-known/jwks.json")
    assert isinstance(child, Node)
    assert list(child.known()) == ["get"]
    assert (node.child("none"), node.child("later")) == (None, UNKNOWN)
    own = node.child("own")
    assert isinstance(own, Node)
    assert own.secret
    with pytest.raises(WrongTypeError, match=r"^text: text instead of an object$"):
        node.child("text")


INNER = {"x": "canary", "deep": {"y": "canary"}}
HIDING = {
    "a node": (Node({"a": secret(INNER)}), lambda node: node.node("a")),
    "a node of a secret": (Node({"s": secret({"a": INNER})}), lambda node: node.node("s").node("a")),
    "an only item": (Node({"a": secret(INNER)}), lambda node: node.items("a")[0]),
    "an item": (Node({"a": secret([INNER])}), lambda node: node.items("a")[0]),
    "an item that is a secret itself": (Node({"a": [secret(INNER)]}), lambda node: node.items("a")[0]),
    "a child": (Node({"a.b": secret(INNER)}), lambda node: node.child("a.b")),
    "a child of a secret": (Node({"s": secret({"a.b": INNER})}), lambda node: node.node("s").child("a.b")),
    "a document": (Node({"a": secret(json.dumps(INNER))}), lambda node: node.json("a", "a document")),
}


@pytest.mark.parametrize(("node", "reach"), HIDING.values(), ids=list(HIDING))
def test_whatever_way_leads_into_a_secret_what_is_found_there_hides(node: Node, reach: Callable[[Any], Any]) -> None:
    inner = reach(node)
    assert inner.secret
    assert inner.text("x") == "canary"
    assert str(inner.text("x")) == str(inner.text("deep.y")) == "(secret)"
    assert str(inner.node("deep").text("y")) == "(secret)"
    assert [str(one) for one in inner.texts("x")] == ["(secret)"]


@pytest.mark.parametrize("wrapped", [secret(["canary"]), secret("canary"), [secret("canary")]])
def test_a_secret_in_a_list_of_texts_compares_but_does_not_show(wrapped: object) -> None:
    found = Node({"a": wrapped}).texts("a")
    assert found == ["canary"]
    assert [str(one) for one in found] == ["(secret)"]


WRONG = {
    "a node": (Node({"a": {"x": []}}, "urn"), lambda node: node.node("a"), "a.x"),
    "an only item": (Node({"a": {"x": []}}, "urn"), lambda node: node.items("a")[0], "a.x"),
    "an item": (Node({"a": [{}, {"x": []}]}, "urn"), lambda node: node.items("a")[1], "a[1].x"),
    "a child": (Node({"a.b": {"x": []}}, "urn"), lambda node: node.child("a.b"), "a.b.x"),
    "a document": (Node({"a": '{"x": []}'}, "urn"), lambda node: node.json("a", "a document"), "a.x"),
}


@pytest.mark.parametrize(("node", "reach", "path"), WRONG.values(), ids=list(WRONG))
def test_whatever_way_leads_to_a_wrong_value_its_owner_and_path_are_told(
    node: Node, reach: Callable[[Any], Any], path: str
) -> None:
    with pytest.raises(WrongTypeError) as raised:
        reach(node).text("x")
    assert (raised.value.owner, raised.value.path) == ("urn", path)


def test_the_place_of_a_wrong_value_on_the_way_is_told() -> None:
    with pytest.raises(WrongTypeError) as raised:
        Node({"a": {"b": "text"}}, "urn").text("a.b.c")
    assert (raised.value.path, raised.value.wanted) == ("a.b", "an object")


@pytest.mark.parametrize("read", [Node.text, Node.texts, Node.number, Node.flag, Node.document])
def test_an_empty_text_is_nothing(read: Callable[[Node, str], object]) -> None:
    assert read(Node({"a": ""}), "a") is None
    assert Node({}).node("a") is None
