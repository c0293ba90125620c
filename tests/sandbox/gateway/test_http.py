"""Integrations over HTTP: what reaches a backend, and what of its answer reaches a client."""

import socket
import threading
import time
from contextlib import suppress

import pytest
from sandbox.access.world import Door, Json
from sandbox.gateway.calling import IAM, Api, Backend, deployed, proxied
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import gateway

_ID = [{"in": "path", "name": "id", "required": True}]


def _api(aws: Door, path: str, operation: Json, **more: Json) -> Api:
    return deployed(aws, {path: {"x-amazon-apigateway-any-method": operation}}, **more)


def _private(aws: Door, monkeypatch: pytest.MonkeyPatch, backend: Backend, uri: str) -> Api:
    """Put a load balancer and a link to it into a VPC; the backend stands for the load balancer."""
    world = World(Sandbox(aws.operator))
    subnets = world.subnets(2)
    link = world.make("aws:apigatewayv2/vpcLink:VpcLink", {"subnetIds": subnets, "securityGroupIds": []})["id"]
    made = aws.operator("elbv2").create_load_balancer(Name="web", Subnets=subnets, Type="application")
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    urls = {arn: backend.url}
    monkeypatch.setattr(gateway, "_balancer_url", lambda each: urls[each])
    path = "/notes/{id}"
    mapped = {"integration.request.path.id": "method.request.path.id"}
    integration = {"connectionType": "VPC_LINK", "connectionId": link, "integrationTarget": arn}
    return _api(aws, path, proxied(f"{uri}{path}", "ANY", _ID, requestParameters=mapped, **integration))


def test_a_private_integration_asks_the_load_balancer_with_the_host_of_the_uri(
    aws: Door, monkeypatch: pytest.MonkeyPatch, backend: Backend
) -> None:
    api = _private(aws, monkeypatch, backend, "http://core.example.com")
    assert api.call(path="/notes/7?a=1&a=2&b=").status == 200
    assert (backend.last.method, backend.last.target) == ("GET", "/notes/7?a=1&a=2&b=")
    assert backend.last.all("Host") == ["core.example.com"]
    assert backend.last.all("X-Forwarded-For") == ["127.0.0.1"]
    assert backend.last.all("X-Forwarded-Proto") == ["https"]


def test_a_load_balancer_that_nobody_stands_for_is_a_network_error(
    aws: Door, monkeypatch: pytest.MonkeyPatch, backend: Backend
) -> None:
    api = _private(aws, monkeypatch, backend, "http://core.example.com")
    monkeypatch.undo()
    message = {"message": "Network error communicating with endpoint"}
    assert api.call(path="/notes/7").error == (504, "InternalServerErrorException", message)


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        ("/notes/a%2Fb", "/notes/a%2Fb"),
        ("/notes/%2E%2E", "/notes/%2E%2E"),
        ("/notes/a%20b%3Fc%23d", "/notes/a%20b%3Fc%23d"),
        ("/notes/%C3%A9", "/notes/%C3%A9"),
        ("/notes/a%0D%0AX-Evil:%201", "/notes/a%0D%0AX-Evil%3A%201"),
    ],
)
def test_a_part_of_a_path_cannot_leave_its_place(aws: Door, backend: Backend, sent: str, arrives: str) -> None:
    mapped = {"integration.request.path.id": "method.request.path.id"}
    api = _api(aws, "/notes/{id}", proxied(f"{backend.url}/notes/{{id}}", "GET", _ID, requestParameters=mapped))
    assert api.call(path=sent).status == 200
    assert backend.last.target == arrives


def test_a_greedy_part_keeps_its_slashes(aws: Door, backend: Backend) -> None:
    mapped = {"integration.request.path.path": "method.request.path.path"}
    api = _api(aws, "/files/{path+}", proxied(f"{backend.url}/f/{{path}}", requestParameters=mapped))
    assert api.call("DELETE", "/files/a/b%20c").status == 200
    assert (backend.last.method, backend.last.target) == ("DELETE", "/f/a/b%20c")


def test_parameters_come_from_where_the_document_says(aws: Door, backend: Backend) -> None:
    parameters = [{"in": "query", "name": "q"}, {"in": "header", "name": "X-In"}]
    mapped = {
        "integration.request.querystring.search": "method.request.querystring.q",
        "integration.request.querystring.fixed": "'a b'",
        "integration.request.header.X-Out": "method.request.header.X-In",
        "integration.request.header.X-Stage": "context.stage",
        "integration.request.header.X-Where": "stageVariables.where",
        "integration.request.header.X-Nothing": "context.identity.cognitoIdentityId",
    }
    api = _api(aws, "/find", proxied(f"{backend.url}/find?v=1", "GET", parameters, requestParameters=mapped))
    api.patch_stage(**{"/variables/where": "here"})
    sent = {"X-In": "in", "X-Out": "mine", "X-Nothing": "mine"}
    assert api.call(path="/find?q=one&fixed=mine&other=2", headers=sent).status == 200
    assert backend.last.target == "/find?v=1&q=one&other=2&search=one&fixed=a%20b"
    told = {name: backend.last.all(name) for name in ("X-Out", "X-Stage", "X-Where", "X-Nothing")}
    assert told == {"X-Out": ["in"], "X-Stage": ["live"], "X-Where": ["here"], "X-Nothing": []}


