"""The gateway's HTTP server on this machine: threads, connections that stay open, bodies up to API Gateway's limit."""

import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.gateway.answers import LONGEST_BYTES, Response
from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming
from pulumi_aws_sandbox.runtime.gateway.pipeline import Pipeline

ADDRESS = "127.0.0.1"
_LOGGER = logging.getLogger(__name__)
_IDLE_SECONDS = 60
_POLL_SECONDS = 0.05
_NO_BODY = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
_LINE_BYTES = 1024


class _MalformedError(ValueError):
    """A request that is no HTTP."""


class _TooLargeError(ValueError):
    """A body beyond the limit; what is left of it is not read."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, pipeline: Pipeline) -> None:
        super().__init__((ADDRESS, 0), _Handler)
        self.pipeline = pipeline

    def server_bind(self) -> None:
        # The base class asks the name service for the name of this machine, which may take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 - the base class's own
        """Say nothing of a client that went away."""
        _LOGGER.debug("a connection from %s ended: %r", client_address, sys.exception())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    wbufsize = -1
    disable_nagle_algorithm = True

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a method for each of HTTP's
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    @property
    def _pipeline(self) -> Pipeline:
        server: Any = self.server
        return server.pipeline

    def _answer(self) -> None:
        try:
            body = self._body()
        except _MalformedError:
            self.close_connection = True
            self._write(Response(HTTPStatus.BAD_REQUEST, [("Content-Type", "text/plain")], b"Bad Request"))
            return
        except _TooLargeError:
            self.close_connection = True
            self._write_answer(b"", too_large=True)
            return
        self._write_answer(body)

    def _write_answer(self, body: bytes, *, too_large: bool = False) -> None:
        try:
            response = self._pipeline.answer(self._incoming(body), too_large=too_large)
        except regions.UnreachableError:
            # Nobody is there to answer: the connection ends.
            self.close_connection = True
            return
        self._write(response)

    def _incoming(self, body: bytes) -> Incoming:
        # The base class shortens several slashes at the beginning; signatures are made over what was sent.
        target = self.requestline.split(" ", 2)[1]
        if "://" in target.split("?", 1)[0]:
            target = f"/{target.split('://', 1)[1].partition('/')[2]}"
        headers = tuple((name, _text(value)) for name, value in self.headers.items())
        return Incoming(self.command, target, headers, body, self.client_address[0], self.request_version)

    def _body(self) -> bytes:
        lengths = self.headers.get_all("Content-Length") or []
        encodings = self.headers.get_all("Transfer-Encoding") or []
        if len(self.headers.get_all("Host") or []) != 1 or len(lengths) + len(encodings) > 1:
            raise _MalformedError
        if encodings:
            if encodings[0].strip().lower() != "chunked":
                raise _MalformedError
            return self._chunks()
        if not lengths:
            return b""
        if not lengths[0].strip().isdecimal():
            raise _MalformedError
        length = int(lengths[0])
        if length > LONGEST_BYTES:
            raise _TooLargeError
        return self._read(length)

    def _chunks(self) -> bytes:
        found = bytearray()
        while True:
            line = self.rfile.readline(_LINE_BYTES).split(b";", 1)[0].strip()
            try:
                size = int(line, 16)
            except ValueError as error:
                raise _MalformedError from error
            if size < 0 or line[:1] in b"+-":
                raise _MalformedError
            if len(found) + size > LONGEST_BYTES:
                raise _TooLargeError
            found += self._read(size)
            if size == 0:
                while self.rfile.readline(_LINE_BYTES).strip():
                    continue  # trailers
                return bytes(found)
            if self.rfile.readline(_LINE_BYTES).strip():
                raise _MalformedError

    def _read(self, length: int) -> bytes:
        found = self.rfile.read(length)
        if len(found) != length:
            raise _MalformedError
        return found

    def _write(self, response: Response) -> None:
        bodiless = response.status in _NO_BODY
        self.send_response_only(response.status)
        for name, value in response.headers:
            self._headers_buffer.append(f"{name}: {_line(value)}\r\n".encode("utf-8", "replace"))
        if not bodiless:
            self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Connection", "close" if self.close_connection else "keep-alive")
        self.send_header("Date", self.date_time_string())
        self._headers_buffer.append(b"\r\n")
        head = b"".join(self._headers_buffer)
        self._headers_buffer = []
        self.wfile.write(head if bodiless or self.command == "HEAD" else head + response.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the base class's own arguments
        """Write no line for each request: stages have access logs."""


@contextmanager
def listening(pipeline: Pipeline) -> Iterator[str]:
    """Answer requests at a URL on this machine until the block ends."""
    server = _Server(pipeline)
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), name="gateway", daemon=True)
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        pipeline.close()


def _text(value: str) -> str:
    """Return a header as its sender meant it: the base class reads bytes as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
