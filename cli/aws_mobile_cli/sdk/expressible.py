"""Whether the three generators can say what a document says, under the same names; every problem found. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems

from .client_document import METHODS, TAG
from .recorded import Document
from .words import HELPERS, OPERATION, RESERVED, SCHEMA, TYPES, camel

_GREEDY = re.compile(r"\{[^}]+\+\}")
_TAKEN = TYPES | HELPERS | {f"{TAG}Api", f"{TAG}API"}
_CHOICES = {
    "anyOf": "the generators take it for something else in each language",
    "not": "no language has a type for it",
}


def check_expressible(document: Document) -> None:
    """Raise one `ArgsError` with everything that cannot be expressed, each with its path in the document."""
    problems = Problems()
    seen: dict[str, str] = {}
    if not document["paths"]:
        problems.add(
            "paths", "no operation", "at least one that a client is generated for", "describe the API's routes"
        )
    for path, item in document["paths"].items():
        if _GREEDY.search(path):
            fix = "give each route a path of its own"
            problems.add(f"paths.{path}", path, "parameters for one segment: clients escape slashes", fix)
        for method, operation in item.items():
            where = f"paths.{path}.{method}"
            if method not in METHODS:
                problems.add(where, method, ", ".join(METHODS), "name the methods one by one")
                continue
            _check_operation_id(operation, where, seen, problems)
            _check_parameters(operation, where, problems)
            _check_bodies(operation, where, problems)
    for name, schema in document["components"]["schemas"].items():
        _check_schema_name(name, problems)
        _check_schema(schema, f"components.schemas.{name}", problems)
    problems.raise_for("OpenAPI document")


def _check_operation_id(operation: Mapping[str, Any], where: str, seen: dict[str, str], problems: Problems) -> None:
    name = operation.get("operationId")
    place = f"{where}.operationId"
    if name is None:
        problems.add(place, None, "a name of its own for each operation", "name the operation as a function is named")
    elif not isinstance(name, str) or not OPERATION.fullmatch(name) or name in RESERVED:
        allowed = "lower case first, then letters and digits, and no word of Kotlin, Swift or TypeScript"
        problems.add(place, name, allowed, "rename it, for example listNotes")
    elif name.lower() in seen:
        problems.add(place, name, f"a name that {seen[name.lower()]} does not have", "rename one of them")
    else:
        seen[name.lower()] = where


def _check_parameters(operation: Mapping[str, Any], where: str, problems: Problems) -> None:
    names: dict[str, str] = {}
    if "requestBody" in operation:
        names["body"] = "body"
    for parameter in operation.get("parameters", []):
        _check_field(parameter["name"], names, f"{where}.parameters", problems)
        _check_schema(parameter.get("schema", {}), f"{where}.parameters.{parameter['name']}", problems)


def _check_bodies(operation: Mapping[str, Any], where: str, problems: Problems) -> None:
    bodies = [("requestBody", operation.get("requestBody", {}))]
    bodies += [(f"responses.{status}", answer) for status, answer in operation.get("responses", {}).items()]
    for place, body in bodies:
        for media, described in body.get("content", {}).items():
            here = f"{where}.{place}.content.{media}"
            if not _is_json(media):
                problems.add(here, media, "JSON", "leave it out, and have the app send it by its signed transport")
            _check_schema(described.get("schema", {}), f"{here}.schema", problems)


def _check_schema_name(name: str, problems: Problems) -> None:
    if not SCHEMA.fullmatch(name) or name in _TAKEN:
        allowed = "upper case first, then letters and digits, and no type of a language or of the client's own"
        problems.add(f"components.schemas.{name}", name, allowed, "rename it, for example Note")


def _check_schema(schema: Any, where: str, problems: Problems) -> None:  # noqa: ANN401 - what stands for a schema
    for place, part in _parts(schema, where):
        if isinstance(part, pulumi.Output):
            problems.add_output(place, "what is known before a deployment", "write the value out")
            continue
        for word, reason in _CHOICES.items():
            if word in part:
                problems.add(
                    f"{place}.{word}", word, f"schemas without it: {reason}", "describe one object, or use oneOf"
                )
        if "oneOf" in part and "discriminator" not in part:
            allowed = "oneOf with a discriminator"
            problems.add(f"{place}.oneOf", "no discriminator", allowed, "add the property that tells them apart")
        if part.get("type") == "array" and "items" not in part:
            problems.add(place, "an array without items", "arrays that say what they hold", "add items")
        names: dict[str, str] = {}
        for name in part.get("properties", {}):
            _check_field(name, names, f"{place}.properties", problems)


def _check_field(name: str, names: dict[str, str], where: str, problems: Problems) -> None:
    """Note a name that becomes no identifier, or the same one as another beside it."""
    word = camel(name)
    if not OPERATION.fullmatch(word):
        problems.add(f"{where}.{name}", name, "names that begin with a letter", "rename it")
    elif word in names:
        problems.add(
            f"{where}.{name}", name, f"names that differ: {names[word]} is {word} as well", "rename one of them"
        )
    else:
        names[word] = name


def _parts(schema: Any, where: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - what stands for a schema
    """Yield the schema and those inside of it, each with its path."""
    yield where, schema
    if not isinstance(schema, Mapping):
        return
    for name, part in schema.get("properties", {}).items():
        yield from _parts(part, f"{where}.properties.{name}")
    for word in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(word), Mapping | pulumi.Output):
            yield from _parts(schema[word], f"{where}.{word}")
    for word in ("allOf", "anyOf", "oneOf"):
        for index, part in enumerate(schema.get(word, [])):
            yield from _parts(part, f"{where}.{word}[{index}]")


def _is_json(media: str) -> bool:
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")
