"""The gateway's own server: sizes, encodings, malformed requests, and a sandbox in another process."""

import http.client
import socket
import threading
from urllib.parse import urlsplit

import boto3
import pytest
from sandbox.access.world import Door
from sandbox.gateway.calling import Api, Backend, deployed, proxied, saying, send
from sandbox.situations.apigateway import body

from pulumi_aws_sandbox.runtime import gateway
from pulumi_aws_sandbox.serve import serving

_LIMIT = 10 * 1024 * 1024


def _raw(api: Api, text: bytes) -> bytes:
    """Send bytes; return all that comes back until the server closes."""
    parts = urlsplit(api.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as connection:
        connection.sendall(text)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while chunk := connection.recv(65536):
            found += chunk
    return found


def _post(api: Api, headers: str, content: bytes) -> bytes:
    path = urlsplit(api.url).path
    return _raw(api, f"POST {path}/a HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode() + content)


@pytest.fixture
def echo(aws: Door, backend: Backend) -> Api:
    """Give an API whose backend remembers what it got."""
    return deployed(aws, {"/a": {"post": proxied(f"{backend.url}/a", "POST")}})


def test_a_body_in_chunks_arrives_whole(echo: Api, backend: Backend) -> None:
    answer = _post(echo, "Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert (backend.last.body, backend.last.all("Transfer-Encoding")) == (b"abcde", [])


def test_the_largest_body_is_let_through(echo: Api, backend: Backend) -> None:
    assert echo.call("POST", "/a", body=b"x" * _LIMIT).status == 200
    assert len(backend.last.body) == _LIMIT


@pytest.mark.parametrize(
    ("headers", "content"),
    [(f"Content-Length: {_LIMIT + 1}\r\n", b""), ("Transfer-Encoding: chunked\r\n", b"A00001\r\n")],
)
def test_a_larger_body_is_refused_before_it_is_read(echo: Api, headers: str, content: bytes) -> None:
    head, _, text = _post(echo, headers, content).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"x-amzn-ErrorType: RequestTooLargeException" in head
    assert text == b'{"message":"Request Too Long"}'


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: one\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Host: y\r\n",
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(echo: Api, backend: Backend, headers: str) -> None:
    assert _post(echo, headers, b"0\r\n\r\n").startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert backend.received == []


def test_a_connection_stays_open(aws: Door) -> None:
    api = deployed(aws, {"/a": {"get": saying("1")}})
    parts = urlsplit(api.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        for _ in range(3):
            connection.request("GET", f"{parts.path}/a")
            assert connection.getresponse().read() == b"1"
            assert connection.sock is not None
    finally:
        connection.close()


def test_many_clients_are_answered_at_once(aws: Door) -> None:
    api = deployed(aws, {"/a": {"get": saying("1")}})
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(api.call(path="/a").status)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 16


def test_no_gateway_runs_without_a_sandbox() -> None:
    with pytest.raises(RuntimeError, match="no sandbox is running: start one with aws"):
        gateway.local_url("https://abcdefghij.execute-api.eu-west-1.amazonaws.com/live")


@pytest.mark.usefixtures("aws")
def test_the_gateway_ends_with_the_sandbox() -> None:
    with gateway.running():
        url = gateway.base_url()
    with pytest.raises(ConnectionRefusedError):
        send("GET", url)


def test_a_server_tells_where_its_gateway_is() -> None:
    with serving() as url:
        client = boto3.client(
            "apigateway", "eu-west-1", endpoint_url=url, aws_access_key_id="sandbox", aws_secret_access_key="sandbox"
        )
        made = client.create_rest_api(name="served")["id"]
        client.put_rest_api(restApiId=made, mode="overwrite", body=body({"/a": {"get": saying("1")}}).encode())
        client.create_deployment(restApiId=made, stageName="live")
        invoke = f"https://{made}.execute-api.eu-west-1.amazonaws.com/live/a"
        local = gateway.local_url(invoke, server_url=url)
        assert local != url
        assert send("GET", local).body == b"1"
