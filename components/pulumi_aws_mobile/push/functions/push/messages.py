"""What is sent, and to whom: read from what a server or a caller of the route gives, and refused by its field."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .failures import refuse_invalid, refuse_unknown
from .requests import DEVICE, DEVICE_SHAPE, object_of
from .surroundings import Surroundings

LONGEST_TTL = 2_419_200
"""Four weeks: the longest that FCM keeps a message."""
_LONGEST_COLLAPSE_KEY = 64
_HIGHEST_BADGE = 2_147_483_647
_TOKEN = re.compile(r"[A-Za-z0-9-]{8,128}")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_IDENTITY = re.compile(r"[A-Za-z0-9-]{1,32}:[A-Za-z0-9-]{1,64}")
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_TAKEN_KEYS = frozenset({"aps", "badge", "body", "from", "message_type", "notification", "sound", "title"})
_TAKEN_PREFIXES = ("gcm", "google")
"""What the platforms keep for themselves, or have the rest of a message under.
https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages"""
_FIELDS = {"title", "body", "data", "badge", "sound", "silent", "collapse_key", "ttl_seconds"}


@dataclass(frozen=True, slots=True)
class Message:
    """One message, for every platform."""

    title: str | None = None
    body: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    badge: int | None = None
    sound: str | None = None
    silent: bool = False
    collapse_key: str | None = None
    ttl_seconds: int | None = None

    @property
    def text(self) -> str:
        """The message where there is only text."""
        return "\n".join(part for part in (self.title, self.body) if part)


@dataclass(frozen=True, slots=True)
class To:
    """Whom it is for: one of topic, user and telephone number."""

    topic: str | None = None
    user: str | None = None
    device: str | None = None
    """Only this one of the user's."""
    not_device: str | None = None
    """None but this one of the user's, which knows already."""
    phone_number: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to send to whom."""

    to: To
    message: Message
    token: str | None
    """Under the same token, the same is sent once."""
    digest: str
    """Tells orders under one token apart."""


def read_order(given: Any, around: Surroundings) -> Order:  # noqa: ANN401 - any JSON
    """Return what is to be sent; raise a `Failure` that names what does not fit."""
    order = object_of(given, "body", {"to", "message"}, {"token"})
    token = order.get("token")
    if token is not None and (not isinstance(token, str) or not _TOKEN.fullmatch(token)):
        refuse_invalid("token", "8 to 128 letters, digits and hyphens")
    to = _to(order["to"], around)
    message = _message(order["message"])
    if to.phone_number is not None:
        _check_text(message)
    said = json.dumps([order["to"], order["message"]], sort_keys=True)
    return Order(to, message, token, hashlib.sha256(said.encode()).hexdigest())


def _to(given: object, around: Surroundings) -> To:
    to = object_of(given, "to", set(), {"topic", "user", "device", "phone_number"})
    if len(to.keys() & {"topic", "user", "phone_number"}) != 1:
        refuse_invalid("to", "one of topic, user and phone_number")
    if "topic" in to:
        if not isinstance(to["topic"], str) or to["topic"] not in around.topics:
            refuse_unknown(
                "to.topic", f"there is no such topic; there are {', '.join(sorted(around.topics)) or 'none'}"
            )
    elif "user" in to:
        if not isinstance(to["user"], str) or not _IDENTITY.fullmatch(to["user"]):
            refuse_invalid("to.user", "an id of the identity pool, such as eu-west-1:1111…")
    else:
        _check_phone_number(to["phone_number"], around)
    if "device" in to:
        if "user" not in to:
            refuse_invalid("to.device", "only with user")
        if not isinstance(to["device"], str) or not DEVICE.fullmatch(to["device"]):
            refuse_invalid("to.device", DEVICE_SHAPE)
    return To(**to)


def _check_phone_number(number: object, around: Surroundings) -> None:
    if not isinstance(number, str) or not _PHONE.fullmatch(number):
        refuse_invalid("to.phone_number", "a number in E.164, such as +14155550100")
    if not around.sms:
        refuse_invalid("to.phone_number", "text messages are not set up here")


def _message(given: object) -> Message:
    message = object_of(given, "message", set(), _FIELDS)
    for name in ("title", "body", "sound", "collapse_key"):
        if name in message and (not _is_text(message[name]) or not message[name]):
            refuse_invalid(f"message.{name}", "a text that is not empty")
    if len(message.get("collapse_key", "").encode()) > _LONGEST_COLLAPSE_KEY:
        refuse_invalid("message.collapse_key", f"at most {_LONGEST_COLLAPSE_KEY} bytes of UTF-8")
    silent = message.get("silent", False)
    if not isinstance(silent, bool):
        refuse_invalid("message.silent", "true or false")
    _check_data(message.get("data", {}))
    _check_number(message, "badge", 0, _HIGHEST_BADGE)
    _check_number(message, "ttl_seconds", 1, LONGEST_TTL)
    if silent:
        for name in ("title", "body", "badge", "sound"):
            if name in message:
                refuse_invalid(f"message.{name}", "nothing in a silent message, which has data alone")
        if not message.get("data"):
            refuse_invalid("message.data", "give it in a silent message, which has nothing else")
    elif "title" not in message and "body" not in message:
        refuse_invalid("message", "give title or body, or silent with data")
    return Message(**message)


def _check_text(message: Message) -> None:
    """Refuse a message for a telephone number that has what no text message has."""
    for name in ("data", "badge", "sound", "silent", "collapse_key", "ttl_seconds"):
        if getattr(message, name) not in ({}, None, False):
            refuse_invalid(f"message.{name}", "nothing for a phone_number, which gets title and body")


def _check_data(data: object) -> None:
    if not isinstance(data, dict):
        refuse_invalid("message.data", "an object of texts")
    for name, value in data.items():
        path = f"message.data.{name.encode(errors='replace').decode()[:128]}"
        if not _KEY.fullmatch(name):
            refuse_invalid(path, "a key of 1 to 128 letters, digits and _ . -")
        if name in _TAKEN_KEYS or name.startswith(_TAKEN_PREFIXES):
            refuse_invalid(path, "another key: platforms have a meaning of their own for this one")
        if not _is_text(value):
            refuse_invalid(path, "a text: platforms carry nothing else")


def _check_number(message: Mapping[str, Any], name: str, least: int, most: int) -> None:
    value = message.get(name, least)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        refuse_invalid(f"message.{name}", f"a whole number, {least} to {most}")


def _is_text(value: object) -> bool:
    """Tell whether a value is text that UTF-8 can say."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
