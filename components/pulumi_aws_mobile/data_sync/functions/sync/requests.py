"""Reads what API Gateway hands over: who calls, and what is asked; whatever does not fit is refused by its field."""

import base64
import binascii
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from .failures import FORBIDDEN, UNKNOWN, Failure, refuse_invalid, refuse_too_large
from .limits import LONGEST_BODY, Limits

_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_TOKEN = re.compile(r"[A-Za-z0-9-]{8,128}")
_DEVICE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DIGITS = re.compile(r"[0-9]{1,15}")
_HIGHEST = 10**15 - 1
"""Counts and times stay where every language's numbers are exact."""
_COLLECTION, _DATASET = "/sync/datasets", "/sync/datasets/{dataset}"
_QUERIES: Mapping[tuple[str, str], frozenset[str]] = {
    (_COLLECTION, "GET"): frozenset({"identity"}),
    (_DATASET, "GET"): frozenset({"identity", "since", "seen_at", "page"}),
    (_DATASET, "POST"): frozenset({"identity"}),
    (_DATASET, "DELETE"): frozenset({"identity", "base"}),
}
"""The query parameters of each route."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record's change in a push."""

    key: str
    value: str | None
    """`None` removes the record."""
    base: int
    changed_at: int | None
    """Milliseconds by the device's clock."""


@dataclass(frozen=True, slots=True)
class List:
    """Ask for the datasets."""

    identity: str


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask for what changed since a count."""

    identity: str
    dataset: str
    since: int
    seen_at: int | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Push:
    """Store changes, all or none."""

    identity: str
    dataset: str
    token: str
    device: str
    changes: tuple[Change, ...]
    digest: str
    """Tells pushes under one token apart."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete a dataset."""

    identity: str
    dataset: str
    base: int | None


Request = List | Pull | Push | Delete


def read_request(event: Mapping[str, Any], limits: Limits) -> Request:
    """Return what an event of API Gateway asks; raise a `Failure` that names what does not fit."""
    identity = _identity(event)
    route = (str(event.get("resource", "")), str(event.get("httpMethod", "")))
    if route not in _QUERIES:
        raise Failure(UNKNOWN, "NotFound", f"there is no {route[1]} {event.get('path', '')}")
    query = _query(event, _QUERIES[route])
    if query.get("identity", identity) != identity:
        message = "the data of another identity than the one that signed"
        raise Failure(FORBIDDEN, "IdentityMismatch", f"identity: {message}", "identity")
    if route[0] == _COLLECTION:
        return List(identity)
    dataset = _dataset(event)
    if route[1] == "GET":
        since = _count(query, "since") or 0
        seen_at = _count(query, "seen_at")
        if since and seen_at is None:
            refuse_invalid("seen_at", "give it with since")
        return Pull(identity, dataset, since, seen_at, query.get("page"))
    if route[1] == "DELETE":
        return Delete(identity, dataset, _count(query, "base"))
    return _push(identity, dataset, _body(event), limits)


def _identity(event: Mapping[str, Any]) -> str:
    caller = (event.get("requestContext") or {}).get("identity") or {}
    identity = caller.get("cognitoIdentityId")
    if not isinstance(identity, str) or not identity:
        raise Failure(FORBIDDEN, "NoIdentity", "sign with the credentials of an identity pool")
    return identity


def _query(event: Mapping[str, Any], known: frozenset[str]) -> dict[str, str]:
    """Return the query parameters, each given once."""
    several = event.get("multiValueQueryStringParameters") or {}
    for name in [*several, *(event.get("queryStringParameters") or {})]:
        if name not in known:
            refuse_invalid(_shown(name), f"unknown; known are {', '.join(sorted(known))}")
    for name, values in several.items():
        if len(values) > 1:
            refuse_invalid(name, "give it once")
    return {name: value or "" for name, value in (event.get("queryStringParameters") or {}).items()}


def _dataset(event: Mapping[str, Any]) -> str:
    # No letter of a name needs to be written with a percent sign; clients may do so all the same.
    name = unquote(str((event.get("pathParameters") or {}).get("dataset", "")))
    if not _NAME.fullmatch(name):
        refuse_invalid("dataset", "1 to 128 letters, digits and _ . : -")
    return name


