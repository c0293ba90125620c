"""Regions that are cut off: nothing of them answers, and nothing in them is lost.

Every call to an endpoint of a Region that is cut ends as a connection that fails, whoever makes it; its APIs, load
balancers and databases answer nobody, and replicas elsewhere keep what they had. Global services stay. A server's
Regions are cut from another process by `PUT URL/sandbox/regions/REGION` with `cut` or `restored`.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pulumi_aws_sandbox.runtime import clock

PATH = "/sandbox/regions"

_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_NAME = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
_GLOBAL = frozenset(
    {
        "account",
        "budgets",
        "ce",
        "cloudfront",
        "globalaccelerator",
        "health",
        "iam",
        "organizations",
        "route53",
        "route53domains",
        "shield",
        "support",
        "waf",
    }
)
"""Services that are signed for a Region and answer for all; the sandbox keeps them, whichever Region is cut."""

_lock = threading.RLock()
_cut: dict[str, float] = {}
_watchers: list[Callable[[], None]] = []
_before: list[Callable[[], None]] = []


class UnreachableError(ConnectionError):
    """What was asked is in a Region that is cut."""

    def __init__(self, region: str) -> None:
        """Say which Region."""
        super().__init__(f"the Region {region} is cut")
        self.region = region


def cut(region: str) -> None:
    """Cut a Region off, and return when nothing of it answers any more; a second time changes nothing."""
    _change(region, lambda each: _cut.setdefault(each, clock.now()))


def restore(region: str) -> None:
    """Let a Region answer again, with all that it had; nothing happens if it is not cut."""
    _change(region, lambda each: _cut.pop(each, None))


def is_cut(region: str) -> bool:
    """Tell whether a Region is cut."""
    return region in _cut


def cut_since(region: str) -> float | None:
    """Return when a Region was cut, by the sandbox's clock; `None` if it is not."""
    return _cut.get(region)


def all_cut() -> frozenset[str]:
    """Return the Regions that are cut."""
    with _lock:
        return frozenset(_cut)


def require(region: str) -> None:
    """Raise `UnreachableError` if a Region is cut."""
    if region in _cut:
        raise UnreachableError(region)


@contextmanager
def lost(region: str) -> Iterator[None]:
    """Have a Region cut within the block."""
    cut(region)
    try:
        yield
    finally:
        restore(region)


def reset() -> None:
    """Restore every Region."""
    with _lock:
        _cut.clear()


@contextmanager
def watched(changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed` after each cut and restoration within the block."""
    with _lock:
        _watchers.append(changed)
    try:
        yield
    finally:
        with _lock:
            _watchers.remove(changed)


def before_change(about_to: Callable[[], None]) -> None:
    """Call `about_to` before each cut and restoration from now on; a second time changes nothing."""
    if about_to not in _before:
        _before.append(about_to)


def region_of(host: str, authorization: str) -> str | None:
    """Return the Region that a request to AWS is for, by its host and its signature; `None` for a global service.

    A server has one host for all: there the scope of the signature tells.
    """
    labels = host.partition(":")[0].lower().split(".")
    if labels[-2:] in (["amazonaws", "com"], ["api", "aws"]):
        named = next((label for label in (labels[-3], labels[0]) if _NAME.fullmatch(label)), None)
        if named is not None or labels[-3] != "s3":
            return named
    scope = re.search(r"[^/=\s]+/\d{8}/([^/]+)/([^/]+)/aws4_request", authorization.replace("%2F", "/"))
    if scope is None or scope[2] in _GLOBAL:
        return None
    # The endpoint of STS without a Region is signed for this one.
    return None if (scope[1], scope[2]) == ("us-east-1", "sts") else scope[1]


def settable(application: _Application) -> _Application:
    """Return a WSGI application in which Regions can be cut, and that leaves all else to `application`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path != PATH and not path.startswith(f"{PATH}/"):
            return application(environ, start_response)
        status, text = _set(environ, path.removeprefix(PATH).strip("/"))
        body = f"{text}\n".encode()
        start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def _set(environ: dict[str, Any], region: str) -> tuple[str, str]:
    method = environ.get("REQUEST_METHOD")
    if method == "GET" and not region:
        return "200 OK", "\n".join(sorted(all_cut()))
    if method != "PUT" or not region:
        return "405 Method Not Allowed", f"GET {PATH} tells which are cut, and PUT {PATH}/REGION changes that"
    wanted = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode(errors="replace").strip()
    change = {"cut": cut, "restored": restore}.get(wanted)
    if change is None or not _NAME.fullmatch(region):
        return (
            "400 Bad Request",
            f'{region}: got "{wanted}"; allowed: "cut" or "restored", for a Region such as eu-west-1',
        )
    change(region)
    return "200 OK", f"{region} is {wanted}"


def _change(region: str, change: Callable[[str], object]) -> None:
    if not _NAME.fullmatch(region):
        message = f'got "{region}"; allowed: the name of a Region, such as eu-west-1'
        raise ValueError(message)
    for each in _before:
        each()
    with _lock:
        before = set(_cut)
        change(region)
        watchers = list(_watchers) if before != _cut else []
    for each in watchers:
        # Whoever ends meanwhile has nothing to change any more.
        with suppress(RuntimeError):
            each()
