"""Identity providers that stand in for Google, Facebook, Apple, Amazon or any OpenID Connect issuer.

A stand-in is a server on this machine. The sandbox reads an issuer's keys from its stand-in and never calls out: an
issuer without one is not believed. A sandbox in another process is told of a stand-in by `POST /sandbox/issuers`.
"""

import ipaddress
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.stand_in import StandIn

PATH = "/sandbox/issuers"
FACEBOOK = "https://graph.facebook.com"
AMAZON = "https://www.amazon.com"
OPAQUE = {FACEBOOK, AMAZON}
"""The providers whose tokens say nothing by themselves: whom they speak of is asked of the provider."""

_ALGORITHMS = ["RS256", "ES256"]
_TIMEOUT_SECONDS = 10
_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_urls: dict[str, str] = {}
"""Where each issuer's stand-in listens."""


class TokenRefusedError(Exception):
    """A token of an issuer is not one to trust."""

    def __init__(self, reason: str, *, expired: bool = False) -> None:
        """Say why, and whether it was good once."""
        super().__init__(reason)
        self.reason = reason
        self.expired = expired


@contextmanager
def stand_in(issuer: str, server_url: str | None = None) -> Iterator[StandIn]:
    """Play an issuer until the block ends; with `server_url`, tell the sandbox that is served there of it too."""
    issuer = _normal(issuer)
    if urlsplit(issuer).scheme != "https":
        message = f'an issuer has an https address: got "{issuer}"'
        raise ValueError(message)
    with StandIn(issuer) as playing:
        introduce(issuer, playing.url)
        if server_url is not None:
            _tell(server_url, {"issuer": issuer, "url": playing.url})
        try:
            yield playing
        finally:
            _urls.pop(issuer, None)
            if server_url is not None:
                _tell(server_url, {"issuer": issuer, "url": None})


def introduce(issuer: str, url: str | None) -> None:
    """Let an issuer's keys be read from an address on this machine, or from nowhere any more."""
    if url is None:
        _urls.pop(_normal(issuer), None)
        return
    if not ipaddress.ip_address(urlsplit(url).hostname or "").is_loopback:
        message = f'a stand-in runs on this machine: got the address "{url}"'
        raise ValueError(message)
    _urls[_normal(issuer)] = url


def url_of(issuer: str) -> str:
    """Return where an issuer's stand-in listens; raise `TokenRefusedError` if there is none."""
    url = _urls.get(_normal(issuer))
    if url is None:
        reason = f"the sandbox knows no issuer {issuer} and never calls out: play it with issuers.stand_in"
        raise TokenRefusedError(reason)
    return url


def issuer_of(token: str) -> str | None:
    """Return the issuer that a token names, before anything of it is believed; `None` if it is no JWT."""
    try:
        named = json.loads(extract_compact(token.encode()).payload)["iss"]
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    return _normal(str(named))


def verified_claims(token: str, issuer: str | None = None) -> dict[str, Any]:
    """Return the claims of a JWT that its issuer signed and that is of today; raise `TokenRefusedError` if not."""
    named = issuer_of(token)
    if named is None:
        reason = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
        raise TokenRefusedError(reason)
    if issuer is not None and named != _normal(issuer):
        reason = "Issuer doesn't match providerName"
        raise TokenRefusedError(reason)
    discovered = _get(f"{url_of(named)}/.well-known/openid-configuration")
    try:
        published: Any = _get(discovered["jwks_uri"])
        keys = KeySet.import_key_set(published)
        claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
    except (JoseError, ValueError) as error:
        reason = "Couldn't verify signed token"
        raise TokenRefusedError(reason) from error
    for name in ("sub", "aud", "exp"):
        if name not in claims:
            reason = f"Missing a required claim: {name}"
            raise TokenRefusedError(reason)
    if clock.now() >= claims["exp"]:
        reason = f"Token expired: {claims['exp']} <= {int(clock.now())}"
        raise TokenRefusedError(reason, expired=True)
    if clock.now() < claims.get("nbf", 0):
        reason = f"Token is not valid before {claims['nbf']}"
        raise TokenRefusedError(reason)
    return {**claims, "iss": named}


def verified_opaque(token: str, issuer: str) -> dict[str, Any]:
    """Return what Facebook or Login with Amazon says of one of its access tokens, as claims."""
    issuer = _normal(issuer)
    if issuer == FACEBOOK:
        said = _get(f"{url_of(issuer)}/debug_token?{urlencode({'input_token': token})}")["data"]
        subject, audience, good = said.get("user_id"), said.get("app_id"), said["is_valid"]
    elif issuer == AMAZON:
        said = _get(f"{url_of(issuer)}/auth/o2/tokeninfo?{urlencode({'access_token': token})}")
        subject, audience, good = said.get("user_id"), said.get("aud"), "error" not in said
    else:
        return verified_claims(token, issuer)
    if not good:
        reason = f"{urlsplit(issuer).hostname} does not know the token, or it has expired"
        raise TokenRefusedError(reason)
    return {"iss": issuer, "sub": subject, "aud": audience}


def registrable(application: _Application) -> _Application:
    """Return a WSGI application that learns of stand-ins at its path and leaves all else to `application`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return application(environ, start_response)
        status = "204 No Content"
        try:
            if environ.get("REQUEST_METHOD") != "POST":
                status = "405 Method Not Allowed"
            else:
                given = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
                introduce(given["issuer"], given["url"])
        except (ValueError, KeyError, TypeError):
            status = "400 Bad Request"
        start_response(status, [("Content-Length", "0")])
        return []

    return answer


def _normal(issuer: str) -> str:
    """Return an issuer's address; Google writes its own without the scheme, too."""
    return issuer if "://" in issuer else f"https://{issuer}"


def _get(url: str) -> dict[str, Any]:
    try:
        # The address is that of a stand-in, which is on this machine.
        with _DIRECT.open(url, timeout=_TIMEOUT_SECONDS) as response:
            return json.load(response)
    except (urllib.error.URLError, ValueError) as error:
        reason = f"Couldn't retrieve verification key from your identity provider: {error}"
        raise TokenRefusedError(reason) from error


def _tell(server_url: str, what: dict[str, str | None]) -> None:
    request = urllib.request.Request(f"{server_url}{PATH}", json.dumps(what).encode(), method="POST")  # noqa: S310 - on this machine
    _DIRECT.open(request, timeout=_TIMEOUT_SECONDS).close()


_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Opens addresses of this machine, by no proxy of the user's."""