def _count(query: Mapping[str, str], name: str) -> int | None:
    if name not in query:
        return None
    if not _DIGITS.fullmatch(query[name]):
        refuse_invalid(name, "a whole number, 0 or more")
    return int(query[name])


def _body(event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Return the body, which may be anything that is JSON."""
    body = event.get("body") or ""
    try:
        data = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
        if len(data) > LONGEST_BODY:
            refuse_too_large("changes", f"a push has at most {LONGEST_BODY} bytes: send fewer changes")
        return json.loads(data, parse_constant=_no_number)
    except (ValueError, binascii.Error, RecursionError):
        refuse_invalid("body", "JSON in UTF-8")


def _no_number(name: str) -> None:
    raise ValueError(name)


def _push(identity: str, dataset: str, body: Any, limits: Limits) -> Push:  # noqa: ANN401 - any JSON
    given = _object(body, "body", {"token", "device", "changes"})
    token, device = given["token"], given["device"]
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        refuse_invalid("token", "8 to 128 letters, digits and hyphens")
    if not isinstance(device, str) or not _DEVICE.fullmatch(device):
        refuse_invalid("device", "1 to 64 letters, digits, hyphens and underscores")
    listed = given["changes"]
    if not isinstance(listed, list) or not listed:
        refuse_invalid("changes", f"a list of 1 to {limits.max_changes}")
    if len(listed) > limits.max_changes:
        refuse_too_large("changes", f"at most {limits.max_changes} in one push")
    changes = tuple(_change(each, f"changes[{place}]", limits) for place, each in enumerate(listed))
    places: dict[str, int] = {}
    for place, change in enumerate(changes):
        if change.key in places:
            refuse_invalid(f"changes[{place}].key", f"the key of changes[{places[change.key]}] again")
        places[change.key] = place
    said = json.dumps([device, listed], sort_keys=True, separators=(",", ":"))
    return Push(identity, dataset, token, device, changes, hashlib.sha256(said.encode()).hexdigest())


def _change(given: Any, path: str, limits: Limits) -> Change:  # noqa: ANN401 - any JSON
    change = _object(given, path, {"key", "value", "base"}, optional=frozenset({"changed_at"}))
    key, value = change["key"], change["value"]
    if not isinstance(key, str) or not key or _size(key) is None or any(map(_is_control, key)):
        refuse_invalid(f"{path}.key", f"1 to {limits.max_key_bytes} bytes of UTF-8 without control characters")
    if (_size(key) or 0) > limits.max_key_bytes:
        refuse_too_large(f"{path}.key", f"at most {limits.max_key_bytes} bytes of UTF-8")
    if value is not None and (not isinstance(value, str) or _size(value) is None):
        refuse_invalid(f"{path}.value", "text, or null to remove the record")
    if value is not None and (_size(value) or 0) > limits.max_value_bytes:
        refuse_too_large(f"{path}.value", f"at most {limits.max_value_bytes} bytes of UTF-8")
    base, changed_at = change["base"], change.get("changed_at")
    if not _is_whole(base):
        refuse_invalid(f"{path}.base", "a whole number, 0 or more")
    if "changed_at" in change and not _is_whole(changed_at):
        refuse_invalid(f"{path}.changed_at", "whole milliseconds since 1970")
    return Change(key, value, base, changed_at)


def _object(given: object, path: str, needed: set[str], optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    if not isinstance(given, dict):
        refuse_invalid(path, f"an object with {', '.join(sorted(needed))}")
    within = "" if path == "body" else f"{path}."
    for name in given:
        if name not in needed | optional:
            refuse_invalid(f"{within}{_shown(name)}", f"unknown; known are {', '.join(sorted(needed | optional))}")
    for name in sorted(needed - given.keys()):
        refuse_invalid(f"{within}{name}", "give it")
    return given


def _shown(name: str) -> str:
    """Return a name as an answer can hold it."""
    return name.encode(errors="replace").decode()[:128]


def _size(text: str) -> int | None:
    """Return the bytes of UTF-8; `None` for half of a surrogate pair, which is no text."""
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return None


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc"


def _is_whole(value: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST
