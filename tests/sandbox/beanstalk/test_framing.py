"""Where the body of a request ends."""

import io
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_sandbox.runtime.beanstalk.framing import AmbiguousLengthError, read_body


def _read(sent: bytes, **headers: str) -> tuple[bytes, bytes]:
    """Return the body and what is left for the next request."""
    message, source = Message(), io.BytesIO(sent)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return b"".join(read_body(source, message)), source.read()


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_a_body_with_a_length_ends_there(body: bytes, after: bytes) -> None:
    assert _read(body + after, Content_Length=str(len(body))) == (body, after)


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=5), st.binary(max_size=20))
def test_a_body_in_chunks_ends_with_the_empty_one(chunks: list[bytes], after: bytes) -> None:
    sent = b"".join(b"%x;x=y\r\n%b\r\n" % (len(each), each) for each in chunks) + b"0\r\nTrailer: t\r\n\r\n"
    assert _read(sent + after, Transfer_Encoding="chunked") == (b"".join(chunks), after)


def test_a_request_without_either_has_no_body() -> None:
    assert _read(b"GET") == (b"", b"GET")


@pytest.mark.parametrize("sent", [b"zz\r\n", b"-1\r\n", b"1\nx\r\n", b"1\r\nxy\r\n", b"", b"f" * 20 + b"\r\n"])
def test_what_is_no_chunk_is_refused(sent: bytes) -> None:
    with pytest.raises(AmbiguousLengthError):
        _read(sent, Transfer_Encoding="chunked")


@given(st.integers(1, 50))
def test_a_body_that_stops_early_is_no_body(missing: int) -> None:
    with pytest.raises(ConnectionAbortedError):
        _read(b"short", Content_Length=str(5 + missing))
