"""What a load balancer does with a request, and nginx on the instance after it.

It is spoken to by plain HTTP on this machine. As a load balancer it keeps connections to clients, adds X-Forwarded-*
and X-Amzn-Trace-Id, and answers 502, 503 and 504 by itself; as nginx it drops headers with names that CGI cannot tell
apart, such as X_Forwarded_For, and hands a body on only when it is complete.
"""

import http.client
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol
from urllib.parse import urlsplit

from pulumi_aws_sandbox.runtime.beanstalk.framing import AmbiguousLengthError, read_body
from pulumi_aws_sandbox.runtime.beanstalk.metrics import Metrics
from pulumi_aws_sandbox.runtime.beanstalk.targets import Targets
from pulumi_aws_sandbox.runtime.http_headers import HOP_BY_HOP

_ADDRESS = "127.0.0.1"
_CONNECT_SECONDS = 10
_CHUNK = 1 << 16
_IN_MEMORY = 1 << 20
# nginx's ignore_invalid_headers and underscores_in_headers, as they are unless a bundle changes them.
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
_BODYLESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


class Site(Protocol):
    """What a proxy has to know of its load balancer."""

    targets: Targets
    metrics: Metrics
    ready: Callable[[], str | None]
    idle_seconds: Callable[[], float]
    https: Callable[[], bool]
    reachable: Callable[[], bool]


class _UnavailableError(Exception):
    """A request that the load balancer answers by itself."""

    def __init__(self, status: HTTPStatus, text: str = "") -> None:
        super().__init__(status.phrase)
        self.status = status
        self.text = text


