"""Servers that the sandbox runs beside itself; they end with it, also with one that is killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_GUARD = Path(__file__).with_name("child_guard.py")
_PLACES = os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"))


def program(name: str) -> str | None:
    """Return where a program is on this machine; servers are often outside a user's PATH."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), _PLACES)))


class Child:
    """A process with all that it started, which is one process group."""

    def __init__(self, process: subprocess.Popen[bytes], children: "Children") -> None:
        """Look after a process that was started as the leader of a group of its own."""
        self._process = process
        self._children = children
        self.pid = process.pid

    @property
    def alive(self) -> bool:
        """Whether the leader still runs."""
        return self._process.poll() is None

    @property
    def how_it_ended(self) -> str:
        """How the leader ended, in words."""
        code = self._process.returncode
        if code is None:
            return "it runs"
        return f"exit status {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"

    def wait(self, seconds: float) -> int | None:
        """Return the leader's exit code once it has ended, or `None` if it has not after `seconds`."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, seconds: float) -> None:
        """Ask the process to end, and end it after `seconds` if it has not; workers that outlive it end too."""
        if self.alive:
            self._signal(signal.SIGTERM)
            self.wait(seconds)
        self.kill()

    def kill(self) -> None:
        """End the process and all that it started; a second time changes nothing."""
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._children.ended(self)

    def _signal(self, number: signal.Signals) -> None:
        # The group may outlive its leader.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


class Children:
    """The processes of one sandbox, and a folder that goes when they do."""

    def __init__(self, prefix: str) -> None:
        """Make the folder, which only this process's user may enter."""
        self.folder = Path(tempfile.mkdtemp(prefix=prefix))
        self._lock = threading.Lock()
        self._running: dict[int, Child] = {}
        self._guard: subprocess.Popen[bytes] | None = None
        self._closed = False

    def start(self, command: Sequence[str], *, env: Mapping[str, str], cwd: Path, output: Path) -> Child:
        """Start a program, with nothing of this process's environment; what it writes goes to a file."""
        with self._lock:
            if self._closed:
                message = "the sandbox has ended"
                raise RuntimeError(message)
            guard = self._guard or self._begin_guard()
            with output.open("ab") as written:
                process = subprocess.Popen(  # noqa: S603 - the callers' own programs
                    command,
                    env=dict(env),
                    cwd=cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=written,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            child = Child(process, self)
            self._running[child.pid] = child
            _tell(guard, f"+{child.pid}")
            return child

    def ended(self, child: Child) -> None:
        """Forget a process that has ended."""
        with self._lock:
            if self._running.pop(child.pid, None) is not None and self._guard is not None:
                _tell(self._guard, f"-{child.pid}")

    def close(self) -> None:
        """End everything, and remove the folder."""
        with self._lock:
            self._closed = True
            left = list(self._running.values())
        for child in left:
            child.kill()
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            self._guard.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin_guard(self) -> subprocess.Popen[bytes]:
        self._guard = subprocess.Popen(  # noqa: S603 - this package's own script
            [sys.executable, "-I", "-S", str(_GUARD), str(self.folder)], stdin=subprocess.PIPE, start_new_session=True
        )
        return self._guard


def _tell(guard: subprocess.Popen[bytes], line: str) -> None:
    if guard.stdin is not None:
        # Without its guard a process still ends with the sandbox, only not with one that is killed.
        with suppress(BrokenPipeError):
            guard.stdin.write(f"{line}\n".encode())
            guard.stdin.flush()
