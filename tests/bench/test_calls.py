"""Calls to the core API and their figures. No test here deploys anything, and none looks at how long anything took."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from botocore.credentials import Credentials

from bench import gateway
from bench.calls import BALANCER, GATEWAY, PROCESS, Calls, make_calls
from bench.errors import BenchError


class _Door(BaseHTTPRequestHandler):
    """Lets in whoever signs."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        signed = self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 Credential=AKIA")
        said = b"{}" if signed else b"sign"
        self.send_response(200 if signed else 403)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the server gives
        """Say nothing of requests."""


@pytest.fixture
def door() -> Iterator[str]:
    """Return the URL of a server that wants signatures."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/about"
        server.shutdown()


def test_differences_and_ratios_are_taken_within_each_round() -> None:
    # The machine was ten times slower in the second round.
    made = Calls({PROCESS: [0.001, 0.01, 0.002], GATEWAY: [0.003, 0.03, 0.006]})
    assert made.ratio(GATEWAY, PROCESS) == pytest.approx(3)
    assert made.more(GATEWAY, PROCESS) == pytest.approx(0.004)


def test_percentiles_say_what_so_many_calls_did_not_exceed() -> None:
    made = Calls({BALANCER: [number / 1000 for number in range(101)]})
    assert made.percentile(BALANCER, 50) == pytest.approx(0.05)
    assert made.percentile(BALANCER, 99) == pytest.approx(0.099)


def test_a_signed_call_comes_back_with_its_time(door: str) -> None:
    signature = gateway._Signature(Credentials("AKIAEXAMPLE", "secret", "token"), "eu-west-1")
    path = gateway._Path("GET", door, signature)
    assert path.call() > 0
    assert path.call() > 0
    path.connection.close()


def test_an_answer_that_is_no_success_is_told(door: str) -> None:
    path = gateway._Path("GET", door)
    with pytest.raises(BenchError) as caught:
        path.call()
    path.connection.close()
    assert str(caught.value) == f"GET {door}: 403 sign"


def test_what_is_missing_is_told_instead_of_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gateway.beanstalk, "missing", lambda: ("php-cli", "mariadb-server"))
    monkeypatch.setattr(gateway.beanstalk, "hint", lambda: "apt-get install them")
    monkeypatch.setattr("sys.argv", ["gateway", "--project", ".", "--stack", "local", "--rounds", "1"])
    assert gateway.main() == 0
    made = Calls(**json.loads(capsys.readouterr().out))
    assert made == Calls({}, "php-cli, mariadb-server missing; apt-get install them")


def test_a_measurement_that_fails_is_shown_with_what_it_said(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "__init__.py").touch()
    (tmp_path / "bench" / "gateway.py").write_text("raise SystemExit('nothing answers')")
    with pytest.raises(BenchError) as caught:
        make_calls(tmp_path, 1)
    assert str(caught.value) == "nothing answers"
