"""The door in front of one database server, from this side: opened, closed, emptied."""

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from pulumi_aws_sandbox.runtime.child_processes import Child, Children

ADDRESS = "127.0.0.1"
_SCRIPT = Path(__file__).with_name("door.py")
_SECONDS = 20
_POLL_SECONDS = 0.005


class Doorway:
    """Where clients of one database server come in; the same port for as long as there is a server."""

    def __init__(self, children: Children, number: int, server_port: int) -> None:
        """Choose the port; nobody listens there yet."""
        self.port = free_port()
        self._children = children
        self._output = children.folder / f"door-{number}.log"
        self._server_port = server_port
        self._child: Child | None = None
        self._is_open = False

    def set(self, *, is_open: bool) -> None:
        """Let clients in, or none that are not in already."""
        alive = self._child is not None and self._child.alive
        if alive and self._is_open == is_open:
            return
        if not alive:
            self._output.write_text("")
            command = [sys.executable, "-I", "-S", str(_SCRIPT), str(self.port), str(self._server_port)]
            self._child = self._children.start(command, env={}, cwd=self._children.folder, output=self._output)
            self._wait_for("closed")
        if is_open or alive:
            self._tell(signal.SIGUSR2 if is_open else signal.SIGUSR1)
            self._wait_for("open" if is_open else "closed")
        self._is_open = is_open

    def empty(self) -> None:
        """End the connections that are open."""
        if self._child is not None and self._child.alive:
            self._tell(signal.SIGHUP)

    def remove(self) -> None:
        """End it."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _tell(self, number: signal.Signals) -> None:
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child.pid, number)

    def _wait_for(self, word: str) -> None:
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until and self._child is not None and self._child.alive:
            if self._output.read_text().split()[-1:] == [word]:
                return
            time.sleep(_POLL_SECONDS)
        message = f"the way in to a database did not become {word}:\n{self._output.read_text()[-2000:].strip()}"
        raise OSError(message)


def free_port() -> int:
    """Return a port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])
