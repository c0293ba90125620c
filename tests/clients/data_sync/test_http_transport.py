"""The transport encodes, signs and sends, and takes nothing for an answer that is none."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from aws_mobile_clients.data_sync import Answer, NoAnswerError, Request
from aws_mobile_clients.data_sync.http_transport import HttpTransport, Keys

KEYS = Keys("AKIDEXAMPLE", "secret", "session")


class _Service(BaseHTTPRequestHandler):
    status: ClassVar[int] = 200
    body: ClassVar[bytes] = b"{}"
    headers_out: ClassVar[dict[str, str]] = {}
    seen: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []

    def _answer(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append((self.command, self.path, dict(self.headers.items()), data))
        if self.status == 0:
            self.connection.close()
            return
        self.send_response(self.status)
        for name, value in {**self.headers_out, "Content-Length": str(len(self.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815 - names of the standard library

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _service(status: int = 200, body: bytes = b"{}", **headers: str) -> Iterator[str]:
    _Service.status, _Service.body, _Service.headers_out, _Service.seen = status, body, headers, []
    with HTTPServer(("127.0.0.1", 0), _Service) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/"
        server.shutdown()
        thread.join()


def _transport(url: str) -> HttpTransport:
    return HttpTransport(url, "eu-west-1", lambda: KEYS, timeout_seconds=5)


def test_a_request_is_encoded_and_signed() -> None:
    body = {"token": "token-0001", "changes": [{"key": "ключ", "value": "1"}]}
    with _service(body=b'{"sync_count": 1}') as url:
        answer = _transport(url).send(Request("POST", "/sync/datasets/a:b", {"identity": "eu-west-1:1 2"}, body))
    assert answer == Answer(200, {"sync_count": 1})
    ((method, path, headers, data),) = _Service.seen
    assert (method, path) == ("POST", "/v1/sync/datasets/a%3Ab?identity=eu-west-1%3A1%202")
    assert json.loads(data) == body
    assert "ключ".encode() in data
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Amz-Security-Token"] == "session"
    assert "/eu-west-1/execute-api/aws4_request" in headers["Authorization"]


def test_a_request_without_a_body_has_none() -> None:
    with _service() as url:
        _transport(url).send(Request("GET", "/sync/datasets"))
    ((_, path, headers, data),) = _Service.seen
    assert path == "/v1/sync/datasets"
    assert data == b""
    assert "Content-Type" not in headers


def test_a_refusal_is_an_answer_with_its_header() -> None:
    with _service(503, b'{"code": "Busy"}', **{"Retry-After": "1"}) as url:
        assert _transport(url).send(Request("GET", "/sync/datasets")) == Answer(503, {"code": "Busy"}, 1)


def test_a_page_that_is_no_json_is_an_answer_without_a_body() -> None:
    with _service(200, b"<html>welcome to the hotel</html>") as url:
        assert _transport(url).send(Request("GET", "/sync/datasets")) == Answer(200, None)


def test_a_connection_that_breaks_is_no_answer() -> None:
    with _service(0) as url, pytest.raises(NoAnswerError, match=r"^no answer from 127\.0\.0\.1:\d+: "):
        _transport(url).send(Request("GET", "/sync/datasets"))


def test_a_service_out_of_reach_is_no_answer() -> None:
    with _service() as url:
        pass
    with pytest.raises(NoAnswerError, match=r"^no answer from 127\.0\.0\.1:\d+: "):
        _transport(url).send(Request("GET", "/sync/datasets"))
