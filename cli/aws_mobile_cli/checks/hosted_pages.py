"""Checks of the hosted sign-in pages: a browser goes from the app to an identity provider, and back with a code."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime import endpoint
from pulumi_aws_sandbox.runtime.issuers import stand_in

from .app_user import claims
from .check import Check, checks_of
from .system import System

check = checks_of(System.USER_POOLS)

_VERIFIER = "what-only-the-app-that-began-knows-of-this-sign-in"
_TIMEOUT_SECONDS = 10
_MOST_STEPS = 6
"""The most pages that a browser is sent to."""


def check_hosted_pages(recording: Recording, pool: Recorded) -> Iterator[Check]:
    """Check each provider whose tokens a stand-in can give, with the first client that takes users from it."""
    for provider in recording.of_type("aws:cognito/identityProvider:IdentityProvider"):
        issuer = _issuer(provider)
        client = _client(recording, pool, provider)
        if provider.inputs["userPoolId"] == pool.id and issuer and client:
            yield check(
                provider.name,
                "signs its users in by the hosted pages, played by a stand-in",
                lambda p=provider, c=client, i=issuer: _sign_in(p, c, i),
            )


def _issuer(provider: Recorded) -> str | None:
    """Return who signs the provider's tokens; `None` for SAML and for providers with tokens of another kind."""
    kind = provider.inputs["providerType"]
    return provider.inputs["providerDetails"].get("oidc_issuer") if kind == "OIDC" else _ISSUERS.get(kind)


_ISSUERS = {"Google": "https://accounts.google.com"}


def _client(recording: Recording, pool: Recorded, provider: Recorded) -> Recorded | None:
    for client in recording.of_type("aws:cognito/userPoolClient:UserPoolClient"):
        takes = provider.inputs["providerName"] in (client.inputs.get("supportedIdentityProviders") or ())
        public = not client.inputs.get("generateSecret")
        pages = "code" in (client.inputs.get("allowedOauthFlows") or ())
        if client.inputs["userPoolId"] == pool.id and takes and public and pages:
            return client
    return None


def _sign_in(provider: Recorded, client: Recorded, issuer: str) -> tuple[bool, str]:
    name, back = provider.inputs["providerName"], client.inputs["callbackUrls"][0]
    with endpoint.listening() as url, stand_in(issuer) as playing:
        playing.sign_in(sub="user-of-the-provider", email="user@example.com", email_verified=True)
        code = _follow(url, back, client_id=client.id, identity_provider=name)
        form = {"grant_type": "authorization_code", "client_id": client.id, "redirect_uri": back, "code": code}
        stolen = _exchange(url, {**form, "code_verifier": "what-somebody-else-would-have-to-guess-here"})
        code = _follow(url, back, client_id=client.id, identity_provider=name)
        answer = _exchange(url, {**form, "code": code, "code_verifier": _VERIFIER})
    user = claims(answer["id_token"])["cognito:username"] if "id_token" in answer else answer.get("error", "nothing")
    return user.startswith(name) and "id_token" not in stolen, f"{user}; a stolen code: {stolen.get('error')}"


def _follow(url: str, back: str, **query: Any) -> str:  # noqa: ANN401 - ids are outputs
    """Go from page to page until the app is called back; return the code that it gets."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(_VERIFIER.encode()).digest()).rstrip(b"=").decode()
    begin = {
        "response_type": "code",
        "redirect_uri": back,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    answer = _page(f"{url}/oauth2/authorize", begin | query)
    for _ in range(_MOST_STEPS):
        place = answer.headers.get("Location", "")
        if place.startswith(back):
            return parse_qs(urlsplit(place).query).get("code", ["none"])[0]
        answer = _page(place)
    return "none"


def _page(url: str, query: dict[str, Any] | None = None) -> requests.Response:
    return requests.get(url, params=query, allow_redirects=False, timeout=_TIMEOUT_SECONDS)


def _exchange(url: str, form: dict[str, Any]) -> dict[str, Any]:
    return requests.post(f"{url}/oauth2/token", data=form, timeout=_TIMEOUT_SECONDS).json()
