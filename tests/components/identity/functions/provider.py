"""A stand-in for the provider of a CAPTCHA, on loopback: it answers as siteverify is documented to."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

SECRET = "canary-of-the-captcha"
GOOD = "token-of-a-human"


class Provider:
    """What the stand-in answers, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.forget()

    def forget(self) -> None:
        """Answer as at first, and forget what was asked."""
        self.secret = SECRET
        self.solved: dict[str, Any] = {"hostname": "app.example.com"}
        """What is said of a good token, besides that it is good."""
        self.raw: bytes | None = None
        """What is said instead, whatever comes."""
        self.status = 200
        self.location: str | None = None
        self.asked: list[dict[str, str]] = []

    def reply(self, form: Mapping[str, str]) -> bytes:
        """Return the answer to one question."""
        if self.raw is not None:
            return self.raw
        if form.get("secret") != self.secret:
            return json.dumps({"success": False, "error-codes": ["invalid-input-secret"]}).encode()
        if form.get("response") != GOOD:
            return json.dumps({"success": False, "error-codes": ["invalid-input-response"]}).encode()
        return json.dumps({"success": True, "error-codes": [], **self.solved}).encode()


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve the stand-in while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            provider.asked.append(form)
            self._send(provider.status, provider.reply(form))

        def do_GET(self) -> None:
            provider.asked.append({})
            self._send(200, json.dumps({"success": True}).encode())

        def _send(self, status: int, reply: bytes) -> None:
            self.send_response(status)
            if provider.location:
                self.send_header("Location", provider.location)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class has
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}/siteverify")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
