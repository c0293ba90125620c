"""A server of the sandbox tells other processes where its gateway listens."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import gateway


def fill() -> None:
    """Answer the question where the gateway is."""
    # The server's own classes are slow to load, and loaded by now where there is a server.
    server: Any = sys.modules.get("moto.moto_server.werkzeug_app")
    if server is not None:
        replace(server.DomainDispatcherApplication, "__call__", _telling)


def _telling(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:  # noqa: ANN401 - moto's own types
        return gateway.discoverable(partial(original, self))(environ, start_response)

    return call
