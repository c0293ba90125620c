"""What the generators cannot say is refused, with its place in the document."""

import pulumi
import pytest

from aws_mobile_cli.sdk.client_document import client_document
from aws_mobile_cli.sdk.expressible import check_expressible

from .documents import TEXT, Args, deployed, operation, refusal

_NAMES = "lower case first, then letters and digits, and no word of Kotlin, Swift or TypeScript"
_TYPES = "upper case first, then letters and digits, and no type of a language or of the client's own"
_OBJECT = "describe one object, or use oneOf"


def _one(schema: Args) -> list[str]:
    return refusal(deployed(None, {"Note": schema}))


def test_what_they_can_say_is_taken() -> None:
    check_expressible(client_document(deployed(), None))


def test_no_operation_at_all() -> None:
    assert refusal(deployed({})) == [
        'paths: got "no operation"; allowed: at least one that a client is generated for; describe the API\'s routes'
    ]


def test_an_operation_without_a_name() -> None:
    assert refusal(deployed({"/note": {"get": operation(None)}})) == [
        (
            "paths./note.get.operationId: got nothing; allowed: a name of its own for each operation; "
            "name the operation as a function is named"
        )
    ]


@pytest.mark.parametrize("name", ["get-note", "GetNote", "2nd", "delete", "func", "fun", "", "é"])
def test_a_name_that_is_none_in_a_language(name: str) -> None:
    assert refusal(deployed({"/note": {"get": operation(name)}})) == [
        f'paths./note.get.operationId: got "{name}"; allowed: {_NAMES}; rename it, for example listNotes'
    ]


def test_a_name_that_another_operation_has() -> None:
    paths = {"/a": {"get": operation("getNote")}, "/b": {"get": operation("getnote")}}
    assert refusal(deployed(paths)) == [
        'paths./b.get.operationId: got "getnote"; allowed: a name that paths./a.get does not have; rename one of them'
    ]


def test_a_method_that_stands_for_all() -> None:
    paths = {"/a": {"trace": operation()}}
    assert refusal(deployed(paths)) == [
        'paths./a.trace: got "trace"; allowed: get, put, post, delete, head, patch; name the methods one by one'
    ]


def test_a_parameter_for_several_segments() -> None:
    paths = {"/files/{path+}": {"get": operation(parameters=[{"name": "path", "in": "path", "schema": TEXT}])}}
    assert refusal(deployed(paths)) == [
        (
            'paths./files/{path+}: got "/files/{path+}"; allowed: parameters for one segment: clients escape slashes; '
            "give each route a path of its own"
        )
    ]


def test_parameters_that_become_one() -> None:
    parameters = [{"name": name, "in": "query", "schema": TEXT} for name in ("page_size", "page-size")]
    assert refusal(deployed({"/note": {"get": operation(parameters=parameters)}})) == [
        (
            'paths./note.get.parameters.page-size: got "page-size"; allowed: names that differ: page_size is '
            "pageSize as "
            "well; rename one of them"
        )
    ]


def test_fields_that_become_one() -> None:
    assert _one({"type": "object", "properties": {"created_at": TEXT, "createdAt": TEXT}}) == [
        (
            'components.schemas.Note.properties.createdAt: got "createdAt"; allowed: names that differ: created_at is '
            "createdAt as well; rename one of them"
        )
    ]


def test_a_field_that_is_no_name() -> None:
    assert _one({"type": "object", "properties": {"1st": TEXT}}) == [
        'components.schemas.Note.properties.1st: got "1st"; allowed: names that begin with a letter; rename it'
    ]


def test_a_body_that_is_no_json() -> None:
    body = {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
    assert refusal(deployed({"/note": {"put": operation(requestBody=body)}})) == [
        (
            'paths./note.put.requestBody.content.image/png: got "image/png"; allowed: JSON; leave it out, and '
            "have the app "
            "send it by its signed transport"
        )
    ]


def test_an_answer_that_is_no_json() -> None:
    answer = {"200": {"description": "", "content": {"text/html": {}}}}
    assert refusal(deployed({"/note": {"get": operation(responses=answer)}})) == [
        (
            'paths./note.get.responses.200.content.text/html: got "text/html"; allowed: JSON; leave it out, and '
            "have the "
            "app send it by its signed transport"
        )
    ]


@pytest.mark.parametrize("name", ["note", "My_Note", "Error", "BackendApi", "Device"])
def test_a_schema_whose_name_is_none_in_a_language(name: str) -> None:
    paths = {"/note": {"get": operation(answer=name)}}
    assert refusal(deployed(paths, {name: {"type": "object"}})) == [
        f'components.schemas.{name}: got "{name}"; allowed: {_TYPES}; rename it, for example Note'
    ]


def test_a_choice_that_nothing_tells_apart() -> None:
    assert _one({"type": "object", "properties": {"a": {"oneOf": [TEXT, {"type": "integer"}]}}}) == [
        (
            'components.schemas.Note.properties.a.oneOf: got "no discriminator"; allowed: oneOf with a '
            "discriminator; add "
            "the property that tells them apart"
        )
    ]


def test_any_of_several() -> None:
    assert _one({"anyOf": [TEXT]}) == [
        (
            'components.schemas.Note.anyOf: got "anyOf"; allowed: schemas without it: the generators take it for '
            "something "
            f"else in each language; {_OBJECT}"
        )
    ]


def test_what_something_is_not() -> None:
    assert _one({"type": "array", "items": {"not": TEXT}}) == [
        (
            'components.schemas.Note.items.not: got "not"; allowed: schemas without it: no language has a type for it; '
            f"{_OBJECT}"
        )
    ]


def test_an_array_of_nobody_knows_what() -> None:
    assert _one({"type": "object", "properties": {"a": {"type": "array"}}}) == [
        (
            'components.schemas.Note.properties.a: got "an array without items"; allowed: arrays that say what '
            "they hold; "
            "add items"
        )
    ]


def test_a_part_that_is_an_output() -> None:
    unknown = pulumi.Output.from_input({"type": "string"})
    assert _one({"type": "object", "properties": {"a": unknown}}) == [
        (
            "components.schemas.Note.properties.a: got an output of another resource; allowed: what is known before a "
            "deployment; write the value out"
        )
    ]


def test_everything_is_said_at_once() -> None:
    paths = {"/a": {"get": operation(None)}, "/b": {"get": operation("delete")}}
    assert len(refusal(deployed(paths, {"Note": {"anyOf": [TEXT]}}))) == 3
