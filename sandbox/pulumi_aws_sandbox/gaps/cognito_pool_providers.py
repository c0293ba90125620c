"""Social, OIDC and SAML providers of user pools: what each must tell, what AWS adds, attributes that exist.

Facts: API reference of CreateIdentityProvider.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_refusals import require
from pulumi_aws_sandbox.gaps.patching import replace

_SOCIAL = {"client_id", "client_secret", "authorize_scopes"}
_REQUIRED = {
    "Facebook": _SOCIAL,
    "Google": _SOCIAL,
    "LoginWithAmazon": _SOCIAL,
    "SignInWithApple": {"client_id", "team_id", "key_id", "authorize_scopes"},
    "OIDC": {"client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"},
    "SAML": set(),
}
_USERNAMES = {"Facebook": "id", "LoginWithAmazon": "user_id"}
# The addresses that AWS shows for a provider whose program names none.
_ADDED = {
    "Facebook": {
        "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
        "token_request_method": "GET",
        "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
    },
    "Google": {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    },
    "LoginWithAmazon": {
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_request_method": "POST",
        "token_url": "https://api.amazon.com/auth/o2/token",
    },
    "SignInWithApple": {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    },
}
_LONGEST_NAME = 32
_LONGEST_IDENTIFIER = 40


def fill() -> None:
    """Teach moto's identity providers."""
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpBackend,
    )

    replace(CognitoIdpBackend, "create_identity_provider", _creating)
    replace(CognitoIdpBackend, "update_identity_provider", lambda _: _update)
    replace(CognitoIdpBackend, "delete_identity_provider", _deleting)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, user_pool_id: str, name: str, extended_config: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        pool = self.describe_user_pool(user_pool_id)
        kind = extended_config["ProviderType"]
        require(kind in _REQUIRED, f"ProviderType must be one of {sorted(_REQUIRED)}: {kind}.")
        named = 1 <= len(name) <= _LONGEST_NAME and "_" not in name[:1] and name != "COGNITO"
        require(named, f"ProviderName must have 1 to {_LONGEST_NAME} characters: {name}.")
        social = kind not in {"OIDC", "SAML"}
        require(not social or name == kind, f"A provider of the type {kind} must be named {kind}: {name}.")
        require(social or name not in _ADDED, f"{name} is the name of a social provider.")
        taken = name in pool.identity_providers
        require(not taken, f"A provider named {name} exists already.", "DuplicateProviderException")
        return original(self, user_pool_id, name, _settled(pool, kind, extended_config))

    return create


def _update(self: Any, user_pool_id: str, name: str, extended_config: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.utils import utcnow  # noqa: PLC0415 - moto loads only when something is deployed

    provider = self.describe_identity_provider(user_pool_id, name)
    merged = {**provider.extended_config, **extended_config}
    provider.extended_config = _settled(self.describe_user_pool(user_pool_id), merged["ProviderType"], merged)
    provider.last_modified_date = utcnow()
    return provider


def _settled(pool: Any, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    details = dict(given["ProviderDetails"])
    missing = sorted(_REQUIRED[kind] - {name for name, value in details.items() if value})
    require(not missing, f"ProviderDetails of {kind} must hold {', '.join(missing)}.")
    if kind == "SAML":
        metadata = [each for each in ("MetadataFile", "MetadataURL") if details.get(each)]
        require(len(metadata) == 1, "ProviderDetails of SAML must hold either MetadataFile or MetadataURL.")
        https = details.get("MetadataURL", "https://").startswith("https://")
        require(https, "ProviderDetails: MetadataURL must be an https address.")
    if kind == "OIDC":
        issuer = details["oidc_issuer"]
        require(issuer.startswith("https://"), f"ProviderDetails: oidc_issuer must be an https address: {issuer}.")
        details.setdefault("attributes_url_add_attributes", "false")
    for identifier in given.get("IdpIdentifiers") or []:
        fits = 1 <= len(identifier) <= _LONGEST_IDENTIFIER
        require(fits, f"An IdP identifier must have 1 to {_LONGEST_IDENTIFIER} characters: {identifier}.")
    mapping = dict(given.get("AttributeMapping") or {})
    for name in mapping:
        if name == "username":
            continue
        attribute = pool.schema_attributes.get(name)
        require(attribute is not None, f"AttributeMapping: the attribute {name} is not in the pool's schema.")
        require(attribute.mutable, f"AttributeMapping: the attribute {name} is not mutable.")
    if kind not in {"OIDC", "SAML"}:
        mapping.setdefault("username", _USERNAMES.get(kind, "sub"))
    elif kind == "OIDC":
        mapping.setdefault("username", "sub")
    return {**given, "ProviderDetails": {**_ADDED.get(kind, {}), **details}, "AttributeMapping": mapping}


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, user_pool_id: str, name: str) -> None:  # noqa: ANN401 - moto's own types
        original(self, user_pool_id, name)
        # Clients that offered it no longer do.
        for client in self.describe_user_pool(user_pool_id).clients.values():
            offered = client.extended_config.get("SupportedIdentityProviders")
            if offered and name in offered:
                kept = [each for each in offered if each != name]
                client.extended_config["SupportedIdentityProviders"] = kept

    return delete
