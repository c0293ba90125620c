"""Users whom an identity provider brings to a user pool: asked of its stand-in, and kept with mapped attributes.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pulumi_aws_sandbox.runtime import clock, issuers
from pulumi_aws_sandbox.runtime.user_pools import schema, triggers
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User

_ISSUERS = {
    "Facebook": issuers.FACEBOOK,
    "Google": "https://accounts.google.com",
    "LoginWithAmazon": issuers.AMAZON,
    "SignInWithApple": "https://appleid.apple.com",
}
_TIMEOUT_SECONDS = 10
_NEW: Json = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class FederationError(Exception):
    """A provider brought nobody."""


def issuer_of(provider: Any) -> str:  # noqa: ANN401 - moto's own types
    """Return the issuer that a user pool's provider stands for."""
    config = provider.extended_config
    if config["ProviderType"] == "SAML":
        message = "the sandbox plays no SAML providers"
        raise FederationError(message)
    return _ISSUERS.get(config["ProviderType"]) or config["ProviderDetails"]["oidc_issuer"]


def authorize_url(provider: Any, back: str, state: str, nonce: str) -> str:  # noqa: ANN401 - moto's own types
    """Return where a browser is sent to sign in with a provider."""
    details = provider.extended_config["ProviderDetails"]
    query = {
        "client_id": details["client_id"],
        "redirect_uri": back,
        "response_type": "code",
        "scope": details["authorize_scopes"],
        "state": state,
        "nonce": nonce,
    }
    return f"{_url(provider)}/authorize?{urlencode(query)}"


def claims_for(provider: Any, code: str, back: str, nonce: str) -> Json:  # noqa: ANN401 - moto's own types
    """Return what a provider says of whoever signed in there, for the code that it gave."""
    details = provider.extended_config["ProviderDetails"]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": details["client_id"],
        "client_secret": details.get("client_secret", ""),
        "redirect_uri": back,
    }
    url, issuer = _url(provider), issuer_of(provider)
    tokens = _fetch(urllib.request.Request(f"{url}/token", urlencode(form).encode(), method="POST"))  # noqa: S310 - on this machine
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    said = _fetch(urllib.request.Request(f"{url}/userinfo", headers=bearer))  # noqa: S310 - as above
    try:
        if issuer in issuers.OPAQUE:
            proven = issuers.verified_opaque(tokens["access_token"], issuer)
        else:
            proven = issuers.verified_claims(tokens["id_token"], issuer)
            if proven.get("nonce") != nonce:
                message = "the ID token was made for another sign-in"
                raise FederationError(message)
    except issuers.TokenRefusedError as error:
        raise FederationError(error.reason) from error
    if details["client_id"] not in (proven["aud"] if isinstance(proven["aud"], list) else [proven["aud"]]):
        message = "the token was made for another application"
        raise FederationError(message)
    return {**said, **proven}


def admit(pool: Pool, client: Client, provider: Any, claims: Mapping[str, Any]) -> User:  # noqa: ANN401 - moto's own types
    """Return the pool's user for whoever a provider speaks of: a new one, or the one it knows, brought up to date."""
    mapping: Mapping[str, str] = provider.extended_config["AttributeMapping"]
    subject = claims.get(mapping.get("username", "sub"), claims["sub"])
    username = f"{provider.name}_{subject}"
    attributes = {name: _text(claims[said]) for name, said in mapping.items() if name != "username" and said in claims}
    known = pool.users.get(username)
    if known is None:
        return _new_user(pool, client, provider, username, str(subject), attributes)
    if not known.enabled:
        message = "User is disabled."
        raise FederationError(message)
    known.update_attributes(schema.listed(attributes))
    return known


def _new_user(  # noqa: PLR0913, PLR0917 - what a user is made of
    pool: Pool,
    client: Client,
    provider: Any,  # noqa: ANN401 - moto's own types
    username: str,
    subject: str,
    attributes: dict[str, str],
) -> User:
    from moto.cognitoidp.models import CognitoIdpUser  # noqa: PLC0415 - moto loads only when something is deployed

    missing = schema.missing(pool, attributes)
    if missing:
        message = f"attributes required: {sorted(missing)}"
        raise FederationError(message)
    request = {"userAttributes": attributes, "validationData": None, "clientMetadata": {}}
    occasion = triggers.Occasion(pool, client, "PreSignUp_ExternalProvider", username)
    answer = triggers.run(occasion, request, dict(_NEW))
    for flag, name in (("autoVerifyEmail", "email"), ("autoVerifyPhone", "phone_number")):
        if answer[flag] and name in attributes:
            attributes[f"{name}_verified"] = "true"
    user: User = CognitoIdpUser(pool.id, username, None, "EXTERNAL_PROVIDER", schema.listed(attributes))
    link = {
        "userId": subject,
        "providerName": provider.name,
        "providerType": provider.extended_config["ProviderType"],
        "issuer": None,
        "primary": "true",
        "dateCreated": str(int(clock.now() * 1000)),
    }
    user.update_attributes([{"Name": "identities", "Value": json.dumps([link])}])
    pool.users[user.username] = user
    about = {"userAttributes": triggers.user_attributes(user), "clientMetadata": {}}
    triggers.run(triggers.Occasion(pool, client, "PostConfirmation_ConfirmSignUp", username), about, {})
    return user


def _url(provider: Any) -> str:  # noqa: ANN401 - moto's own types
    try:
        return issuers.url_of(issuer_of(provider))
    except issuers.TokenRefusedError as error:
        raise FederationError(error.reason) from error


def _fetch(request: urllib.request.Request) -> Json:
    try:
        with _DIRECT.open(request, timeout=_TIMEOUT_SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        message = f"the provider refused: {error.read().decode()}"
        raise FederationError(message) from error
    except (urllib.error.URLError, ValueError) as error:
        message = f"the provider does not answer: {error}"
        raise FederationError(message) from error


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
