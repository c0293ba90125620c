"""An execution environment: runs one deployed function, one event at a time, as Lambda's Python runtime does.

The runtime starts it as a script in a process of its own, in isolated mode, and talks JSON lines over a socket. It
imports nothing of the sandbox: what a function sees is the standard library, boto3 and its own files.
https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

import errno
import http.client
import importlib
import ipaddress
import json
import logging
import os
import queue
import re
import shutil
import socket
import sys
import threading
import time
import traceback
import urllib.request
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Any, BinaryIO
from urllib.parse import urlsplit

_TASK_ROOT = "/var/task"
_NAMES = {"localhost", "localhost.localdomain"}
_JSON = "JSON"
_API = re.compile(r"[\w-]+\.execute-api\.[\w-]+\.amazonaws\.com")
_GATEWAY = "/sandbox/gateway"
_GATEWAY_SECONDS = 10

Json = dict[str, Any]

_real_time = time.time
_real_connect = http.client.HTTPSConnection.connect


class Context(SimpleNamespace):
    """What a handler is told about its invocation."""

    deadline: float

    def get_remaining_time_in_millis(self) -> int:
        """Return how much time is left before the function is stopped."""
        return max(int((self.deadline - _real_time()) * 1000), 0)

    def log(self, message: object) -> None:
        """Write to the function's log."""
        sys.stdout.write(str(message))


class Worker:
    """The function and the socket to whoever invokes it."""

    def __init__(self, channel: socket.socket, lines: BinaryIO, settings: Json) -> None:
        """Serve the function that `settings` describe over `channel`, whose requests arrive as `lines`."""
        self._channel = channel
        self._lines = lines
        self._settings = settings
        self._requests: queue.SimpleQueue[Json] = queue.SimpleQueue()
        self._request_id = ""
        self._task = settings["task"]

    def serve(self) -> None:
        """Answer until the other end is gone, and with it this process."""
        threading.Thread(target=self._receive, daemon=True).start()
        self._prepare_logging()
        handle = self._load()
        if handle is None:
            return
        self._send({"ready": True})
        while True:
            request = self._requests.get()
            self._request_id = request["id"]
            _set_time(request["ahead"])
            self._send(self._answer(handle, request))

    def _receive(self) -> None:
        """Take requests in; when nobody can ask any more, end whatever is under way."""
        for line in self._lines:
            self._requests.put(json.loads(line))
        shutil.rmtree(self._settings["home"], ignore_errors=True)
        os._exit(0)

    def _send(self, message: Json) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self._channel.sendall(json.dumps(message).encode() + b"\n")

    def _prepare_logging(self) -> None:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(_JsonLines(self) if self._settings["format"] == _JSON else _TextLines(self))
        root = logging.getLogger()
        root.addHandler(handler)
        if self._settings["format"] == _JSON:
            logging.addLevelName(logging.DEBUG - 5, "TRACE")
            root.setLevel({"FATAL": "CRITICAL"}.get(self._settings["level"], self._settings["level"]))

    def _load(self) -> Any:  # noqa: ANN401 - the handler may be anything that can be called
        """Return the handler; otherwise say why there is none and return nothing."""
        module_name, _, name = self._settings["handler"].rpartition(".")
        if not module_name:
            self._send({"failed": _error("Runtime.MalformedHandlerName", f"Bad handler '{name}': it names no module")})
            return None
        try:
            module = importlib.import_module(module_name.replace("/", "."))
        except ImportError as error:
            text = f"Unable to import module '{module_name}': {error}"
            self._send({"failed": _error("Runtime.ImportModuleError", text)})
        except SyntaxError as error:
            text = f"Syntax error in module '{module_name}': {error}"
            self._send({"failed": _error("Runtime.UserCodeSyntaxError", text)})
        except Exception as error:  # noqa: BLE001 - whatever the function's code raises is its caller's to see
            self._send({"failed": self._described(error, error.__traceback__)})
        else:
            if callable(getattr(module, name, None)):
                return getattr(module, name)
            text = f"Handler '{name}' missing on module '{module_name}'"
            self._send({"failed": _error("Runtime.HandlerNotFound", text)})
        return None

    def _answer(self, handle: Any, request: Json) -> Json:  # noqa: ANN401 - the handler may be anything that can be called
        try:
            result = handle(json.loads(request["event"]), self._context(request))
        except Exception as error:  # noqa: BLE001 - whatever the function raises is its caller's to see
            # The frames of this file are nobody's business.
            described = self._described(error, error.__traceback__.tb_next if error.__traceback__ else None)
            self._report(described)
            return {"error": described | {"requestId": self._request_id}}
        try:
            return {"result": json.dumps(result, default=_number, ensure_ascii=False)}
        except (TypeError, ValueError) as error:
            described = _error("Runtime.MarshalError", f"Unable to marshal response: {error}")
            self._report(described)
            return {"error": described | {"requestId": self._request_id}}

    def _context(self, request: Json) -> Context:
        client = json.loads(request["client_context"]) if request.get("client_context") else None
        return Context(
            aws_request_id=request["id"],
            invoked_function_arn=request["arn"],
            deadline=request["deadline"],
            client_context=client and SimpleNamespace(**{"custom": None, "env": None, "client": None} | client),
            identity=SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None),
            **self._settings["context"],
        )

    def _described(self, error: BaseException, trace: TracebackType | None) -> Json:
        lines = [line.replace(self._task, _TASK_ROOT) for line in traceback.format_tb(trace)]
        return _error(type(error).__name__, str(error), lines)

    def _report(self, error: Json) -> None:
        """Write an error to the log, as Lambda's runtime does."""
        if self._settings["format"] == _JSON:
            moment = _moment(time.time())
            line = json.dumps({"timestamp": moment, "log_level": "ERROR", **error, "requestId": self._request_id})
        else:
            line = f"[ERROR] {error['errorType']}: {error['errorMessage']}"
            if error["stackTrace"]:
                line += "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"]).rstrip()
        sys.stdout.write(f"{line}\n")

    @property
    def request_id(self) -> str:
        """The invocation that is under way."""
        return self._request_id


