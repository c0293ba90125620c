"""Regions that are cut off: calls to their endpoints end as connections that fail, at both doors."""

import json
import re
import socket
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import regions

_COGNITO = "AWSCognito"
_NAMED = re.compile(r"([a-z]{2}(?:-[a-z]+)+-\d)[_:]")
_IDS = ("UserPoolId", "IdentityPoolId", "IdentityId")


def fill() -> None:
    """Refuse connections at both doors."""
    from moto.core.botocore_stubber import BotocoreStubber  # noqa: PLC0415 - moto loads only when deploying

    replace(BotocoreStubber, "process_request", _in_process)
    # The server's own classes are slow to load, and loaded by now where there is a server.
    server: Any = sys.modules.get("moto.moto_server.werkzeug_app")
    if server is not None:
        replace(server.DomainDispatcherApplication, "__call__", _in_server)


def _in_process(original: Callable[..., Any]) -> Callable[..., Any]:
    def process(self: Any, request: Any) -> Any:  # noqa: ANN401 - moto's own types
        if regions.all_cut():
            parts = urlsplit(request.url)
            signed = request.headers.get("Authorization") or parts.query
            text = signed.decode() if isinstance(signed, bytes) else signed
            region = regions.region_of(parts.hostname or "", text)
            if region is not None and regions.is_cut(region):
                from botocore.exceptions import EndpointConnectionError  # noqa: PLC0415 - loaded by now

                raise EndpointConnectionError(endpoint_url=request.url)
        return original(self, request)

    return process


def _in_server(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:  # noqa: ANN401 - moto's own types
        answer = regions.settable(partial(original, self))
        region = _region(environ) if regions.all_cut() else None
        if region is None or not regions.is_cut(region):
            return answer(environ, start_response)
        _hang_up(environ)
        body = f"the Region {region} is cut\n".encode()
        start_response("503 Service Unavailable", [("Content-Length", str(len(body))), ("Connection", "close")])
        return [body]

    return call


def _hang_up(environ: dict[str, Any]) -> None:
    """End the connection of a client, who gets nothing; where the server shows none, it gets the answer after it."""
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _region(environ: dict[str, Any]) -> str | None:
    signed = environ.get("HTTP_AUTHORIZATION") or environ.get("QUERY_STRING", "")
    found = regions.region_of(environ.get("HTTP_HOST", ""), signed)
    if found is not None:
        return found
    if environ.get("HTTP_X_AMZ_TARGET", "").startswith(_COGNITO):
        return _region_of_app(_body(environ))
    # A pool's keys are at /REGION_ID/.well-known/jwks.json.
    named = _NAMED.match(environ.get("PATH_INFO", "").lstrip("/"))
    return named[1] if named else None


def _body(environ: dict[str, Any]) -> dict[str, Any]:
    """Return what a client sends without a signature, and leave it to be read again."""
    content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(content)
    with suppress(ValueError):
        found = json.loads(content)
        return found if isinstance(found, dict) else {}
    return {}


def _region_of_app(body: dict[str, Any]) -> str | None:
    """Return the Region of the pool that an app asks for, by whatever the app knows of it."""
    for name in _IDS:
        named = _NAMED.match(str(body.get(name, "")))
        if named:
            return named[1]
    if "ClientId" in body:
        return _region_of_client(str(body["ClientId"]))
    with suppress(IndexError, KeyError, ValueError):
        claims = str(body["AccessToken"]).split(".")[1]
        issuer = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["iss"]
        named = _NAMED.match(str(issuer).rsplit("/", 1)[-1])
        return named[1] if named else None
    return None


def _region_of_client(client_id: str) -> str | None:
    from moto.cognitoidp.models import cognitoidp_backends  # noqa: PLC0415 - moto loads only when deploying

    for region, backend in list(cognitoidp_backends[ACCOUNT].items()):
        if any(client_id in pool.clients for pool in list(backend.user_pools.values())):
            return region
    return None
