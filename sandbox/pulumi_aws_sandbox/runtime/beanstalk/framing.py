"""Where the body of a request ends. What two proxies might see differently is refused, for it could hide a request."""

import re
from collections.abc import Iterator
from email.message import Message
from io import BufferedIOBase

_CHUNK = 1 << 16


class AmbiguousLengthError(ValueError):
    """The end of a body cannot be told."""


def read_body(source: BufferedIOBase, headers: Message) -> Iterator[bytes]:
    """Give the whole body, piece by piece; raise `AmbiguousLengthError` where its end cannot be told."""
    lengths, encodings = headers.get_all("Content-Length", []), headers.get_all("Transfer-Encoding", [])
    if len(lengths) > 1 or (lengths and encodings) or (encodings and encodings != ["chunked"]):
        raise AmbiguousLengthError
    yield from _chunked(source) if encodings else _counted(source, _length(lengths))


def _length(lengths: list[str]) -> int:
    if lengths and not (lengths[0].isascii() and lengths[0].isdigit()):
        raise AmbiguousLengthError
    return int(lengths[0]) if lengths else 0


def _counted(source: BufferedIOBase, length: int) -> Iterator[bytes]:
    while length:
        chunk = source.read(min(length, _CHUNK))
        if not chunk:
            raise ConnectionAbortedError
        length -= len(chunk)
        yield chunk


def _chunked(source: BufferedIOBase) -> Iterator[bytes]:
    while True:
        line = source.readline(_CHUNK)
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,15}[ \t]*(;[^\r\n]*)?\r\n", line):
            raise AmbiguousLengthError
        size = int(re.split(rb"[; \t\r]", line, maxsplit=1)[0], 16)
        yield from _counted(source, size)
        if size == 0:
            # What follows are trailers, which are not passed on.
            while source.readline(_CHUNK) not in {b"\r\n", b""}:
                continue
            return
        if source.read(2) != b"\r\n":
            raise AmbiguousLengthError
