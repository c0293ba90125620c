"""The e-mails, SMS and push messages that AWS would have sent, in the order of sending.

A server gives them at `GET /sandbox/outbox` as JSON, with `?to=ADDRESS` those to one address.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qs

PATH = "/sandbox/outbox"

_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one address."""

    kind: Literal["email", "sms", "push"]
    to: str
    subject: str
    body: str
    sender: str
    region: str
    at: datetime


_sent: list[Message] = []


def messages(to: str | None = None) -> list[Message]:
    """Return what was sent, oldest first; only to one address if `to` is given."""
    return [message for message in list(_sent) if to is None or message.to == to]


def post(message: Message) -> None:
    """Keep a message."""
    _sent.append(message)


def clear() -> None:
    """Forget every message."""
    _sent.clear()


def readable(application: _Application) -> _Application:
    """Return a WSGI application that shows the outbox at its path and leaves all else to `application`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return application(environ, start_response)
        if environ.get("REQUEST_METHOD") != "GET":
            start_response("405 Method Not Allowed", [("Allow", "GET"), ("Content-Length", "0")])
            return []
        to = parse_qs(environ.get("QUERY_STRING", "")).get("to", [None])[0]
        found = [asdict(message) | {"at": message.at.isoformat()} for message in messages(to)]
        body = json.dumps(found).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return answer