class _TextLines(logging.Formatter):
    """A log line as Lambda's Python runtime writes it."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker

    def format(self, record: logging.LogRecord) -> str:
        """Return one record as a line."""
        text = super().format(record)
        return f"[{record.levelname}]\t{_moment(record.created)}\t{self._worker.request_id}\t{text}"


class _JsonLines(_TextLines):
    """A log line as an object, as Lambda's Python runtime writes it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one record as a line."""
        line: Json = {
            "timestamp": _moment(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": self._worker.request_id,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line |= {
                "errorType": record.exc_info[0].__name__,
                "errorMessage": str(record.exc_info[1]),
                "stackTrace": traceback.format_tb(record.exc_info[2]),
            }
        return json.dumps(line, default=str)


def _error(kind: str, message: str, trace: list[str] | None = None) -> Json:
    return {"errorMessage": message, "errorType": kind, "stackTrace": trace or []}


def _number(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    message = f"Object of type {type(value).__name__} is not JSON serializable"
    raise TypeError(message)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every connection to another machine: the sandbox never calls out."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    elif event == "socket.sendto":
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in _NAMES and not _is_loopback(name):
        raise ConnectionRefusedError(errno.ECONNREFUSED, f"the sandbox never calls out: {name}")


def _set_time(ahead: float) -> None:
    """Let `time.time` tell the sandbox's time; `datetime` stays with the real one, by which requests are signed."""
    time.time = lambda: _real_time() + ahead
    time.time_ns = lambda: int((_real_time() + ahead) * 1_000_000_000)


def _reach_apis(endpoint: str) -> None:
    """Let connections to addresses of APIs lead to the sandbox's gateway, which speaks no TLS."""
    found: list[str] = []

    def connect(self: http.client.HTTPSConnection) -> None:
        if not _API.fullmatch(self.host):
            _real_connect(self)
            return
        if not found:
            with urllib.request.urlopen(f"{endpoint}{_GATEWAY}", timeout=_GATEWAY_SECONDS) as answer:  # noqa: S310 - an address on this machine
                found.append(json.load(answer)["url"])
        parts = urlsplit(found[0])
        self.sock = socket.create_connection((parts.hostname or "", parts.port or 80), self.timeout)

    http.client.HTTPSConnection.connect = connect


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def main(descriptor: int) -> None:
    """Serve over the socket that was handed down; its first line says what to serve."""
    channel = socket.socket(fileno=descriptor)
    lines = channel.makefile("rb")
    settings = json.loads(lines.readline())
    for name in os.environ.keys() - settings["variables"]:
        # Python itself adds a locale where the one that is asked for is not installed.
        del os.environ[name]
    sys.path[:0] = [settings["task"], settings["packages"]]
    sys.argv = [str(Path(settings["task"]) / "bootstrap.py")]
    _reach_apis(settings["endpoint"])
    sys.addaudithook(_stay_on_this_machine)
    Worker(channel, lines, settings).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
