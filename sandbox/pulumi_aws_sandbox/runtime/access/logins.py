"""Logins of an identity pool: the tokens that a user shows, verified with whoever issued them.

https://docs.aws.amazon.com/cognito/latest/developerguide/external-identity-providers.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.cognito_refusals import refuse
from pulumi_aws_sandbox.runtime import issuers
from pulumi_aws_sandbox.runtime.access import principals
from pulumi_aws_sandbox.runtime.access.patterns import texts

_USER_POOL = re.compile(r"^cognito-idp\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/(?P<pool_id>[\w-]+)$")
_UNSUPPORTED = "Token is not from a supported provider of this identity pool."


@dataclass(frozen=True, slots=True)
class Login:
    """A user of a provider, as a verified token tells."""

    provider: str
    subject: str
    audience: str
    claims: Mapping[str, Any]
    provider_arn: str | None = None
    """The IAM provider that stands for the issuer, if one does."""

    @property
    def name(self) -> str:
        """The provider as the pool's settings name it: one that IAM knows by its ARN."""
        return self.provider_arn or self.provider

    @property
    def mapping_key(self) -> str:
        """The provider as role mappings name it: a user pool goes with its client."""
        return f"{self.provider}:{self.audience}" if _USER_POOL.match(self.provider) else self.name

    @property
    def amr(self) -> list[str]:
        """How the user was verified, besides that it was."""
        kind = "CognitoSignIn" if _USER_POOL.match(self.provider) else "OIDC"
        if self.provider in _KNOWN:
            return [self.provider, f"{self.provider}:{self.audience}:{self.subject}"]
        return [self.provider, f"{self.provider}:{kind}:{self.subject}"]


_KNOWN = {"accounts.google.com", "appleid.apple.com", "graph.facebook.com", "www.amazon.com"}


def verified(pool: Any, logins: Mapping[str, str]) -> list[Login]:  # noqa: ANN401 - moto's own types
    """Return the logins that tokens prove, by provider; refuse the request if one of them proves nothing."""
    return [_verified(pool, provider, token) for provider, token in logins.items()]


def _verified(pool: Any, provider: str, token: str) -> Login:  # noqa: ANN401 - moto's own types
    if found := _USER_POOL.match(provider):
        return _of_user_pool(pool, provider, found["pool_id"], token)
    supported = pool.supported_login_providers or {}
    if provider in supported:
        return _of_issuer(provider, token, {part.strip() for part in supported[provider].split(";")})
    trusted = principals.oidc_provider(provider)
    if trusted is not None and trusted.arn in (pool.open_id_connect_provider_arns or []):
        return replace(_of_issuer(provider, token, set(trusted.client_id_list)), provider_arn=trusted.arn)
    return _refuse(_UNSUPPORTED)


def _of_user_pool(pool: Any, provider: str, pool_id: str, token: str) -> Login:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.runtime.user_pools import tokens  # noqa: PLC0415 - moto loads only when deploying

    configured = {
        each["ClientId"]: each for each in pool.cognito_identity_providers or [] if each["ProviderName"] == provider
    }
    if not configured:
        _refuse(_UNSUPPORTED)
    try:
        claims = tokens.verified_claims(token, use="id", pool_id=pool_id)
    except tokens.TokenRefusedError as error:
        _refuse(_WORDS.get(error.reason, f"Couldn't verify signed token: it is {error.reason}."))
    client = str(claims["aud"])
    if client not in configured:
        _refuse(_UNSUPPORTED)
    if configured[client].get("ServerSideTokenCheck") and not _is_enabled(provider, pool_id, claims):
        _refuse("User is disabled.")
    return Login(provider, str(claims["sub"]), client, claims)


_WORDS = {
    "expired": "Token expired.",
    "of another user pool": "Issuer doesn't match providerName",
    "not signed by the user pool": "Couldn't verify signed token.",
    "not an id token": "Missing a required claim: aud",
    "revoked": "Token has been revoked.",
}
"""Cognito's words for the reasons that a user pool's token is not taken."""


def _is_enabled(provider: str, pool_id: str, claims: Mapping[str, Any]) -> bool:
    from moto.cognitoidp.models import cognitoidp_backends  # noqa: PLC0415 - moto loads only when deploying

    backend: Any = cognitoidp_backends[ACCOUNT][provider.split(".")[1]]
    user = backend.user_pools[pool_id].users.get(claims.get("cognito:username"))
    return user is not None and bool(user.enabled)


def _of_issuer(provider: str, token: str, audiences: set[str]) -> Login:
    try:
        claims = issuers.verified_opaque(token, f"https://{provider}")
    except issuers.TokenRefusedError as error:
        _refuse(error.reason)
    named = set(texts(claims["aud"])) & audiences
    if not named:
        _refuse("Incorrect token audience.")
    return Login(provider, str(claims["sub"]), min(named), claims)


def _refuse(reason: str) -> NoReturn:
    refuse("NotAuthorizedException", f"Invalid login token. {reason}")
