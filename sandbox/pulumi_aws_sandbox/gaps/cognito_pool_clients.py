"""App clients with AWS's defaults and refusals; an update sets back what it leaves out.

Facts: API reference of CreateUserPoolClient and UpdateUserPoolClient.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.gaps.cognito_pool_rules import LITE
from pulumi_aws_sandbox.gaps.cognito_pool_settings import tier
from pulumi_aws_sandbox.gaps.cognito_refusals import NOT_IN_TIER, require
from pulumi_aws_sandbox.gaps.patching import replace

_UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_TOKENS = {  # by setting: the unit's name, the default unit, the shortest and the longest time in seconds
    "AccessTokenValidity": ("AccessToken", "hours", 300, 86400),
    "IdTokenValidity": ("IdToken", "hours", 300, 86400),
    "RefreshTokenValidity": ("RefreshToken", "days", 3600, 315360000),
}
_FLOWS = {
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_AUTH",
}
_OLD_FLOWS = {"ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"}
_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
_DEFAULT_FLOWS = ["ALLOW_CUSTOM_AUTH", _REFRESH, "ALLOW_USER_SRP_AUTH"]
_SCOPES = {"phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"}
_NOT_WRITABLE = {"sub", "email_verified", "phone_number_verified", "identities"}
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_MOST_URLS = 100
_SESSION_MINUTES = (3, 15)
_LONGEST_GRACE = 60
_DEFAULTS: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": False,
    "AuthSessionValidity": 3,
    "EnablePropagateAdditionalUserContextData": False,
    "EnableTokenRevocation": True,
    "RefreshTokenValidity": 30,
    "PreventUserExistenceErrors": "LEGACY",
}


def fill() -> None:
    """Teach moto's app clients."""
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpBackend,
    )

    replace(CognitoIdpBackend, "create_user_pool_client", _creating)
    replace(CognitoIdpBackend, "update_user_pool_client", lambda _: _update)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(
        self: Any,  # noqa: ANN401 - moto's own types
        user_pool_id: str,
        generate_secret: bool,
        extended_config: dict[str, Any],
    ) -> Any:  # noqa: ANN401 - moto's own types
        pool = self.describe_user_pool(user_pool_id)
        config = _settled(extended_config)
        _check(pool, config, has_secret=bool(generate_secret))
        return original(self, user_pool_id, generate_secret, config)

    return create


