"""The stand-in of an environment's Application Load Balancer: an address on this machine, with targets behind it."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any

from pulumi_aws_sandbox.runtime.beanstalk.metrics import Metrics
from pulumi_aws_sandbox.runtime.beanstalk.proxy import Proxy, Site
from pulumi_aws_sandbox.runtime.beanstalk.targets import Targets

_ADDRESS = "127.0.0.1"
_LAST_SECONDS = 5
_POLL_SECONDS = 0.05


class Balancer:
    """One load balancer: an address, and targets behind it."""

    def __init__(
        self,
        ready: Callable[[], str | None],
        idle_seconds: Callable[[], float],
        https: Callable[[], bool],
        reachable: Callable[[], bool] = lambda: True,
    ) -> None:
        """Make one; `ready` is asked before each request, and says why there are no targets and will be none.

        While it is not `reachable`, connections end without an answer.
        """
        self.targets = Targets()
        self.metrics = Metrics()
        self.ready = ready
        self.idle_seconds = idle_seconds
        self.https = https
        self.reachable = reachable
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def url(self) -> str:
        """Return its address; it listens from the first time that it is asked for."""
        with self._lock:
            if self._closed:
                message = "the environment has ended"
                raise LookupError(message)
            if self._server is None:
                self._server = _Server(self)
                self._thread = threading.Thread(
                    target=self._server.serve_forever, args=(_POLL_SECONDS,), name="balancer", daemon=True
                )
                self._thread.start()
            return f"http://{_ADDRESS}:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop listening, and end the connections of clients."""
        with self._lock:
            self._closed = True
            server, thread = self._server, self._thread
        if server is not None and thread is not None:
            server.shutdown()
            thread.join()
            server.server_close()
            server.end_connections()


class _Server(ThreadingHTTPServer):
    """Listens for clients, and knows their connections."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, site: Site) -> None:
        self._lock = threading.Lock()
        self._connections: dict[socket.socket, threading.Thread] = {}
        super().__init__((_ADDRESS, 0), partial(Proxy, site))

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base has it
        with self._lock:
            self._connections[request] = threading.current_thread()
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._connections.pop(request, None)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base has it
        """Say nothing of clients that go away."""

    def end_connections(self) -> None:
        """End what clients still hold open."""
        with self._lock:
            left = dict(self._connections)
        for connection in left:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        until = time.monotonic() + _LAST_SECONDS
        for thread in left.values():
            thread.join(max(0.0, until - time.monotonic()))
