"""Whoever a web identity token speaks of: verified, and written as the condition keys of a role's trust.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_aws_sandbox.runtime import issuers
from pulumi_aws_sandbox.runtime.access import identity_tokens, principals, sessions
from pulumi_aws_sandbox.runtime.access.errors import RefusedError, refuse
from pulumi_aws_sandbox.runtime.access.patterns import texts
from pulumi_aws_sandbox.runtime.access.policies import Principal

ACTION = "sts:AssumeRoleWithWebIdentity"
COGNITO = identity_tokens.ISSUER.removeprefix("https://")
_BUILT_IN = {"accounts.google.com", "graph.facebook.com", "www.amazon.com"}
Facts = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class WebIdentity:
    """Whoever a provider has verified."""

    provider: str
    federated: str
    subject: str
    audience: str
    facts: Mapping[str, str | list[str]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def session_facts(self) -> Facts:
        """What conditions may ask about later requests of the session."""
        tags = {f"aws:PrincipalTag/{key}": value for key, value in self.tags.items()}
        return {**self.facts, "aws:FederatedProvider": self.federated, **tags}


def verified(token: str, provider_id: str | None = None) -> WebIdentity:
    """Return whom a token speaks of; raise `RefusedError` where STS would."""
    try:
        if provider_id:
            claims = issuers.verified_opaque(token, f"https://{provider_id}")
        elif issuers.issuer_of(token) == identity_tokens.ISSUER:
            return of_cognito(identity_tokens.verified(token))
        else:
            claims = issuers.verified_claims(token)
    except issuers.TokenRefusedError as error:
        code = "ExpiredTokenException" if error.expired else "InvalidIdentityToken"
        raise RefusedError(code, error.reason, 400) from error
    return _of(provider_id or claims["iss"].removeprefix("https://"), claims)


def of_cognito(claims: Mapping[str, object]) -> WebIdentity:
    """Return an identity of an identity pool."""
    names = ("aud", "sub", "amr")
    facts: Facts = {f"{COGNITO}:{name}": texts(claims[name]) if name == "amr" else str(claims[name]) for name in names}
    tags = claims.get("https://aws.amazon.com/tags")
    given: object = tags.get("principal_tags") if isinstance(tags, dict) else None
    values = {key: texts(value)[0] for key, value in given.items()} if isinstance(given, dict) else {}
    return WebIdentity(COGNITO, COGNITO, str(claims["sub"]), str(claims["aud"]), facts, values)


def check_trust(role_arn: str, identity: WebIdentity, facts: Mapping[str, str | list[str]]) -> None:
    """Raise `RefusedError` unless a role trusts an identity, and with its tags if it has any."""
    asked: Facts = {f"aws:RequestTag/{key}": value for key, value in identity.tags.items()}
    if identity.tags:
        asked["aws:TagKeys"] = list(identity.tags)
    for action in (ACTION, *(("sts:TagSession",) if identity.tags else ())):
        sessions.check_trust(role_arn, action, Principal(federated=identity.federated), {**facts, **asked})


def _of(provider: str, claims: Mapping[str, object]) -> WebIdentity:
    subject, audience = str(claims.get("sub", "")), texts(claims.get("aud"))
    found = principals.oidc_provider(provider)
    if found is not None:
        allowed = set(found.client_id_list)
        if not allowed & set(audience):
            refuse("InvalidIdentityToken", "Incorrect token audience", 400)
        federated = found.arn
    elif provider in _BUILT_IN:
        federated = provider
    else:
        message = f"No OpenIDConnect provider found in your account for https://{provider}"
        refuse("InvalidIdentityToken", message, 400)
    # An application's own id, where a token names one besides its audience, is what `aud` stands for.
    party = claims.get("azp")
    facts: Facts = {f"{provider}:sub": subject, f"{provider}:aud": str(party) if party else audience}
    if party:
        facts[f"{provider}:oaud"] = audience
    if provider in {"graph.facebook.com", "www.amazon.com"}:
        facts |= {f"{provider}:app_id": audience[0], f"{provider}:id": subject, f"{provider}:user_id": subject}
    amr = texts(claims.get("amr"))
    return WebIdentity(
        provider, federated, subject, audience[0] if audience else "", facts | ({f"{provider}:amr": amr} if amr else {})
    )
