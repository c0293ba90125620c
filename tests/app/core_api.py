"""The core API under PHP's own server, and a client that holds each of its answers against the OpenAPI document."""

import http.client
import json
import os
import re
import socket
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator
from openapi_schema_validator import oas30_format_checker

from pulumi_aws_sandbox.runtime.child_processes import Child, Children, program

PHP = program("php") or "php"  # where it is missing, the first test says so
APP = Path(__file__).resolve().parents[2] / "app"
_ADDRESS = "127.0.0.1"
_WORKERS = "4"  # PHP's server answers one request at a time otherwise
_BUILT_IN = {"HEAD": "get"}


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return yaml.safe_load((APP / "openapi.yaml").read_text())


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed a request, as API Gateway tells it in headers."""

    identity_id: str
    type: str = "authenticated"
    arn: str = "arn:aws:sts::123456789012:assumed-role/app-users-1a2b3c/CognitoIdentityCredentials"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [
            ("X-Caller-Identity-Id", self.identity_id),
            ("X-Caller-Type", self.type),
            ("X-Caller-Arn", self.arn),
        ]


def someone() -> Caller:
    """Return a signed-in user whom nobody has seen before."""
    return Caller(f"eu-west-1:{uuid.uuid4()}")


NOBODY = Caller("none", "none", "none")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        return json.loads(self.text)


@dataclass(frozen=True, slots=True)
class CoreApi:
    """A running core API."""

    port: int
    process: Child
    output: Path

    def call(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        caller: Caller | None = None,
        *,
        body: object = None,
        raw: bytes | None = None,
        headers: list[tuple[str, str]] | None = None,
    ) -> Answer:
        """Send a request; check that the document allows what comes back."""
        connection = http.client.HTTPConnection(_ADDRESS, self.port, timeout=30)
        try:
            connection.putrequest(method, path)
            for name, value in (caller.headers if caller is not None else []) + (headers or []):
                connection.putheader(name, value)
            payload = json.dumps(body).encode() if body is not None else raw
            if body is not None:
                connection.putheader("Content-Type", "application/json")
            if payload is not None and "content-length" not in {name.lower() for name, _ in headers or []}:
                connection.putheader("Content-Length", str(len(payload)))
            connection.endheaders(payload)
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()
        _hold_against_the_document(method, path, answer)
        return answer

    def log(self) -> list[dict[str, Any]]:
        """Return what the app has logged, without the lines of PHP's server."""
        return [json.loads(line) for line in self.output.read_text().splitlines() if line.startswith("{")]


@contextmanager
def serving(children: Children, environment: Mapping[str, str], app: Path = APP) -> Iterator[CoreApi]:
    """Serve the app with these environment properties."""
    port = _free_port()
    output = children.folder / f"php-{port}.log"
    command = [PHP, "-S", f"{_ADDRESS}:{port}", "-t", "public", "public/index.php"]
    surroundings = {"PATH": os.environ["PATH"], "PHP_CLI_SERVER_WORKERS": _WORKERS, **environment}
    process = children.start(command, env=surroundings, cwd=app, output=output)
    try:
        _wait(port, process, output)
        yield CoreApi(port, process, output)
    finally:
        process.kill()


def _wait(port: int, process: Child, output: Path) -> None:
    for _ in range(500):
        assert process.alive, output.read_text()
        with socket.socket() as probe:
            if probe.connect_ex((_ADDRESS, port)) == 0:
                return
        time.sleep(0.01)
    message = f"the app did not start:\n{output.read_text()}"
    raise AssertionError(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_ADDRESS, 0))
        return probe.getsockname()[1]


def _hold_against_the_document(method: str, path: str, answer: Answer) -> None:
    kind = answer.headers.get("Content-Type")
    operation = _operation(method, path.partition("?")[0])
    if operation is not None:
        described = operation["responses"].get(str(answer.status))
        assert described is not None, f"{method} {path}: {answer.status} is not documented"
        assert set(described.get("content", {})) == ({kind} if kind else set())
        assert all(name in answer.headers for name in described.get("headers", {}))
        schema = described["content"][kind]["schema"] if kind else None
    else:
        schema = {"$ref": "#/components/schemas/Problem"} if answer.status >= HTTPStatus.BAD_REQUEST else None
    if schema is None or method == "HEAD":
        assert answer.text == "" or schema is None
        return
    whole = {**document(), **schema}
    Draft4Validator(whole, format_checker=oas30_format_checker).validate(answer.json)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        assert kind == "application/problem+json"
        assert answer.json["status"] == answer.status


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for template, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return operations.get(_BUILT_IN.get(method, method.lower()))
    return None
