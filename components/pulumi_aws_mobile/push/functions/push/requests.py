"""Reads what API Gateway hands over: who calls, and what is asked; whatever does not fit is refused by its field."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import unquote

from .devices import Registration
from .failures import FORBIDDEN, TOO_LARGE, UNKNOWN, Failure, refuse_invalid, refuse_unknown
from .surroundings import Surroundings

PLATFORMS = ("apns", "apns_sandbox", "fcm", "adm")
DEVICE = re.compile(r"[A-Za-z0-9_-]{1,64}")
DEVICE_SHAPE = "1 to 64 letters, digits, hyphens and underscores"
_APPLE = re.compile(r"(?:[0-9a-fA-F]{2}){32,200}")
_TOKENS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "apns": (_APPLE, "64 to 400 hexadecimal digits, an even number of them"),
    "apns_sandbox": (_APPLE, "64 to 400 hexadecimal digits, an even number of them"),
    "fcm": (re.compile(r"[A-Za-z0-9_:%.-]{20,2048}"), "20 to 2048 letters, digits and _ : % . -"),
    "adm": (re.compile(r"[A-Za-z0-9_:/+=.-]{20,2048}"), "20 to 2048 letters, digits and _ : / + = . -"),
}
_LONGEST_BODY = 300_000
_COLLECTION, _DEVICE, _TOPIC = "/devices", "/devices/{device}", "/devices/{device}/topics/{topic}"
_ROUTES = frozenset({(_COLLECTION, "GET"), (_DEVICE, "PUT"), (_DEVICE, "DELETE"), (_TOPIC, "PUT"), (_TOPIC, "DELETE")})


@dataclass(frozen=True, slots=True)
class List:
    """Ask for the devices."""

    identity: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a device."""

    identity: str
    device: str


@dataclass(frozen=True, slots=True)
class Want:
    """Subscribe a device to a topic, or end that."""

    identity: str
    device: str
    topic: str
    wanted: bool


Request = List | Registration | Remove | Want


def read_request(event: Mapping[str, Any], around: Surroundings) -> Request:
    """Return what an event of API Gateway asks; raise a `Failure` that names what does not fit."""
    identity = caller(event)
    route = (str(event.get("resource", "")), str(event.get("httpMethod", "")))
    if route not in _ROUTES:
        refuse_route(event)
    refuse_query(event)
    if route[0] == _COLLECTION:
        return List(identity)
    device = _path(event, "device")
    if not DEVICE.fullmatch(device):
        refuse_invalid("device", DEVICE_SHAPE)
    if route[0] == _TOPIC:
        wanted = route[1] == "PUT"
        return Want(identity, device, _topic(_path(event, "topic"), "topic", around, known=wanted), wanted)
    if route[1] == "DELETE":
        return Remove(identity, device)
    given = object_of(body_of(event), "body", {"platform", "token"}, {"topics"})
    return read_registration(identity, device, given, around)


def caller(event: Mapping[str, Any]) -> str:
    """Return the identity that signed."""
    identity = ((event.get("requestContext") or {}).get("identity") or {}).get("cognitoIdentityId")
    if not isinstance(identity, str) or not identity:
        raise Failure(FORBIDDEN, "NoIdentity", "sign with the credentials of an identity pool")
    return identity


def refuse_route(event: Mapping[str, Any]) -> NoReturn:
    """Refuse what no route is for."""
    raise Failure(UNKNOWN, "NotFound", f"there is no {event.get('httpMethod')} {event.get('path', '')}")


def refuse_query(event: Mapping[str, Any]) -> None:
    """Refuse query parameters, of which there are none."""
    for name in event.get("queryStringParameters") or {}:
        refuse_invalid(name, "unknown; there are no query parameters")


def body_of(event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Return the body, which may be anything that is JSON."""
    body = event.get("body") or ""
    try:
        data = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
        if len(data) > _LONGEST_BODY:
            raise Failure(TOO_LARGE, "TooLarge", f"body: at most {_LONGEST_BODY} bytes", "body")
        return json.loads(data, parse_constant=_no_number)
    except (ValueError, binascii.Error, RecursionError):
        refuse_invalid("body", "JSON in UTF-8")


def object_of(given: object, path: str, needed: set[str], optional: set[str]) -> dict[str, Any]:
    """Return an object that has all that is needed and nothing unknown."""
    within = "" if path == "body" else f"{path}."
    known = ", ".join(sorted(needed | optional))
    if not isinstance(given, dict):
        refuse_invalid(path, f"an object with {known}")
    for name in given:
        if name not in needed | optional:
            shown = name.encode(errors="replace").decode()[:128]
            refuse_invalid(f"{within}{shown}", f"unknown; known are {known}")
    for name in sorted(needed - given.keys()):
        refuse_invalid(f"{within}{name}", "give it")
    return given


def _no_number(name: str) -> None:
    raise ValueError(name)


def _path(event: Mapping[str, Any], name: str) -> str:
    return unquote(str((event.get("pathParameters") or {}).get(name, "")))


def _topic(key: object, path: str, around: Surroundings, *, known: bool = True) -> str:
    if not isinstance(key, str) or not key:
        refuse_invalid(path, "the key of a topic")
    if known and key not in around.topics:
        refuse_unknown(path, f"there is no such topic; there are {', '.join(sorted(around.topics)) or 'none'}")
    return key


def read_registration(
    identity: str,
    device: str,
    given: Mapping[str, Any],
    around: Surroundings,
    paths: tuple[str, str] = ("platform", "token"),
) -> Registration:
    """Return what a device says of itself in `given`; `paths` are where the body has platform and token."""
    platform, token, topics = given["platform"], given["token"], given.get("topics")
    if platform not in PLATFORMS:
        refuse_invalid(paths[0], " | ".join(PLATFORMS))
    if platform not in around.applications:
        ready = " | ".join(each for each in PLATFORMS if each in around.applications) or "none is"
        refuse_invalid(paths[0], f"{platform} is not set up here; {ready}")
    shape, allowed = _TOKENS[platform]
    if not isinstance(token, str) or not shape.fullmatch(token):
        refuse_invalid(paths[1], f"a token of {platform} has {allowed}")
    if shape is _APPLE:
        token = token.lower()  # the same device, however the app wrote it down
    if topics is not None:
        if not isinstance(topics, list):
            refuse_invalid("topics", "a list of keys of topics")
        topics = tuple(sorted({_topic(key, f"topics[{place}]", around) for place, key in enumerate(topics)}))
    return Registration(identity, device, platform, token, topics)
