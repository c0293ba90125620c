"""From OpenAPI 3.0's schemas to the models that API Gateway has: JSON Schema draft 4, less what it does not know. Pure.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .references import references

MODELS = "#/components/schemas/"
_DROPPED = frozenset(
    {
        "default",  # not supported; it never changed what is valid
        "deprecated",  # not supported; a note for readers
        "discriminator",  # not supported; the schemas beside it decide what is valid
        "example",  # not supported; a note for readers
        "externalDocs",  # a note for readers
        "maxItems",  # not part of request validation: whoever answers counts
        "minItems",  # not part of request validation: whoever answers counts
        "readOnly",  # not supported; refused where it would matter
        "writeOnly",  # a note about responses, which API Gateway does not validate
        "xml",  # models are JSON
    }
)
_SILENT = frozenset({"nullable", "exclusiveMinimum"})
"""Words that say what is valid and that API Gateway does not know: refused in requests, dropped in responses."""
_NUMBER_FORMATS = frozenset({"decimal", "double", "float", "int32", "int64"})
"""Formats of numbers; a model that has one of them is refused or not validated as meant."""
_MANY = ("allOf", "anyOf", "oneOf")
_ONE = ("items", "not", "additionalProperties")


def to_model(schema: Any) -> Any:  # noqa: ANN401 - a schema, or true or false where one may stand
    """Return a schema in the words of API Gateway's models."""
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    model: dict[str, Any] = {}
    for word, value in schema.items():
        if word in _DROPPED or word in _SILENT or word.startswith("x-"):
            continue
        if word == "format" and value in _NUMBER_FORMATS:
            continue
        if word == "properties":
            model[word] = {name: to_model(inner) for name, inner in value.items()}
        elif word in _MANY:
            model[word] = [to_model(inner) for inner in value]
        elif word in _ONE:
            model[word] = to_model(value)
        else:
            model[word] = value
    return model


def reachable(schemas: Iterable[Any], models: Mapping[str, Any]) -> set[str]:
    """Return the names of the models that the schemas refer to, directly or through others."""
    found: set[str] = set()
    waiting = [name for schema in schemas for name in _names(schema)]
    while waiting:
        name = waiting.pop()
        if name not in found and name in models:
            found.add(name)
            waiting += _names(models[name])
    return found


def check_request_schema(schema: Any, where: str, problems: Problems) -> None:  # noqa: ANN401 - a schema
    """Note what API Gateway would check otherwise than the document says: good requests would fail or bad ones pass."""
    if not isinstance(schema, Mapping) or "$ref" in schema:
        return
    if schema.get("nullable") is True:
        allowed = "schemas without null: API Gateway's models know no nullable, and would refuse it"
        problems.add(f"{where}.nullable", True, allowed, "let clients leave the property out instead")  # noqa: FBT003 - the value that is shown
    if schema.get("exclusiveMinimum") is True:
        allowed = "a minimum that is included: API Gateway does not know the other kind"
        problems.add(f"{where}.exclusiveMinimum", True, allowed, "set the lowest allowed value as minimum")  # noqa: FBT003 - as above
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        inner = properties.get(name)
        if isinstance(inner, Mapping) and inner.get("readOnly") is True:
            allowed = "no readOnly property that is required: API Gateway would require it of requests"
            fix = "describe requests by a schema of their own"
            problems.add(f"{where}.properties.{name}.readOnly", True, allowed, fix)  # noqa: FBT003 - as above
    for name, inner in properties.items():
        check_request_schema(inner, f"{where}.properties.{name}", problems)
    for word in _MANY:
        for place, inner in enumerate(schema.get(word, ())):
            check_request_schema(inner, f"{where}.{word}[{place}]", problems)
    for word in _ONE:
        check_request_schema(schema.get(word), f"{where}.{word}", problems)


def check_name(name: str, where: str, problems: Problems) -> None:
    """Note a name that is none for a model."""
    if not re.fullmatch(r"[A-Za-z0-9]+", name):
        better = re.sub(r"[^A-Za-z0-9]", "", name)
        fix = f"rename it {better}" if better else "rename it"
        problems.add(where, name, "letters and digits: it becomes the name of a model", fix)


def _names(schema: Any) -> list[str]:  # noqa: ANN401 - a schema
    return [target.removeprefix(MODELS) for _, target in references(schema, "") if target.startswith(MODELS)]