class Proxy(BaseHTTPRequestHandler):
    """One connection of a client, and the requests that come by it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, site: Site, *connection: Any) -> None:  # noqa: ANN401 - as the base has them
        """Serve a connection of a client."""
        self._site = site
        super().__init__(*connection)

    def setup(self) -> None:
        """Wait for a client as long as the idle timeout says."""
        super().setup()
        self.connection.settimeout(self._site.idle_seconds())

    def handle_one_request(self) -> None:
        """Read one request, and answer it."""
        try:
            self.raw_requestline = self.rfile.readline(_CHUNK + 1)
            if not self.raw_requestline or len(self.raw_requestline) > _CHUNK:
                self.close_connection = True
                if self.raw_requestline:
                    self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)
                return
            if not self._site.reachable():
                self.close_connection = True
                return
            if not self.parse_request():
                return
            if "close" in _named(self.headers.get_all("Connection", [])):
                self.close_connection = True
            self._answer()
        except OSError:
            # The client went away, or said nothing for too long.
            self.close_connection = True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - as the base has it
        """Answer what is no proper request."""
        self._refuse(HTTPStatus(code))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the server gives
        """Say nothing of requests."""

    def _answer(self) -> None:
        with SpooledTemporaryFile(_IN_MEMORY) as body:
            try:
                for chunk in read_body(self.rfile, self.headers):
                    body.write(chunk)
            except AmbiguousLengthError:
                self.close_connection = True
                self._refuse(HTTPStatus.BAD_REQUEST)
                return
            body.seek(0)
            lacking = self._site.ready()
            if lacking is not None:
                self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, lacking)
                return
            try:
                self._pass_on(body)
            except _UnavailableError as unavailable:
                self._refuse(unavailable.status)

    def _pass_on(self, body: IO[bytes]) -> None:
        with self._site.targets.chosen() as target:
            if target is None:
                raise _UnavailableError(HTTPStatus.SERVICE_UNAVAILABLE)
            started = time.monotonic()
            connection = http.client.HTTPConnection(_ADDRESS, target.port, timeout=_CONNECT_SECONDS)
            try:
                response = self._ask(connection, body)
                self._return(response)
            finally:
                connection.close()
                self._site.metrics.add(time.monotonic() - started)

    def _ask(self, connection: http.client.HTTPConnection, body: IO[bytes]) -> http.client.HTTPResponse:
        try:
            connection.connect()
            connection.sock.settimeout(self._site.idle_seconds())
            connection.putrequest(self.command, self._path(), skip_host=True, skip_accept_encoding=True)
            for name, value in self._forwarded(body):
                connection.putheader(name, value)
            connection.endheaders()
            with suppress(BrokenPipeError, ConnectionResetError):
                # It may have answered without reading all of it.
                while chunk := body.read(_CHUNK):
                    connection.send(chunk)
            return connection.getresponse()
        except TimeoutError as error:
            raise _UnavailableError(HTTPStatus.GATEWAY_TIMEOUT) from error
        except (ValueError, http.client.InvalidURL) as error:
            raise _UnavailableError(HTTPStatus.BAD_REQUEST) from error
        except (OSError, http.client.HTTPException) as error:
            raise _UnavailableError(HTTPStatus.BAD_GATEWAY) from error

    def _path(self) -> str:
        if self.path.startswith("/") or self.path == "*":
            return self.path
        parts = urlsplit(self.path)
        return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"

    def _forwarded(self, body: IO[bytes]) -> Iterator[tuple[str, str]]:
        """Give the headers that an instance gets, each name once: PHP's server crashes on two spellings of one name.

        https://github.com/php/php-src/pull/23721
        """
        own = {"content-length", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"}
        dropped = HOP_BY_HOP | own | _named(self.headers.get_all("Connection", []))
        once: dict[str, tuple[str, list[str]]] = {}
        for name, value in self.headers.items():
            if name.lower() not in dropped and _HEADER_NAME.fullmatch(name):
                once.setdefault(name.lower(), (name, []))[1].append(value)
        yield from ((name, ("; " if name.lower() == "cookie" else ", ").join(all_)) for name, all_ in once.values())
        # Whatever a client claims stands before what is known.
        yield "X-Forwarded-For", ", ".join([*self.headers.get_all("X-Forwarded-For", []), self.client_address[0]])
        yield "X-Forwarded-Proto", "https" if self._site.https() else "http"
        yield "X-Forwarded-Port", "443" if self._site.https() else "80"
        if "X-Amzn-Trace-Id" not in self.headers:
            yield "X-Amzn-Trace-Id", f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)}"
        size = body.seek(0, 2)
        body.seek(0)
        if size or self.headers.get("Content-Length") is not None or self.headers.get("Transfer-Encoding") is not None:
            yield "Content-Length", str(size)

    def _return(self, response: http.client.HTTPResponse) -> None:
        """Give a client what an instance answers, as it comes."""
        dropped = HOP_BY_HOP | {"host"} | _named(response.headers.get_all("Connection", []))
        headers = [(name, value) for name, value in response.getheaders() if name.lower() not in dropped]
        bodyless = self.command == "HEAD" or response.status in _BODYLESS
        chunks = not bodyless and response.length is None and self.request_version != "HTTP/1.0"
        if chunks:
            headers.append(("Transfer-Encoding", "chunked"))
        elif not bodyless and response.length is None:
            self.close_connection = True
        if self.close_connection:
            headers.append(("Connection", "close"))
        head = f"HTTP/1.1 {response.status} {response.reason}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers)
        pending = f"{head}\r\n".encode("latin-1")
        try:
            while not bodyless and (chunk := response.read1(_CHUNK)):
                self.wfile.write(pending + (b"%x\r\n%b\r\n" % (len(chunk), chunk) if chunks else chunk))
                pending = b""
        except http.client.HTTPException as error:
            # The client has a part of it already, so all that is left is to hang up.
            raise ConnectionAbortedError from error
        if not bodyless and response.length:
            # It ended before its time.
            raise ConnectionAbortedError
        self.wfile.write(pending + (b"0\r\n\r\n" if chunks else b""))

    def _refuse(self, status: HTTPStatus, text: str = "") -> None:
        """Answer as a load balancer does, or with a text of the sandbox's own."""
        title = f"{status.value} {status.phrase}"
        page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        body = (f"{text}\n" if text else f"{page}</body>\r\n</html>\r\n").encode()
        kind = "text/plain; charset=utf-8" if text else "text/html"
        lines = [f"HTTP/1.1 {title}", "Server: awselb/2.0", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        lines += ["Connection: close"] if self.close_connection else []
        content = b"" if getattr(self, "command", None) == "HEAD" else body
        self.wfile.write("\r\n".join([*lines, "", ""]).encode() + content)


def _named(values: list[str]) -> set[str]:
    return {name.strip().lower() for value in values for name in value.split(",")}
