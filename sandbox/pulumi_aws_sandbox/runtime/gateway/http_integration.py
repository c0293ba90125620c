"""Integrations of type HTTP_PROXY: a load balancer behind a VPC link, or a server on this machine.

The sandbox has no network: an address that is not this machine's is answered with an error, and nothing is sent.
"""

import http.client
import re
import select
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from pulumi_aws_sandbox.runtime.gateway.answers import LONGEST_BYTES, UNPASSED, Headers, Response, from_backend
from pulumi_aws_sandbox.runtime.gateway.definition import Definition, Integration
from pulumi_aws_sandbox.runtime.gateway.incoming import Passage
from pulumi_aws_sandbox.runtime.gateway.integration_reader import is_loopback
from pulumi_aws_sandbox.runtime.gateway.refusals import (
    INTEGRATION_FAILURE,
    INTEGRATION_TIMEOUT,
    MALFORMED_ANSWER,
    refuse,
)

_DROPPED = UNPASSED | {"content-md5", "host", "max-forwards", "via"}
_PART = re.compile(r"\{(?P<name>[^{}]*)\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IDLE = 16
"""How many connections to one backend are kept."""
_DOTS = {".", ".."}
_PIECE_BYTES = 65_536

Address = tuple[str, int]


class Backends:
    """Connections to backends that stay open."""

    def __init__(self, balancer_url: Callable[[str], str]) -> None:
        """Find load balancers with `balancer_url`."""
        self._balancer_url = balancer_url
        self._idle: dict[Address, list[http.client.HTTPConnection]] = {}
        self._lock = threading.Lock()
        self._closed = False

    def answer(self, integration: Integration, definition: Definition, passage: Passage, *, iam: bool) -> Response:
        """Return what a backend answers; refuse what cannot be reached and what takes too long."""
        parts = urlsplit(integration.uri)
        address = self._address(integration)
        method = integration.method or passage.incoming.method
        path = _target(integration, parts.path, parts.query, passage)
        body = passage.incoming.body
        if body and not definition.is_binary(passage.incoming.header("content-type") or "application/json"):
            body = body.decode("utf-8", errors="replace").encode()
        headers = request_headers(integration, passage, parts.netloc.rsplit("@", 1)[-1], iam=iam)
        try:
            status, answered, content = self._send(address, integration.timeout_seconds, (method, path, body, headers))
        except TimeoutError:
            refuse(INTEGRATION_TIMEOUT, why=f"{method} {integration.uri} took too long")
        except (OSError, http.client.HTTPException) as error:
            refuse(INTEGRATION_FAILURE, why=f"{method} {integration.uri}: {type(error).__name__}: {error}")
        if len(content) > LONGEST_BYTES:
            refuse(MALFORMED_ANSWER, why="the answer is too large")
        return from_backend(status, answered, content)

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, {}
        for connections in idle.values():
            for connection in connections:
                connection.close()

    def _address(self, integration: Integration) -> Address:
        url = integration.uri
        if integration.target is not None:
            try:
                url = self._balancer_url(integration.target)
            except LookupError as error:
                refuse(INTEGRATION_FAILURE, why=f"nobody stands for the load balancer {integration.target}: {error}")
        elif not is_loopback(url):
            refuse(INTEGRATION_FAILURE, why=f"the sandbox has no network and reaches only this machine: {url}")
        parts = urlsplit(url)
        if parts.scheme != "http":
            refuse(INTEGRATION_FAILURE, why=f"the sandbox speaks HTTP with servers on this machine, not {parts.scheme}")
        return parts.hostname or "127.0.0.1", parts.port or 80

    def _send(
        self, address: Address, seconds: float, request: tuple[str, str, bytes, Headers]
    ) -> tuple[int, Headers, bytes]:
        deadline = time.monotonic() + seconds
        connection = self._lend(address, seconds)
        try:
            _write(connection, *request)
            answer = connection.getresponse()
            content = _read(answer, deadline)
            found = answer.status, answer.getheaders(), content
        except BaseException:
            connection.close()
            raise
        if answer.will_close or not answer.isclosed():
            connection.close()
        else:
            self._give_back(address, connection)
        return found

    def _lend(self, address: Address, seconds: float) -> http.client.HTTPConnection:
        while True:
            with self._lock:
                idle = self._idle.get(address)
                connection = idle.pop() if idle else None
            if connection is None:
                return _opened(address, seconds)
            if _is_usable(connection):
                connection.sock.settimeout(seconds)
                return connection
            connection.close()

    def _give_back(self, address: Address, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            idle = self._idle.setdefault(address, [])
            if not self._closed and len(idle) < _IDLE:
                idle.append(connection)
                return
        connection.close()


def request_headers(integration: Integration, passage: Passage, host: str, *, iam: bool) -> Headers:
    """Return the headers of a backend's request: the client's, without those that the document sets itself."""
    incoming = passage.incoming
    mapped = [mapping for mapping in integration.mappings if mapping.place == "header"]
    # A backend may read a name with underscores as the same name: it must not get both.
    own = {mapping.name.lower().replace("_", "-") for mapping in mapped}
    named = {name.strip().lower() for name in (incoming.lowered.get("connection") or "").split(",")}
    kept: Headers = [
        (name, value)
        for name, value in incoming.headers
        if (lower := name.lower()) not in _DROPPED
        and lower not in named
        and lower.replace("_", "-") not in own
        and not lower.startswith("x-forwarded-")
        and not (lower == "authorization" and (iam or value.startswith("AWS4-HMAC-SHA256")))
    ]
    for mapping in mapped:
        kept += [(mapping.name, _clean(value)) for value in mapping.values(passage)]
    forwarded = incoming.lowered.get("x-forwarded-for")
    addresses = f"{forwarded}, {incoming.source_ip}" if forwarded else incoming.source_ip
    own_names = {name.lower() for name, _ in kept}
    kept = [("Host", _host(integration, host, kept)), *(each for each in kept if each[0].lower() != "host")]
    kept += [("X-Forwarded-For", addresses), ("X-Forwarded-Port", "443"), ("X-Forwarded-Proto", "https")]
    if "x-amzn-trace-id" not in own_names:
        kept.append(("X-Amzn-Trace-Id", passage.context.get("xrayTraceId", "")))
    if "x-amzn-apigateway-api-id" not in own_names:
        kept.append(("x-amzn-apigateway-api-id", passage.context.get("apiId", "")))
    return kept


def _host(integration: Integration, host: str, headers: Headers) -> str:
    """Return the host that a backend is asked for: that of the URI unless the document maps another."""
    mapped = any(each.place == "header" and each.name.lower() == "host" for each in integration.mappings)
    return next((value for name, value in headers if mapped and name.lower() == "host"), host)


def _target(integration: Integration, path: str, fixed: str, passage: Passage) -> str:
    """Return the path and query of a backend's request."""
    filled = {each.name: each for each in integration.mappings if each.place == "path"}
    greedy = {name for name in filled if f"{{{name}+}}" in passage.context.get("resourcePath", "")}

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        value = next(iter(filled[name].values(passage)), "")
        return _encoded(value, keep_slashes=name in greedy)

    query = [pair for pair in fixed.split("&") if pair]
    mapped = [each for each in integration.mappings if each.place == "querystring"]
    own = {each.name for each in mapped}
    pairs = [(name, value) for name, value in passage.incoming.parameters if name not in own]
    pairs += [(each.name, value) for each in mapped for value in each.values(passage)]
    query += [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs]
    return (_PART.sub(fill, path) or "/") + (f"?{'&'.join(query)}" if query else "")


def _encoded(value: str, *, keep_slashes: bool) -> str:
    """Return a value as part of a path that it cannot leave."""
    segments = value.split("/") if keep_slashes else [value]
    return "/".join(each.replace(".", "%2E") if each in _DOTS else quote(each, safe="") for each in segments)


def _clean(value: str) -> str:
    """Return a value that can stand in a header."""
    return _CONTROL.sub(" ", value)


def _opened(address: Address, seconds: float) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(*address, timeout=seconds)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _is_usable(connection: http.client.HTTPConnection) -> bool:
    """Tell whether a kept connection is still open: one with something to read was closed by the other side."""
    if connection.sock is None:
        return False
    readable, _, _ = select.select([connection.sock], [], [], 0)
    return not readable


def _write(connection: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: Headers) -> None:
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value.encode("utf-8"))
    if body or method in {"PATCH", "POST", "PUT"}:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)


def _read(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    """Return a body, up to a byte more than is allowed; a backend that sends it bit by bit is given up in time."""
    found = bytearray()
    while len(found) <= LONGEST_BYTES:
        if time.monotonic() > deadline:
            raise TimeoutError
        piece = answer.read1(_PIECE_BYTES)
        if not piece:
            if answer.length:
                raise http.client.IncompleteRead(bytes(found), answer.length)
            break
        found += piece
    return bytes(found)
