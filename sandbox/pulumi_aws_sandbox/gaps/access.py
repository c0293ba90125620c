"""Permissions: every request signed with a key that the sandbox gave out is judged before moto answers it.

The operator's key and calls inside moto are not. Both doors are hooked: botocore's in this process, and the server's.
"""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import issuers
from pulumi_aws_sandbox.runtime.access import errors
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.judge import judging, service_of
from pulumi_aws_sandbox.runtime.access.signatures import Sent


def fill() -> None:
    """Judge requests at both doors."""
    from moto.core.botocore_stubber import BotocoreStubber  # noqa: PLC0415 - moto loads only when deploying
    from moto.core.utils import convert_to_flask_response  # noqa: PLC0415 - as above

    replace(BotocoreStubber, "process_request", _in_process)
    replace(convert_to_flask_response, "__call__", _in_server)
    # The server's own classes are slow to load, and loaded by now where there is a server.
    server: Any = sys.modules.get("moto.moto_server.werkzeug_app")
    if server is not None:
        replace(server.DomainDispatcherApplication, "__call__", _learning)


def _in_process(original: Callable[..., Any]) -> Callable[..., Any]:
    def process(self: Any, request: Any) -> Any:  # noqa: ANN401 - moto's own types
        sent = Sent(request.method, request.url, _headers(request.headers), _body(request.body))
        try:
            with judging(sent):
                return original(self, request)
        except RefusedError as refusal:
            status, headers, body = errors.answer(refusal, service_of(sent), sent.headers)
            # HTTP has no body in answer to a HEAD; a server sees to that by itself.
            return status, headers, "" if sent.method == "HEAD" else body

    return process


def _in_server(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, args: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        import flask  # noqa: PLC0415 - only the server needs it

        arrived: Any = flask.request
        sent = Sent(arrived.method, arrived.raw_url, _headers(arrived.headers), arrived.get_data(cache=True))
        try:
            with judging(sent):
                return original(self, args, **kwargs)
        except RefusedError as refusal:
            status, headers, body = errors.answer(refusal, service_of(sent), sent.headers)
            return flask.Response(response=body, status=status, headers=headers)

    return call


def _learning(original: Callable[..., Any]) -> Callable[..., Any]:
    """Let a server learn of the stand-ins of other processes, and answer for the domains of user pools."""
    from pulumi_aws_sandbox.runtime.hosted_sign_in import hosted  # noqa: PLC0415 - only a server needs it

    def call(self: Any, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:  # noqa: ANN401 - moto's own types
        return hosted(issuers.registrable(partial(original, self)))(environ, start_response)

    return call


def _headers(headers: Any) -> dict[str, str]:  # noqa: ANN401 - a mapping of botocore's or of the server's
    return {
        name.lower(): value.decode("utf-8") if isinstance(value, bytes) else str(value)
        for name, value in headers.items()
    }


def _body(body: Any) -> bytes | None:  # noqa: ANN401 - whatever botocore was given to send
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if isinstance(body, bytes | bytearray) else None