def _update(self: Any, user_pool_id: str, client_id: str, extended_config: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    client = self.describe_user_pool_client(user_pool_id, client_id)
    config = _settled({"ClientName": client.extended_config.get("ClientName"), **extended_config})
    _check(self.describe_user_pool(user_pool_id), config, has_secret=client.generate_secret)
    client.extended_config = config
    return client


def _settled(given: Mapping[str, Any]) -> dict[str, Any]:
    apart = ("UserPoolId", "ClientId", "GenerateSecret")
    config = {**_DEFAULTS, **{key: value for key, value in given.items() if key not in apart and value is not None}}
    config["RefreshTokenValidity"] = config["RefreshTokenValidity"] or _DEFAULTS["RefreshTokenValidity"]
    if "ExplicitAuthFlows" not in config:
        config["ExplicitAuthFlows"] = [each for each in _DEFAULT_FLOWS if each != _REFRESH or not _rotates(config)]
    return config


def _rotates(config: Mapping[str, Any]) -> bool:
    return (config.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED"


def _check(pool: Any, config: Mapping[str, Any], *, has_secret: bool) -> None:  # noqa: ANN401 - moto's own types
    _check_flows(pool, config)
    _check_times(config)
    for name in ("CallbackURLs", "LogoutURLs"):
        urls = config.get(name) or []
        require(len(urls) <= _MOST_URLS, f"{name} has more than {_MOST_URLS} entries.")
        for url in urls:
            _check_url(name, url)
    _check_oauth(pool, config, has_secret=has_secret)
    for each in config.get("SupportedIdentityProviders") or []:
        known = each == "COGNITO" or each in pool.identity_providers
        require(known, f"The provider {each} does not exist for User Pool {pool.id}.")
    _check_attributes(pool, config)


def _check_flows(pool: Any, config: Mapping[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    flows = set(config["ExplicitAuthFlows"])
    unknown = sorted(flows - _FLOWS - _OLD_FLOWS)
    require(not unknown, f"ExplicitAuthFlows must be among {sorted(_FLOWS)}: {unknown}.")
    both = flows & _FLOWS and flows & _OLD_FLOWS
    require(not both, "ExplicitAuthFlows cannot mix values that begin with ALLOW_ with others.")
    if "ALLOW_USER_AUTH" in flows:
        require(tier(pool) != LITE, "Choice-based sign-in is not available in the Lite feature plan.", NOT_IN_TIER)
    rotation = config.get("RefreshTokenRotation") or {}
    require(rotation.get("Feature", "ENABLED") in {"ENABLED", "DISABLED"}, "RefreshTokenRotation.Feature is unknown.")
    grace = rotation.get("RetryGracePeriodSeconds", 0)
    require(0 <= grace <= _LONGEST_GRACE, f"RetryGracePeriodSeconds must be from 0 to {_LONGEST_GRACE}: {grace}.")
    require(not (_rotates(config) and _REFRESH in flows), f"Refresh token rotation does not go with {_REFRESH}.")


def _check_times(config: Mapping[str, Any]) -> None:
    low, high = _SESSION_MINUTES
    session = config["AuthSessionValidity"]
    require(low <= session <= high, f"AuthSessionValidity must be from {low} to {high} minutes: {session}.")
    units = config.get("TokenValidityUnits") or {}
    seconds = {}
    for name, (token, unit, shortest, longest) in _TOKENS.items():
        chosen = units.get(token, unit)
        require(chosen in _UNIT_SECONDS, f"TokenValidityUnits.{token} must be one of {list(_UNIT_SECONDS)}: {chosen}.")
        # Without a number the tokens live an hour, whatever the unit is.
        seconds[name] = config[name] * _UNIT_SECONDS[chosen] if name in config else 3600
        fits = shortest <= seconds[name] <= longest
        require(fits, f"Invalid range for token validity: {name} must be from {shortest} to {longest} seconds.")
    for name in ("AccessTokenValidity", "IdTokenValidity"):
        require(seconds[name] <= seconds["RefreshTokenValidity"], f"{name} is longer than the refresh token's.")


def _check_url(name: str, url: str) -> None:
    parts = urlsplit(url)
    require(parts.scheme and (parts.netloc or parts.path), f"{name}: not an absolute URI: {url}.")
    require("#" not in url, f"{name}: a URI must not have a fragment: {url}.")
    if parts.scheme == "http":
        require(parts.hostname in _LOCAL, f"{name}: http is only for {sorted(_LOCAL)}; use https: {url}.")
    if parts.scheme == "https":
        require(parts.hostname, f"{name}: not an absolute URI: {url}.")


def _check_oauth(pool: Any, config: Mapping[str, Any], *, has_secret: bool) -> None:  # noqa: ANN401 - moto's own types
    flows, scopes = set(config.get("AllowedOAuthFlows") or []), config.get("AllowedOAuthScopes") or []
    unknown = sorted(flows - {"code", "implicit", "client_credentials"})
    require(not unknown, f"AllowedOAuthFlows: unknown flow {unknown}.")
    if config["AllowedOAuthFlowsUserPoolClient"]:
        both = (
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
        )
        require(flows and scopes, both)
    wrong = "InvalidOAuthFlowException"
    if "client_credentials" in flows:
        require(
            has_secret, "client_credentials flow can not be selected if client does not have a client secret.", wrong
        )
        require(len(flows) == 1, "client_credentials flow can not be selected along with code or implicit flow.", wrong)
    elif flows:
        require(config.get("CallbackURLs"), "code and implicit flow need a callback URL.", wrong)
    servers = {
        f"{server.identifier}/{scope['ScopeName']}"
        for server in pool.resource_servers.values()
        for scope in server.scopes or []
    }
    lost = sorted(set(scopes) - _SCOPES - servers)
    require(not lost, f"Invalid scope requested: {', '.join(lost)}.", "ScopeDoesNotExistException")
    redirect = config.get("DefaultRedirectURI")
    listed = redirect is None or redirect in (config.get("CallbackURLs") or [])
    require(listed, f"DefaultRedirectURI must be one of CallbackURLs: {redirect}.")


def _check_attributes(pool: Any, config: Mapping[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    known = set(pool.schema_attributes) | {"identities"}
    for name, forbidden in (("ReadAttributes", set()), ("WriteAttributes", _NOT_WRITABLE)):
        given = set(config.get(name) or [])
        wrong = sorted((given - known) | (given & forbidden))
        kind = name.removesuffix("Attributes").lower()
        require(not wrong, f"Invalid {kind} attributes specified while creating a client: {', '.join(wrong)}.")
    write = config.get("WriteAttributes")
    needed = {name for name, each in pool.schema_attributes.items() if each.required} - _NOT_WRITABLE
    missing = sorted(needed - set(write)) if write else []
    require(not missing, f"Invalid write attributes specified while creating a client: {missing} are required.")