def test_what_belongs_to_one_connection_stays_there(aws: Door, backend: Backend) -> None:
    api = _api(aws, "/a", proxied(f"{backend.url}/a"))
    sent = {"Connection": "close, X-Only-Here", "X-Only-Here": "1", "TE": "trailers", "Expect": "", "X-Kept": "é"}
    sent |= {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http", "Content-MD5": "x", "Max-Forwards": "3"}
    assert api.call("POST", "/a", sent, b"{}").status == 200
    got = {name.lower() for name, _ in backend.last.headers}
    assert not got & {"te", "expect", "x-only-here", "content-md5", "max-forwards", "connection"}
    assert backend.last.all("X-Forwarded-For") == ["192.0.2.1, 127.0.0.1"]
    assert backend.last.all("X-Forwarded-Proto") == ["https"]
    assert [value.encode("latin-1").decode() for value in backend.last.all("X-Kept")] == ["é"]


def test_a_signature_goes_no_further(aws: Door, backend: Backend) -> None:
    api = _api(aws, "/a", proxied(f"{backend.url}/a") | IAM)
    assert api.signed(path="/a").status == 200
    assert backend.last.all("Authorization") == []


def test_other_authorization_reaches_the_backend(aws: Door, backend: Backend) -> None:
    api = _api(aws, "/a", proxied(f"{backend.url}/a"))
    assert api.call(path="/a", headers={"Authorization": "Bearer abc"}).status == 200
    assert backend.last.all("Authorization") == ["Bearer abc"]


def test_an_answer_comes_back_with_some_headers_renamed(aws: Door, backend: Backend) -> None:
    backend.status, backend.body = 401, b'{"error":"who?"}'
    backend.headers = [
        ("Content-Type", "application/problem+json"),
        ("WWW-Authenticate", "Bearer"),
        ("Server", "web"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("x-amzn-RequestId", "theirs"),
        ("Keep-Alive", "timeout=5"),
    ]
    found = _api(aws, "/a", proxied(f"{backend.url}/a")).call(path="/a")
    assert (found.status, found.body) == (401, b'{"error":"who?"}')
    assert found.header("x-amzn-Remapped-WWW-Authenticate") == "Bearer"
    assert found.header("x-amzn-Remapped-Server") == "web"
    assert [value for name, value in found.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert found.header("WWW-Authenticate") is None
    assert found.header("Keep-Alive") is None
    assert [value for name, value in found.headers if name.lower() == "x-amzn-requestid"] != ["theirs"]


def test_bytes_are_text_unless_their_media_type_is_binary(aws: Door, backend: Backend) -> None:
    backend.body, backend.headers = b"\x89PNG\xff", [("Content-Type", "image/png")]
    sent = {"Content-Type": "image/png"}
    text = _api(aws, "/a", proxied(f"{backend.url}/a")).call("POST", "/a", sent, b"\xff\x00")
    assert text.body == "\ufffdPNG\ufffd".encode()
    assert backend.last.body == "\ufffd\x00".encode()
    more = {"x-amazon-apigateway-binary-media-types": ["image/*"]}
    raw = _api(aws, "/a", proxied(f"{backend.url}/a"), **more).call("POST", "/a", sent, b"\xff\x00")
    assert (raw.body, backend.last.body) == (b"\x89PNG\xff", b"\xff\x00")


def test_a_backend_that_is_not_there_is_a_network_error(aws: Door) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = _api(aws, "/a", proxied(f"http://127.0.0.1:{port}/a")).call(path="/a")
    message = {"message": "Network error communicating with endpoint"}
    assert found.error == (504, "InternalServerErrorException", message)


def test_a_backend_that_is_not_on_this_machine_is_never_asked(aws: Door, caplog: pytest.LogCaptureFixture) -> None:
    found = _api(aws, "/a", proxied("http://example.com/a")).call(path="/a")
    assert found.status == 504
    assert "the sandbox has no network and reaches only this machine: http://example.com/a" in caplog.text


def test_a_backend_that_does_not_answer_in_time_is_given_up(aws: Door) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        uri = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        found = _api(aws, "/a", proxied(uri, timeoutInMillis=50)).call(path="/a")
    assert found.error == (504, "InternalServerErrorException", {"message": "Endpoint request timed out"})


def _answering(*pieces: bytes, pause: float = 0.0) -> tuple[socket.socket, str]:
    """Listen for one request and answer it with these bytes, with pauses between them."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()

    def answer() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.recv(65_536)
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)

    threading.Thread(target=answer, daemon=True).start()
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}/a"


def test_a_backend_that_answers_bit_by_bit_is_given_up_as_well(aws: Door) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
    listener, uri = _answering(head, *[b"x"] * 100, pause=0.02)
    with listener:
        found = _api(aws, "/a", proxied(uri, timeoutInMillis=100)).call(path="/a")
    assert found.error == (504, "InternalServerErrorException", {"message": "Endpoint request timed out"})


def test_an_answer_that_breaks_off_is_a_network_error(aws: Door) -> None:
    listener, uri = _answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
    with listener:
        found = _api(aws, "/a", proxied(uri)).call(path="/a")
    message = {"message": "Network error communicating with endpoint"}
    assert found.error == (504, "InternalServerErrorException", message)


def test_an_answer_beyond_the_limit_is_a_bad_gateway(aws: Door, backend: Backend) -> None:
    backend.body = b"x" * (10 * 1024 * 1024 + 1)
    found = _api(aws, "/a", proxied(f"{backend.url}/a")).call(path="/a")
    assert found.error == (502, "InternalServerErrorException", {"message": "Internal server error"})


@pytest.mark.parametrize("closes", [True, False])
def test_many_requests_share_what_connections_a_backend_keeps(aws: Door, backend: Backend, closes: bool) -> None:
    backend.closes = closes
    api = _api(aws, "/a", proxied(f"{backend.url}/a"))
    assert [api.call("POST", "/a", body=b"%d" % number).status for number in range(5)] == [200] * 5
    assert [each.body for each in backend.received] == [b"%d" % number for number in range(5)]
