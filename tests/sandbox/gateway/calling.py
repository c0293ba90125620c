"""Deployed APIs to call, and a backend that remembers what reached it."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from sandbox.access.world import REGION, Door, Json
from sandbox.situations.apigateway import body, operation

from pulumi_aws_sandbox.runtime import gateway

OPERATOR = Credentials("sandbox", "sandbox")
IAM = {"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answered:
    """What a client got."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def json(self) -> Json:
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str | None, Json]:
        return self.status, self.header("x-amzn-ErrorType"), self.json


@dataclass
class Api:
    """A deployed API."""

    aws: Door
    id: str
    stage: str = "live"

    @property
    def url(self) -> str:
        return gateway.local_url(f"https://{self.id}.execute-api.{REGION}.amazonaws.com/{self.stage}")

    def arn(self, rest: str) -> str:
        return f"arn:aws:execute-api:{REGION}:123456789012:{self.id}/{self.stage}/{rest}"

    def hidden_arn(self, rest: str) -> str:
        return self.arn(rest).replace(":123456789012:", ":********9012:")

    def call(
        self, method: str = "GET", path: str = "/", headers: Mapping[str, str] | Pairs = (), body: bytes = b""
    ) -> Answered:
        """Send a request as it is written."""
        return send(method, self.url + path, headers, body)

    def signed(
        self,
        method: str = "GET",
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        by: Credentials = OPERATOR,
    ) -> Answered:
        """Send a request that botocore has signed."""
        return self.call(method, path, sign(method, self.url + path, headers, body, by), body)

    def redeploy(self, paths: Json, **more: Json) -> None:
        client = self.aws.operator("apigateway")
        client.put_rest_api(restApiId=self.id, mode="overwrite", body=body(paths, **more).encode())
        self.deploy_again()

    def deploy_again(self) -> None:
        self.aws.operator("apigateway").create_deployment(restApiId=self.id, stageName=self.stage)

    def patch_stage(self, **changes: str) -> None:
        operations = [{"op": "replace", "path": path, "value": value} for path, value in changes.items()]
        client = self.aws.operator("apigateway")
        client.update_stage(restApiId=self.id, stageName=self.stage, patchOperations=operations)


def deployed(aws: Door, paths: Json, **more: Json) -> Api:
    """Import a document and deploy it."""
    client = aws.operator("apigateway")
    made = client.create_rest_api(name="tested", endpointConfiguration={"types": ["REGIONAL"]})["id"]
    client.put_rest_api(restApiId=made, mode="overwrite", body=body(paths, **more).encode())
    client.create_deployment(restApiId=made, stageName="live")
    return Api(aws, made)


def credentials(given: Mapping[str, str]) -> Credentials:
    """Return what STS or an identity pool gave out as botocore signs with it."""
    return Credentials(given["AccessKeyId"], given.get("SecretAccessKey") or given["SecretKey"], given["SessionToken"])


def sign(  # noqa: PLR0913, PLR0917 - what a signature is made of
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    by: Credentials = OPERATOR,
    region: str = REGION,
) -> dict[str, str]:
    """Return the headers of a request that botocore has signed."""
    request = AWSRequest(method, url, data=body, headers=dict(headers or {}))
    SigV4Auth(by, "execute-api", region).add_auth(request)
    return dict(request.headers.items())


def signed_url(method: str, url: str, by: Credentials = OPERATOR, seconds: int = 60) -> str:
    """Return a URL that botocore has signed beforehand."""
    request = AWSRequest(method, url)
    SigV4QueryAuth(by, "execute-api", REGION, expires=seconds).add_auth(request)
    return str(request.url)


def send(method: str, url: str, headers: Mapping[str, str] | Pairs = (), body: bytes = b"") -> Answered:
    """Send a request, changing nothing of its path."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    try:
        named = any(name.lower() == "host" for name, _ in pairs)
        connection.putrequest(method, url.split(parts.netloc, 1)[1] or "/", skip_host=named, skip_accept_encoding=True)
        for name, value in pairs:
            connection.putheader(name, value.encode())
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        return Answered(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()


@dataclass(frozen=True)
class Received:
    """A request as a backend got it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass
class Backend:
    """A server that answers what it is told to and remembers what reached it."""

    url: str
    received: list[Received] = field(default_factory=list)
    status: int = 200
    headers: Pairs = (("Content-Type", "application/json"),)
    body: bytes = b"{}"
    closes: bool = False

    @property
    def last(self) -> Received:
        return self.received[-1]


@contextmanager
def backend() -> Iterator[Backend]:
    """Run a backend on this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: else each answer waits for an acknowledgement

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a method for each of HTTP's
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            target = self.requestline.split(" ")[1]
            found.received.append(Received(self.command, target, list(self.headers.items()), content))
            self.send_response_only(found.status)
            for name, value in found.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.body)))
            self.close_connection = found.closes
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the base class's own
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found = Backend(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()


def proxied(uri: str, method: str = "ANY", parameters: Json = (), **more: Json) -> Json:
    """Return a method that a server answers; `more` is for its integration, `parameters` are its own."""
    integration = {"type": "http_proxy", "httpMethod": method, "uri": uri, **more}
    own = {"parameters": list(parameters)} if parameters else {}
    return {"responses": {"200": {"description": "An answer"}}, "x-amazon-apigateway-integration": integration, **own}


def saying(text: str, **more: Json) -> Json:
    """Return a method that answers a text."""
    return operation(text, **more)
