"""Keeps what was deployed standing, for who develops an app against it: addresses, a page, and streams that flow."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_mobile.client_files import FAILOVER, FILES
from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.runtime import endpoint

from .client_files.folder import check_ours
from .client_files.writing import write
from .exits import UsageError
from .plan import plain

_PULSE_SECONDS = 1.0
_LOOPBACK = {endpoint.ADDRESS, "localhost"}
_STAGE = "aws:apigateway/stage:Stage"
CLIENT_FILES = "client-files/"
"""Where the page's server has the client files."""


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


def refuse_folder(folder: Path) -> None:
    """Raise `UsageError` if no client files can be written there, before anything long has begun."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        message = f"--client-files: cannot write below {there}; name another folder"
        raise UsageError(message)
    check_ours(folder, FILES)


@contextmanager
def client_files(recording: Recording, environment: str, folder: Path | None) -> Iterator[Path | None]:
    """Give the folder with the files by which apps find what is kept; None if its stack tells apps nothing.

    A folder that is named keeps them afterwards; otherwise they are gone when the block ends.
    """
    outputs: Any = plain(recording.stack_outputs)
    if outputs.get("client") is None:
        yield None
        return
    with TemporaryDirectory(prefix="aws-mobile-client-files-") as temporary:
        place = Path(temporary) if folder is None else folder
        write(_here(outputs), place, environment=environment)
        yield place


def _here(outputs: Any) -> Any:  # noqa: ANN401 - whatever the stack says
    """Return the outputs with the addresses that its APIs have on this machine."""
    from pulumi_aws_sandbox.runtime import gateway  # noqa: PLC0415 - it loads moto

    if isinstance(outputs, Mapping):
        return {
            key: gateway.local_url(value) if key == "url" and isinstance(value, str) else _here(value)
            for key, value in outputs.items()
        }
    return outputs


@contextmanager
def page_served(page: Callable[[], str], files: Path | None = None) -> Iterator[str]:
    """Serve a page, made anew for each who asks, and client files, at a URL on this machine until the block ends."""
    server = ThreadingHTTPServer((endpoint.ADDRESS, 0), _handler(page, files))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://{endpoint.ADDRESS}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(page: Callable[[], str], files: Path | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A page of another origin reaches this address under a name of its own: it is not for it.
            if (urlsplit(f"//{self.headers.get('Host', '')}").hostname or "") not in _LOOPBACK:
                self.send_error(421)
                return
            answer = _answer(page, files, urlsplit(self.path).path)
            if answer is None:
                self.send_error(404)
                return
            kind, body = answer[0], answer[1].encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
            """Say nothing: the terminal is the run's."""

    return Handler


def _answer(page: Callable[[], str], folder: Path | None, path: str) -> tuple[str, str] | None:
    """Return the media type and the text of what is at a path, if anything is."""
    if path == "/":
        return "text/html", page()
    if folder is None or not path.startswith(f"/{CLIENT_FILES}"):
        return None
    places = (folder, *sorted(folder.glob(f"{FAILOVER}/*")))
    files = {
        (place / name).relative_to(folder).as_posix(): place / name
        for place in places
        for name in FILES
        if (place / name).is_file()
    }
    name = path.removeprefix(f"/{CLIENT_FILES}")
    if not name:
        items = "".join(f'<li><a href="{escape(each)}">{escape(each)}</a></li>' for each in files)
        return "text/html", f"<!doctype html><title>Client files</title><h1>Client files</h1><ul>{items}</ul>"
    if name not in files:
        return None
    kind = "application/json" if name.endswith(".json") else "text/plain"
    return kind, files[name].read_text(encoding="utf-8")


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
