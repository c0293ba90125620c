"""A code or a session goes back to the app and to nobody in between."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import USER_POOL_CLIENTS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):.+")
# The only hosts for which Cognito itself takes http.
_LOCAL = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])([:/].*)?", re.IGNORECASE)
# Sent in the clear, or no app's own.
_REFUSED = {"http", "ws", "ftp", "file", "data", "blob", "about", "javascript", "vbscript"}


def _check(client: Resource, options: Options) -> Iterator[Answer]:
    for path in ("callbackUrls", "logoutUrls", "defaultRedirectUri"):
        urls = client.texts(path)
        if urls is UNKNOWN:
            yield Undecided(path)
            continue
        for url in urls or ():
            if url is UNKNOWN:
                yield Undecided(path)
            elif not _safe(url, local=options.flag("allowLocalhost")):
                fix = "use https, or a scheme of the app's own such as com.example.app://"
                yield Problem(path, url, "https or an app's own scheme", fix)


def _safe(url: str, *, local: bool) -> bool:
    scheme = _SCHEME.fullmatch(url)
    if scheme is None:
        return False
    return scheme[1].lower() not in _REFUSED or (local and _LOCAL.fullmatch(url) is not None)


RULE = Rule(
    id="cognito-callbacks",
    pack=Pack.SECURITY,
    description="An app client returns to https or to the app's own scheme.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=USER_POOL_CLIENTS,
    frameworks=(),
    remediation="Write callbackUrls and logoutUrls with https, or with a scheme that only the app answers to.",
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
    options=(
        Option("allowLocalhost", default=False, description="Whether http may lead to the developer's own machine."),
    ),
    check=_check,
)
