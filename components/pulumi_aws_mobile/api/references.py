"""References within a document. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def references(value: Any, where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any part of a document
    """Yield all references in a part of a document, each with its place."""
    if isinstance(value, Mapping):
        target = value.get("$ref")
        if isinstance(target, str):
            yield f"{where}.$ref", target
        for key, inner in value.items():
            yield from references(inner, f"{where}.{key}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, inner in enumerate(value):
            yield from references(inner, f"{where}[{place}]")


def resolve(value: Any, document: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ANN401 - any part of a document
    """Return the object that `value` is or refers to, through any number of references; an empty one if it is none."""
    seen: set[str] = set()
    while isinstance(value, Mapping) and isinstance(value.get("$ref"), str) and value["$ref"] not in seen:
        seen.add(value["$ref"])
        value = at(value["$ref"], document)
    return value if isinstance(value, Mapping) else {}


def at(reference: str, document: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any part of a document
    """Return what a reference within the document leads to; nothing if it leads out or nowhere."""
    if not reference.startswith("#/"):
        return None
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        found = found.get(key) if isinstance(found, Mapping) else None
    return found
