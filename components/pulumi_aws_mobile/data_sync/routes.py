"""What data sync adds to the API's OpenAPI document. Pure: no values in, a document out.

Bodies have no schema there: API Gateway would refuse what does not fit in words of its own, and the function names the
field.
"""

from typing import Any

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_DATASET = "/sync/datasets/{dataset}"


def open_api() -> dict[str, Any]:
    """Return the routes, an OpenAPI 3.0 document."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Data sync", "version": "1"},
        "paths": {
            "/sync/datasets": {"get": _list()},
            _DATASET: {"parameters": [_NAME], "get": _pull(), "post": _push(), "delete": _delete()},
        },
        "components": {"schemas": _SCHEMAS},
    }


def _list() -> dict[str, Any]:
    return {
        "operationId": "listDatasets",
        "summary": "The datasets of whoever signed this request, sorted by name.",
        "parameters": [_IDENTITY],
        "responses": {"200": _answer("The datasets.", "SyncDatasets"), **_FAILURES},
    }


def _pull() -> dict[str, Any]:
    return {
        "operationId": "pullDataset",
        "summary": "The records that changed since a count, or all of them.",
        "parameters": [
            _IDENTITY,
            _query("since", "The count up to which the device has the dataset; 0 for none of it.", _COUNT),
            _query("seen_at", "When the device was last told of the dataset, as it was told; with since.", _COUNT),
            _query("page", "Where the last answer ended, as it said; with the same since and seen_at.", _TEXT),
        ],
        "responses": {
            "200": _answer("The records, sorted by count and key.", "SyncPull"),
            "409": _failure("The count is of the future, or the dataset changed between two pages."),
            **_FAILURES,
        },
    }


def _push() -> dict[str, Any]:
    return {
        "operationId": "pushDataset",
        "summary": "Changes of records: all are stored, or none.",
        "description": "Sent again with the same token, it gets the same answer and is not stored again.",
        "parameters": [_IDENTITY],
        "requestBody": {
            "description": "token, device, and changes: each key, value (null removes) and base, the count it is of.",
            "required": True,
            "content": {"application/json": {}},
        },
        "responses": {
            "200": _answer("They are stored.", "SyncPush"),
            "409": _failure("Records changed meanwhile: conflicts has each; or a count or token does not fit."),
            "413": _failure("A key, a value, the push or the dataset would be too large."),
            **_FAILURES,
        },
    }


def _delete() -> dict[str, Any]:
    return {
        "operationId": "deleteDataset",
        "summary": "Delete a dataset with all its records.",
        "parameters": [_IDENTITY, _query("base", "The count that the dataset has to have.", _COUNT)],
        "responses": {
            "200": _answer("It is gone.", "SyncDeleted"),
            "409": _failure("The dataset changed meanwhile."),
            **_FAILURES,
        },
    }


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


_IDENTITY = _query("identity", "The identity that the device's data belongs to; another's is refused.", _TEXT)
_NAME = {"name": "dataset", "in": "path", "required": True, "description": "The dataset's name.", "schema": _TEXT}


def _answer(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _failure(description: str) -> dict[str, Any]:
    return _answer(description, "SyncFailure")


_FAILURES = {
    "400": _failure("The request is not as it has to be: field names what."),
    "403": _failure("The caller is nobody of the identity pool, or the data belongs to another identity."),
    "429": _failure("Too many requests: ask again after a while."),
    "503": _failure("Others change the dataset at the same moment: ask again after Retry-After."),
}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _optional(schema: dict[str, Any], **properties: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "properties": {**schema["properties"], **properties}}


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_RECORD = _optional(
    _object(key=_TEXT, value={"type": "string", "nullable": True}, sync_count=_COUNT),
    changed_at=_COUNT,
    device=_TEXT,
)
_SCHEMAS: dict[str, Any] = {
    "SyncDatasets": _object(
        datasets=_list_of(_object(name=_TEXT, sync_count=_COUNT, records=_COUNT, bytes=_COUNT, changed_at=_COUNT))
    ),
    "SyncPull": _optional(
        _object(dataset=_TEXT, since=_COUNT, sync_count=_COUNT, seen_at=_COUNT, records=_list_of(_RECORD)), page=_TEXT
    ),
    "SyncPush": _object(dataset=_TEXT, sync_count=_COUNT, seen_at=_COUNT, records=_COUNT, bytes=_COUNT),
    "SyncDeleted": _object(dataset=_TEXT, sync_count=_COUNT),
    "SyncFailure": _optional(
        _object(message=_TEXT),
        code=_TEXT,
        field=_TEXT,
        sync_count=_COUNT,
        conflicts=_list_of(_object(key=_TEXT, base=_COUNT, record=_RECORD)),
    ),
}
