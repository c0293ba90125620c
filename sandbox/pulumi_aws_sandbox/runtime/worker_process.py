"""An execution environment seen from outside: started, asked, stopped when its time is up, and cleared away."""

import importlib.util
import io
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.function_logs import LogStream
from pulumi_aws_sandbox.runtime.plan import Answer, Plan

_WORKER = Path(__file__).with_name("worker.py")
# What AWS's Python runtime has besides the standard library.
_PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3")
# AWS stops an initialisation after 10 seconds; a busy laptop needs longer for the same.
_INITIALISATION_SECONDS = 60
_LAST_SECONDS = 5
_CHUNK = 1 << 20


class Worker:
    """One execution environment with a process of its own."""

    def __init__(self, plan: Plan, log: LogStream, environment: dict[str, str], expires_at: float) -> None:
        """Unpack the code and start the process; it initialises while the caller goes on.

        `expires_at` is when the credentials in the environment end, by the sandbox's clock.
        """
        self.plan = plan
        self._expires_at = expires_at
        self.usable = True
        """Whether it can take another event."""
        self.log = log
        self._home = Path(tempfile.mkdtemp(prefix=f"{plan.name}-"))
        self._output = self._home / "output"
        self._read_so_far = 0
        self._ready = False
        self._asked_at = time.monotonic()
        task = self._home / "task"
        packages = self._home / "packages"
        try:
            _unpack(plan.code, task)
            _offer_packages(packages)
            self._channel, theirs = socket.socketpair()
            with theirs, self._output.open("ab") as output:
                self._process = subprocess.Popen(  # noqa: S603 - the function's own worker
                    [sys.executable, "-I", "-S", "-u", "-X", "utf8", str(_WORKER), str(theirs.fileno())],
                    env=environment,
                    cwd=task,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
        except BaseException:
            shutil.rmtree(self._home, ignore_errors=True)
            raise
        settings = {
            "home": str(self._home),
            "task": str(task),
            "packages": str(packages),
            "variables": sorted(environment),
            "endpoint": environment["AWS_ENDPOINT_URL"],
            "handler": plan.handler,
            "format": plan.log_format,
            "level": plan.log_level,
            "context": {
                "function_name": plan.name,
                "function_version": plan.version,
                "memory_limit_in_mb": str(plan.memory_mib),
                "log_group_name": plan.log_group,
                "log_stream_name": log.name,
            },
        }
        self._try_to_send(settings)

    def ask(self, request_id: str, event: str, arn: str, client_context: str | None) -> Answer:
        """Return what the function makes of an event, and stop it when its time is up."""
        if not self._ready:
            refused = self._initialise(request_id)
            if refused is not None:
                return refused
        self._asked_at = time.monotonic()
        deadline = time.time() + self.plan.timeout_seconds
        request = {
            "id": request_id,
            "event": event,
            "arn": arn,
            "deadline": deadline,
            "ahead": clock.ahead_seconds(),
            "client_context": client_context,
        }
        answer = self._exchange(request, request_id, self.plan.timeout_seconds)
        if isinstance(answer, Answer):
            return answer
        if "error" in answer:
            return self._answered(json.dumps(answer["error"]), failed=True)
        return self._answered(answer["result"], failed=False)

    def wait(self, seconds: float) -> None:
        """Wait until it says that its code is loaded, or how that failed; whoever asks it first reads what it says."""
        # It may be asked, or ended, meanwhile.
        with suppress(OSError, ValueError):
            select.select([self._channel], [], [], seconds)

    def fits(self, plan: Plan) -> bool:
        """Tell whether it is what `plan` says, with credentials that hold."""
        return self.plan == plan and clock.now() < self._expires_at

    def close(self) -> None:
        """End the process with all that it started, and leave nothing behind."""
        self._kill()
        self._channel.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _initialise(self, request_id: str) -> Answer | None:
        """Wait until the code is loaded; return the answer if that fails."""
        answer = self._exchange(None, request_id, _INITIALISATION_SECONDS)
        if isinstance(answer, Answer):
            return answer
        if "failed" in answer:
            error = answer["failed"] | {"requestId": ""}
            return self._answered(json.dumps(error), failed=True, usable=False)
        self._ready = True
        return None

    def _exchange(self, request: dict[str, Any] | None, request_id: str, seconds: float) -> dict[str, Any] | Answer:
        """Send a request, if there is one, and return the answer to it, or that none came."""
        until = time.monotonic() + seconds
        received = bytearray()
        try:
            if request is not None:
                self._channel.settimeout(seconds)
                self._channel.sendall(json.dumps(request).encode() + b"\n")
            while not received.endswith(b"\n"):
                self._channel.settimeout(max(until - time.monotonic(), 0.001))
                chunk = self._channel.recv(_CHUNK)
                if not chunk:
                    return self._exited(request_id)
                received += chunk
        except TimeoutError:
            self._kill()
            text = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"
            return self._answered(_error("Sandbox.Timedout", text), failed=True, usable=False)
        except OSError:
            return self._exited(request_id)
        return json.loads(received)

    def _exited(self, request_id: str) -> Answer:
        # It closed its channel, so it is about to end; its own exit code says more than a signal's.
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_LAST_SECONDS)
        self._kill()
        code = self._process.returncode
        how = f"signal: {(signal.strsignal(-code) or str(-code)).lower()}" if code < 0 else f"exit status {code}"
        text = f"RequestId: {request_id} Error: Runtime exited with error: {how}"
        return self._answered(_error("Runtime.ExitError", text), failed=True, usable=False)

    def _answered(self, payload: str, *, failed: bool, usable: bool = True) -> Answer:
        self.usable = usable
        milliseconds = (time.monotonic() - self._asked_at) * 1000
        return Answer(payload.encode(), failed, usable, self._new_output(), milliseconds)

    def _new_output(self) -> str:
        try:
            with self._output.open("rb") as output:
                output.seek(self._read_so_far)
                written = output.read()
        except FileNotFoundError:
            # The sandbox ended meanwhile and cleared it away.
            return ""
        self._read_so_far += len(written)
        return written.decode(errors="replace")

    def _try_to_send(self, message: dict[str, Any]) -> None:
        try:
            self._channel.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            # It is gone already; whoever asks it will be told how.
            return

    def _kill(self) -> None:
        """End the process and all that it started; a second time changes nothing."""
        # The group may outlive its leader.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _error(kind: str, message: str) -> str:
    return json.dumps({"errorType": kind, "errorMessage": message})


def _unpack(code: bytes, task: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(code)) as source:
        source.extractall(task)
    task.mkdir(exist_ok=True)


def _offer_packages(folder: Path) -> None:
    """Fill a folder with what may be imported besides the standard library, and nothing else of this Python."""
    folder.mkdir()
    for path in _package_paths():
        (folder / path.name).symlink_to(path)


@cache
def _package_paths() -> tuple[Path, ...]:
    paths = []
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            message = f"functions need {name}, which is not installed"
            raise ModuleNotFoundError(message)
        origin = Path(spec.origin)
        paths.append(origin.parent if spec.submodule_search_locations else origin)
    return tuple(paths)
