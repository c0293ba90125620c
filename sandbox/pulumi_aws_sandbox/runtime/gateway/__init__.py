"""API Gateway at work: a server on this machine answers for every deployed stage and custom domain.

`local_url` says where. Clients sign what they send: signatures are verified over the host and path that arrive. A
request whose `Host` is the real one, such as `ID.execute-api.eu-west-1.amazonaws.com` or a custom domain, is answered
too. A server tells other processes where its gateway is at `GET /sandbox/gateway`.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.runtime.current import Current

PATH = "/sandbox/gateway"

_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_TIMEOUT_SECONDS = 10


@contextmanager
def running() -> Iterator[None]:
    """Let stages be called until the block ends; the server starts when it is first asked for."""
    gateway = _Gateway()
    with closing(gateway), _current.holding(gateway):
        yield


def base_url() -> str:
    """Return where the gateway of this process listens, and start it if it does not yet."""
    return _current.require().url()


def local_url(invoke_url: str, *, server_url: str | None = None) -> str:
    """Return the address on this machine that stands for the URL of a stage or of a custom domain.

    `server_url` is that of a sandbox in another process.
    """
    parts = urlsplit(invoke_url)
    host = (parts.hostname or "").lower()
    labels = host.split(".")
    is_own = len(labels) > 2 and labels[1] == "execute-api"  # noqa: PLR2004 - id, service, Region
    base = base_url() if server_url is None else _url_of(server_url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{base}/{labels[0] if is_own else host}{parts.path}{query}"


def domain_url(name: str, region: str) -> str:
    """Return the address on this machine of a custom domain as one Region answers for it; raise `LookupError` if none.

    A domain may be in several Regions, each with an API of its own; DNS decides between them, and here `region` does.
    """
    from pulumi_aws_sandbox.runtime.gateway.stages import backend  # noqa: PLC0415 - loads on first use

    found = backend(region).domain_names.get(name.rstrip(".").lower())
    if found is None:
        message = f"{region} has no custom domain {name}"
        raise LookupError(message)
    return f"{base_url()}/{found.regional_domain_name}"


def discoverable(application: _Application) -> _Application:
    """Return a WSGI application that tells where the gateway is and leaves all else to `application`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return application(environ, start_response)
        body = json.dumps({"url": base_url()}).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


class _Gateway:
    """The gateway of one sandbox."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._url: str | None = None

    def url(self) -> str:
        """Return where it listens."""
        from pulumi_aws_sandbox.runtime.gateway.http_integration import Backends  # noqa: PLC0415 - loads on first use
        from pulumi_aws_sandbox.runtime.gateway.pipeline import Pipeline  # noqa: PLC0415 - as above
        from pulumi_aws_sandbox.runtime.gateway.server import listening  # noqa: PLC0415 - as above

        with self._lock:
            if self._url is None:
                self._url = self._stack.enter_context(listening(Pipeline(Backends(_balancer_url))))
            return self._url

    def close(self) -> None:
        """End it."""
        self._stack.close()


_current: Current[_Gateway] = Current()
"""The gateway of the sandbox that was started last."""


def _balancer_url(arn: str) -> str:
    """Return the stand-in of a load balancer; raise `LookupError` where there is none."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - it needs what this package offers

    return beanstalk.balancer_url(arn)


def _url_of(server_url: str) -> str:
    import urllib.request  # noqa: PLC0415 - slow to load, and only for a sandbox in another process

    with urllib.request.urlopen(f"{server_url.rstrip('/')}{PATH}", timeout=_TIMEOUT_SECONDS) as answered:  # noqa: S310 - an address on this machine
        return json.load(answered)["url"]
