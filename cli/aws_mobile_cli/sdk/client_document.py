"""From the document that an API is deployed with to the one that clients are generated from. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .recorded import Document

TAG = "Backend"
"""What the generators name the client after: `BackendApi`, in Swift `BackendAPI`."""

METHODS = ("get", "put", "post", "delete", "head", "patch")
_SIGNATURE = "sigv4"
_KEY = "api_key"
_HELPED: Mapping[tuple[str, str], str] = {
    ("get", "/sync/datasets"): "SyncDatasets",
    ("get", "/sync/datasets/{dataset}"): "SyncPull",
    ("post", "/sync/datasets/{dataset}"): "SyncPush",
    ("delete", "/sync/datasets/{dataset}"): "SyncDeleted",
    ("get", "/devices"): "PushDevices",
    ("put", "/devices/{device}"): "PushDevice",
    ("delete", "/devices/{device}"): "PushRemoved",
    ("put", "/devices/{device}/topics/{topic}"): "PushDevice",
    ("delete", "/devices/{device}/topics/{topic}"): "PushDevice",
    ("post", "/messages"): "PushSent",
    ("post", "/register-device"): "AmplifyDone",
    ("post", "/remove-device"): "AmplifyDone",
    ("post", "/identify-user"): "AmplifyDone",
}
"""What the clients of data sync and push, written by hand, or Amplify's own call, by what they answer."""

_REFERENCE = re.compile(r"#/components/schemas/(.+)")


def client_document(deployed: Document, url: str | None) -> Document:
    """Return the document as clients see it: without AWS's words, preflights and what has a client of its own."""
    paths: dict[str, Any] = {}
    for path, item in sorted(deployed["paths"].items()):
        kept = {
            method: _operation(operation)
            for method, operation in sorted(item.items())
            if method != "options" and not _is_helped(method, path, operation)
        }
        if kept:
            paths[path] = kept
    schemas = _plain(deployed.get("components", {}).get("schemas", {}))
    schemes = deployed.get("components", {}).get("securitySchemes", {})
    return {
        "openapi": "3.0.3",
        "info": {"title": deployed["info"]["title"], "version": deployed["info"]["version"]},
        "servers": [_server(url)],
        "tags": [{"name": TAG}],
        "paths": paths,
        "components": {
            "schemas": {name: schemas[name] for name in sorted(_reached(paths, schemas))},
            "securitySchemes": {
                _SIGNATURE: {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "AWS Signature Version 4, service execute-api, with an identity pool's credentials",
                },
                **({_KEY: _plain(schemes[_KEY])} if _KEY in schemes else {}),
            },
        },
    }


def _server(url: str | None) -> dict[str, Any]:
    """Return where the API is; with nothing known of a deployment, a template that no client can call by mistake."""
    if url is not None:
        return {"url": url.rstrip("/")}
    return {"url": "https://api.invalid", "description": "An app gives the URL of its deployment"}


def _operation(operation: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an operation, if it is one
    plain = _plain(operation)
    return {**plain, "tags": [TAG]} if isinstance(plain, dict) else plain


def _is_helped(method: str, path: str, operation: Mapping[str, Any]) -> bool:
    answer = _HELPED.get((method, path))
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    return answer is not None and f"#/components/schemas/{answer}" in str(content)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return the value without extensions, and with a width for whole numbers."""
    if isinstance(value, Mapping):
        plain = {key: _plain(item) for key, item in value.items() if not key.startswith("x-")}
        # JSON's numbers know no width; half of the languages would take 32 bits, too few for milliseconds.
        return {"format": "int64", **plain} if plain.get("type") == "integer" else plain
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _reached(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> set[str]:
    """Return the names of the schemas that operations use, also by way of others."""
    reached: set[str] = set()
    waiting = list(_named(paths))
    while waiting:
        name = waiting.pop()
        if name in schemas and name not in reached:
            reached.add(name)
            waiting += _named(schemas[name])
    return reached


def _named(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a document
    if isinstance(value, Mapping):
        found = _REFERENCE.fullmatch(str(value.get("$ref", "")))
        if found:
            yield found[1]
        for item in value.values():
            yield from _named(item)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)
