"""What the stand-in of a load balancer does with requests and answers."""

import json
import socket
import threading
from urllib.parse import urlsplit

import pytest
from sandbox.beanstalk.stage import ARN, ASG, ENVIRONMENT, PROCESS, ask, deployment, healthy, until

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import beanstalk

_ONE = {(ASG, "MinSize"): "1", (ASG, "MaxSize"): "1"}

pytestmark = pytest.mark.usefixtures("clients")


def _raw(request: bytes) -> bytes:
    """Send bytes as they are, and return all that comes until the other side hangs up."""
    address = urlsplit(beanstalk.balancer_url(ARN))
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=20) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received


def _content(answer: bytes) -> bytes:
    """Return what is in the chunks of an answer."""
    rest, content = answer.partition(b"\r\n\r\n")[2], b""
    while size := int((line := rest.partition(b"\r\n"))[0], 16):
        content, rest = content + line[2][:size], line[2][size + 2 :]
    return content


@pytest.fixture
def _served(clients: Connection) -> None:  # noqa: ARG001 - the AWS that it is in
    beanstalk.launch(deployment(settings=_ONE))


@pytest.mark.usefixtures("_served")
def test_a_client_cannot_forge_where_it_comes_from() -> None:
    claimed = {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "443", "X-Forwarded-For": "1.2.3.4"}
    headers = json.loads(ask(**claimed)[1])["headers"]
    assert headers["X-Forwarded-For"] == "1.2.3.4, 127.0.0.1"
    assert (headers["X-Forwarded-Proto"], headers["X-Forwarded-Port"]) == ("http", "80")
    assert headers["X-Amzn-Trace-Id"].startswith("Root=1-")


@pytest.mark.usefixtures("_served")
def test_headers_that_cgi_cannot_tell_apart_are_dropped() -> None:
    answer = _raw(
        b"GET / HTTP/1.1\r\nHost: notes\r\nX_Caller_Identity_Id: forged\r\nX-Caller-Identity-Id: true\r\n"
        b"Connection: close, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\n\r\n"
    )
    headers = json.loads(_content(answer))["headers"]
    assert headers["X-Caller-Identity-Id"] == "true"
    assert not {"X_Caller_Identity_Id", "X-Hop", "TE", "Te"} & set(headers)
    assert headers["Host"] == "notes"


@pytest.mark.usefixtures("_served")
def test_a_connection_is_kept_for_further_requests() -> None:
    one = b"GET /health HTTP/1.1\r\nHost: n\r\n\r\n"
    answers = _raw(one + one + b"GET /health HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n")
    assert answers.count(b"HTTP/1.1 200 OK") == 3


@pytest.mark.usefixtures("_served")
def test_an_answer_without_a_length_comes_in_chunks() -> None:
    assert ask("/stream") == (200, b"x" * 15000)
    answer = _raw(b"GET /stream HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n")
    assert b"Transfer-Encoding: chunked\r\n" in answer
    assert answer.endswith(b"\r\n0\r\n\r\n")


@pytest.mark.usefixtures("_served")
def test_an_old_client_gets_no_chunks() -> None:
    answer = _raw(b"GET /stream HTTP/1.0\r\nHost: n\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n" + b"x" * 15000)


@pytest.mark.usefixtures("_served")
def test_bodies_arrive_whole_with_a_length_or_in_chunks() -> None:
    assert ask("/length", "POST", b"y" * 3_000_000) == (200, b"3000000")
    chunked = b"POST /length HTTP/1.1\r\nHost: n\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = _raw(chunked + b"6\r\nsix on\r\n5;a=b\r\nefive\r\n0\r\nTrailer: 1\r\n\r\n")
    assert _content(answer) == b"11"


@pytest.mark.usefixtures("_served")
def test_answers_without_a_body_have_none() -> None:
    assert ask("/empty") == (204, b"")
    assert ask("/version", "HEAD") == (200, b"")


@pytest.mark.usefixtures("_served")
@pytest.mark.parametrize(
    "request_",
    [
        b"POST / HTTP/1.1\r\nHost: n\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: n\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST / HTTP/1.1\r\nHost: n\r\nContent-Length: +3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: n\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: n\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"GET / HTTP/1.1 x\r\nHost: n\r\n\r\n",
    ],
    ids=["two-framings", "two-lengths", "signed-length", "unknown-coding", "no-chunk", "no-version"],
)
def test_a_request_whose_end_two_proxies_may_see_apart_is_refused(request_: bytes) -> None:
    assert _raw(request_).startswith(b"HTTP/1.1 400 Bad Request\r\nServer: awselb/2.0\r\n")


@pytest.mark.usefixtures("_served")
def test_an_instance_that_dies_over_a_request_is_a_bad_gateway() -> None:
    assert ask("/crash")[0] == 502


def test_an_instance_that_takes_too_long_is_a_gateway_timeout() -> None:
    beanstalk.launch(deployment(settings=_ONE | {("aws:elbv2:loadbalancer", "IdleTimeout"): "1"}))
    assert ask("/slow?seconds=3")[0] == 504


def test_no_instance_is_service_unavailable() -> None:
    failing = {".ebextensions/1.config": "container_commands: {no: {command: 'false'}}"}
    beanstalk.launch(deployment(settings=_ONE, files=failing))
    status, page = ask()
    assert (status, b"<h1>503 Service Unavailable</h1>" in page) == (503, True)
    assert beanstalk.health(ENVIRONMENT).color == "Red"


def test_targets_that_are_all_unhealthy_get_requests_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_aws_sandbox.runtime.beanstalk.pace._LEAST_WAIT_SECONDS", 1.0)
    beanstalk.launch(deployment("broken"))
    assert ask("/version")[0] == 200
    assert beanstalk.health(ENVIRONMENT).color == "Red"


def test_a_slow_request_ends_before_its_instance_does() -> None:
    beanstalk.launch(deployment(settings={(ASG, "MinSize"): "2"}))
    beanstalk.wake(ENVIRONMENT)
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(ask("/slow?seconds=1")[0])) for _ in range(4)]
    for each in threads:
        each.start()
    until(lambda: sum(_under_way()) == 4)
    beanstalk.apply(deployment(settings={(ASG, "MinSize"): "1", (ASG, "MaxSize"): "1"}))
    for each in threads:
        each.join()
    assert seen == [200] * 4
    assert healthy(1)()


def test_a_request_that_outlasts_the_draining_time_is_cut_off() -> None:
    short = {(PROCESS, "DeregistrationDelay"): "0.2"}
    beanstalk.launch(deployment(settings=short))
    beanstalk.wake(ENVIRONMENT)
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(ask("/slow?seconds=2")[0])) for _ in range(2)]
    for each in threads:
        each.start()
    until(lambda: sum(_under_way()) == 2)
    beanstalk.apply(deployment(settings=short | {(ASG, "MinSize"): "1", (ASG, "MaxSize"): "1"}))
    for each in threads:
        each.join()
    assert sorted(seen) == [200, 502]
    said = [each.message.partition(": ")[2] for each in beanstalk.events(ENVIRONMENT)]
    assert "requests were still under way after 0.2 s of draining" in said


def _under_way() -> list[int]:
    environment = beanstalk._current.require().find(ENVIRONMENT)
    return [each.target.under_way for each in environment._group.instances]
