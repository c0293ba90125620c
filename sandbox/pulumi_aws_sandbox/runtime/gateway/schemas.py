"""Bodies held to the schemas of a document, as API Gateway does: JSON schema draft 4, formats not looked at."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Accepts = Callable[[bytes], bool]


class DanglingError(ValueError):
    """A reference to what a document does not have."""


def compiled(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Accepts:
    """Return what tells whether a body fits a schema; raise `DanglingError` for a reference to nothing."""
    from jsonschema import Draft4Validator  # noqa: PLC0415 - a preview must not pay for it
    from jsonschema.exceptions import SchemaError  # noqa: PLC0415 - as above

    for reference in _references(schema, components, set()):
        resolve({"components": components}, reference)
    whole = {"allOf": [dict(schema)], "components": dict(components)}
    try:
        Draft4Validator.check_schema(whole)
    except SchemaError as error:
        message = f"Invalid model schema specified: {error.message}"
        raise DanglingError(message) from error
    validator = Draft4Validator(whole)

    def accepts(body: bytes) -> bool:
        try:
            value = json.loads(body)
        except ValueError:
            return False
        return validator.is_valid(value)

    return accepts


def resolve(document: Mapping[str, Any], reference: str) -> Any:  # noqa: ANN401 - any JSON
    """Return what a reference of a document names; raise `DanglingError` where there is nothing."""
    name = reference.rsplit("/", 1)[-1]
    if not reference.startswith("#/"):
        message = f"Invalid model identifier specified: {name}"
        raise DanglingError(message)
    value: Any = document
    for step in reference.removeprefix("#/").split("/"):
        value = value.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(value, Mapping) else None
    if value is None:
        message = f"Invalid model identifier specified: {name}"
        raise DanglingError(message)
    return value


def _references(node: Any, components: Mapping[str, Any], seen: set[str]) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(node, Mapping):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            yield reference
            yield from _references(resolve({"components": components}, reference), components, seen)
        for value in node.values():
            yield from _references(value, components, seen)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value, components, seen)
