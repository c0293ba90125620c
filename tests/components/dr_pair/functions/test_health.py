"""Whether a site answers, asked of a real server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from pulumi_aws_mobile.dr_pair.functions.recovery import health


class _Handler(BaseHTTPRequestHandler):
    statuses: ClassVar[list[int]] = []
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        status = self.statuses.pop(0) if self.statuses else 200
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    _Handler.statuses, _Handler.asked = [], 0
    yield f"http://127.0.0.1:{server.server_address[1]}/live/health"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_site_that_answers_well_is_well(url: str) -> None:
    assert health.answers(url)


@pytest.mark.parametrize("status", [301, 302, 403, 404, 500, 503])
def test_any_other_answer_is_none(url: str, status: int) -> None:
    _Handler.statuses = [status]
    assert not health.answers(url)
    assert _Handler.asked == 1


def test_nobody_listening_is_no_answer() -> None:
    assert not health.answers("http://127.0.0.1:9/health")


def test_a_site_has_to_answer_as_often_as_it_is_asked(url: str) -> None:
    _Handler.statuses = [200, 200, 500]
    assert not health.answers(url, 3)
    assert health.answers(url, 3)
    assert _Handler.asked == 6


def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(ValueError, match=r"^not a health URL: file:///etc/passwd$"):
        health.answers("file:///etc/passwd")
