"""The programs by which servers send: they sign as Lambda asks for, and the message arrives."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from components.push.functions.surroundings import ANNA, HOME, Service, apple, service

from pulumi_aws_mobile.push.functions.push import sender

SERVERS = Path(__file__).parents[3] / "examples" / "send_push_notifications" / "server"
PROGRAMS = {"PHP": ["php", str(SERVERS / "send.php")], "Python": [sys.executable, str(SERVERS / "send.py")]}
ARN = f"arn:aws:lambda:{HOME}:123456789012:function:push-sender"
SECRET = "testing"


@contextmanager
def lambda_of(push: Service, token: str | None) -> Iterator[str]:
    """Answer as Lambda does, to whoever signed with the right key."""

    class Invocation(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not self._is_signed(body):
                self._answer(403, {"message": "The request signature we calculated does not match"})
            elif "function-that-fails" in self.path:
                self._answer(200, {"errorMessage": "it failed"}, {"X-Amz-Function-Error": "Unhandled"})
            else:
                self._answer(200, push.run(sender, json.loads(body)))

        def _is_signed(self, body: bytes) -> bool:
            """Sign the same request and compare."""
            said = self.headers["Authorization"]
            names = said.partition("SignedHeaders=")[2].partition(",")[0].split(";")
            request = AWSRequest("POST", f"http://{self.headers['Host']}{self.path}", data=body)
            for name in names:
                if name != "host":
                    request.headers[name] = self.headers[name]
            request.context["timestamp"] = self.headers["X-Amz-Date"]
            auth = SigV4Auth(Credentials("testing", SECRET, token), "lambda", HOME)
            canonical = auth.canonical_request(request)
            return said.endswith(f"Signature={auth.signature(auth.string_to_sign(request, canonical), request)}")

        def _answer(self, status: int, said: object, headers: dict[str, str] | None = None) -> None:
            data = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Invocation)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def run(language: str, url: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "AWS_ENDPOINT_URL_LAMBDA": url, **more}
    around.pop("PYTHONPATH", None)
    return subprocess.run([*PROGRAMS[language], *words], capture_output=True, text=True, check=False, env=around)


@pytest.mark.parametrize("language", list(PROGRAMS))
@pytest.mark.parametrize("token", [None, "session/token+of=the role"])
@pytest.mark.parametrize("function", ["push-sender", ARN])
def test_a_server_sends_what_a_user_then_has(language: str, token: str | None, function: str) -> None:
    with service() as push, lambda_of(push, token) as url:
        push.register("phone", apple())
        more = {} if token is None else {"AWS_SESSION_TOKEN": token}
        done = run(language, url, function, ANNA, "Héllo", "Your order is on its way", **more)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["sent"] == 1
        assert push.heard(apple())[0]["aps"]["alert"] == {"title": "Héllo", "body": "Your order is on its way"}


@pytest.mark.parametrize("language", list(PROGRAMS))
def test_a_server_is_told_what_was_refused(language: str) -> None:
    with service() as push, lambda_of(push, None) as url:
        said = json.loads(run(language, url, "push-sender", "nobody", "T", "B").stdout)
        assert (said["status"], said["field"]) == (400, "to.user")


@pytest.mark.parametrize("language", list(PROGRAMS))
def test_a_server_without_the_right_key_or_with_a_function_that_fails_does_not_go_on(language: str) -> None:
    with service() as push, lambda_of(push, None) as url:
        refused = run(language, url, "push-sender", ANNA, "T", "B", AWS_SECRET_ACCESS_KEY="other")
        failed = run(language, url, "function-that-fails", ANNA, "T", "B")
        assert 0 not in {refused.returncode, failed.returncode}
        assert "it failed" in failed.stderr + failed.stdout
