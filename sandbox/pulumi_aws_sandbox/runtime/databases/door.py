"""The way in to one database server: a script that passes connections on, and can be closed without stopping them.

Its arguments are the port to listen at and the server's. SIGUSR1 closes the door to new connections, as a security
group does that admits nobody any more; SIGUSR2 opens it; SIGHUP ends the connections that are open. It starts closed,
and writes `open` or `closed` on its output when it has become so.
"""

import selectors
import signal
import socket
import sys
import time
from contextlib import suppress

_ADDRESS = "127.0.0.1"
_CHUNK = 1 << 16
_BACKLOG = 128
_AGAIN_SECONDS = 0.05


class _Side:
    """One end of a connection, and what it has not taken yet."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.other = self
        self.pending = b""
        self.events = 0


class Door:
    """Listens, and passes on."""

    def __init__(self, port: int, server_port: int) -> None:
        """Start closed."""
        self._port = port
        self._server_port = server_port
        self._selector = selectors.DefaultSelector()
        self._listener: socket.socket | None = None
        self._sides: set[_Side] = set()

    def serve(self) -> None:
        """Pass on for ever."""
        reading, writing = socket.socketpair()
        writing.settimeout(0)
        signal.set_wakeup_fd(writing.fileno())
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP):
            signal.signal(number, lambda *_: None)
        self._selector.register(reading, selectors.EVENT_READ, None)
        _say("closed")
        while True:
            for key, events in self._selector.select():
                if key.fileobj is reading:
                    for number in reading.recv(_CHUNK):
                        self._obey(number)
                elif key.fileobj is self._listener:
                    self._accept()
                elif isinstance(key.data, _Side) and key.data in self._sides:
                    self._move(key.data, events)

    def _obey(self, number: int) -> None:
        if number == signal.SIGUSR1:
            if self._listener is not None:
                self._selector.unregister(self._listener)
                self._listener.close()
                self._listener = None
            _say("closed")
        elif number == signal.SIGUSR2:
            if self._listener is None:
                self._listener = self._listening()
                self._selector.register(self._listener, selectors.EVENT_READ, None)
            _say("open")
        elif number == signal.SIGHUP:
            for side in list(self._sides):
                self._end(side)

    def _listening(self) -> socket.socket:
        while True:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((_ADDRESS, self._port))
            except OSError:
                # Somebody has it for a moment, as the near end of a connection.
                listener.close()
                time.sleep(_AGAIN_SECONDS)
                continue
            listener.listen(_BACKLOG)
            listener.settimeout(0)
            return listener

    def _accept(self) -> None:
        assert self._listener is not None  # noqa: S101 - it is what has become readable
        with suppress(BlockingIOError):
            arrived, _ = self._listener.accept()
            try:
                onward = socket.create_connection((_ADDRESS, self._server_port))
            except OSError:
                arrived.close()
                return
            near, far = _Side(arrived), _Side(onward)
            near.other, far.other = far, near
            for side in (near, far):
                side.connection.settimeout(0)
                side.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._sides.add(side)
                self._watch(side)

    def _move(self, side: _Side, events: int) -> None:
        try:
            if events & selectors.EVENT_WRITE:
                self._flush(side)
            if events & selectors.EVENT_READ and not side.other.pending:
                side.other.pending = side.connection.recv(_CHUNK)
                if not side.other.pending:
                    self._end(side)
                    return
                self._flush(side.other)
        except BlockingIOError:
            return
        except OSError:
            self._end(side)

    def _flush(self, side: _Side) -> None:
        """Give a side what waits for it; the other is not read while something does."""
        with suppress(BlockingIOError):
            while side.pending:
                side.pending = side.pending[side.connection.send(side.pending) :]
        for each in (side, side.other):
            self._watch(each)

    def _watch(self, side: _Side) -> None:
        events = (0 if side.other.pending else selectors.EVENT_READ) | (selectors.EVENT_WRITE if side.pending else 0)
        if events == side.events:
            return
        if not events:
            self._selector.unregister(side.connection)
        elif not side.events:
            self._selector.register(side.connection, events, side)
        else:
            self._selector.modify(side.connection, events, side)
        side.events = events

    def _end(self, side: _Side) -> None:
        for each in (side, side.other):
            if each in self._sides:
                self._sides.remove(each)
                if each.events:
                    self._selector.unregister(each.connection)
                each.connection.close()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    Door(int(sys.argv[1]), int(sys.argv[2])).serve()
