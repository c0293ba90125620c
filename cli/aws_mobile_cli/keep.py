"""Keeps what was deployed standing, for who develops an app against it: addresses, a page, and streams that flow."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.runtime import endpoint

from .exits import UsageError

_PULSE_SECONDS = 1.0
_LOOPBACK = {endpoint.ADDRESS, "localhost"}
_STAGE = "aws:apigateway/stage:Stage"


@contextmanager
def answering(port: int) -> Iterator[str]:
    """Have the AWS of this process answer at a URL; raise `UsageError` if that cannot be.

    0 picks a free port.
    """
    with ExitStack() as stack:
        try:
            url = stack.enter_context(endpoint.listening(port))
        except (OSError, OverflowError) as error:
            message = f"--port: cannot listen on {endpoint.ADDRESS}:{port}: {error}"
            raise UsageError(message) from error
        yield url


def addresses(recording: Recording, aws: str) -> dict[str, str]:
    """Return what an app is told in place of AWS's addresses: AWS itself, and each API by the name of its stage."""
    from pulumi_aws_sandbox.runtime import gateway  # noqa: PLC0415 - it loads moto

    stages = recording.of_type(_STAGE)
    return {
        "AWS": aws,
        "outbox": f"{aws}/sandbox/outbox",
        **{stage.name.removesuffix("-stage"): gateway.local_url(stage.outputs["invokeUrl"]) for stage in stages},
    }


@contextmanager
def page_served(page: Callable[[], str]) -> Iterator[str]:
    """Serve a page, made anew for each who asks, at a URL on this machine until the block ends."""
    server = ThreadingHTTPServer((endpoint.ADDRESS, 0), _handler(page))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://{endpoint.ADDRESS}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(page: Callable[[], str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A page of another origin reaches this address under a name of its own: it is not for it.
            if (urlsplit(f"//{self.headers.get('Host', '')}").hostname or "") not in _LOOPBACK:
                self.send_error(421)
                return
            if urlsplit(self.path).path != "/":
                self.send_error(404)
                return
            body = page().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
            """Say nothing: the terminal is the run's."""

    return Handler


def until_stopped() -> None:
    """Let streams flow until somebody interrupts, or asks this process to end."""
    stop = threading.Event()
    before: Mapping[int, object] = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        said: set[str] = set()
        while not stop.wait(_PULSE_SECONDS):
            for problem in _pulse():
                if problem not in said:
                    said.add(problem)
                    sys.stderr.write(f"aws-mobile: {problem}\n")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # pyrefly: ignore[bad-argument-type] # what it was


def _pulse() -> Iterator[str]:
    """Bring on what AWS would by itself: streams to their functions, events into the lake; yield what went wrong."""
    from pulumi_aws_sandbox.runtime import lake, streams  # noqa: PLC0415 - they load moto

    for name, flow in (("streams", streams.deliver), ("the lake", lake.deliver)):
        try:
            flow()
        except Exception as error:  # noqa: BLE001 - one bad record must not end what others work with
            yield f"{name}: {type(error).__name__}: {error}"
