"""What identity pools keep: their roles, role mappings and principal tags, and every setting of their own.

They stay on moto's pool as `roles`, `role_mappings`, `principal_tags` and `allow_classic_flow`.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_refusals import MISSING, refuse, require
from pulumi_aws_sandbox.gaps.patching import replace

_ROLE_KINDS = {"authenticated", "unauthenticated"}
_ARN = re.compile(r"arn:[\w-]+:iam::\d{12}:role/[\w+=,.@/-]+")
_MATCHES = {"Equals", "Contains", "StartsWith", "NotEqual"}
_MOST_RULES = 25
_MOST_TAGS = 50


def fill() -> None:
    """Add to moto's identity pools what they lack."""
    from moto.cognitoidentity.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdentityBackend,
        CognitoIdentityPool,
    )
    from moto.cognitoidentity.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdentityResponse,
    )

    replace(CognitoIdentityPool, "__init__", _beginning)
    replace(CognitoIdentityPool, "to_json", _describing)
    replace(CognitoIdentityResponse, "create_identity_pool", _creating)
    replace(CognitoIdentityResponse, "update_identity_pool", lambda _: _update)
    replace(CognitoIdentityBackend, "list_identities", _listing)
    for name, operation in _ADDED.items():
        replace(CognitoIdentityResponse, name, lambda _, added=operation: added)


def _beginning(original: Callable[..., Any]) -> Callable[..., Any]:
    def begin(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, *args, **kwargs)
        self.allow_classic_flow = False
        self.roles, self.role_mappings, self.principal_tags = {}, {}, {}

    return begin


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_json(self: Any) -> str:  # noqa: ANN401 - moto's own types
        answer = {**json.loads(original(self)), "AllowClassicFlow": self.allow_classic_flow}
        answer["AllowUnauthenticatedIdentities"] = bool(self.allow_unauthenticated_identities)
        return json.dumps({name: value for name, value in answer.items() if value not in (None, "")})

    return to_json


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> str:  # noqa: ANN401 - moto's own types
        given = json.loads(self.body)
        _check_providers(given)
        pool = self.backend.identity_pools[json.loads(original(self))["IdentityPoolId"]]
        pool.allow_classic_flow = given.get("AllowClassicFlow", False)
        return pool.to_json()

    return create


def _update(self: Any) -> str:  # noqa: ANN401 - moto's own types
    """Set every setting; what a request leaves out goes back to its default, but for the tags."""
    given = json.loads(self.body)
    pool = _pool(self, given["IdentityPoolId"])
    _check_providers(given)
    pool.identity_pool_name = given["IdentityPoolName"]
    pool.allow_unauthenticated_identities = given["AllowUnauthenticatedIdentities"]
    pool.allow_classic_flow = given.get("AllowClassicFlow", False)
    pool.supported_login_providers = given.get("SupportedLoginProviders", {})
    pool.developer_provider_name = given.get("DeveloperProviderName") or pool.developer_provider_name
    pool.open_id_connect_provider_arns = given.get("OpenIdConnectProviderARNs", [])
    pool.cognito_identity_providers = given.get("CognitoIdentityProviders", [])
    pool.saml_provider_arns = given.get("SamlProviderARNs", [])
    pool.tags = given.get("IdentityPoolTags", pool.tags)
    return pool.to_json()


def _check_providers(given: dict[str, Any]) -> None:
    for each in given.get("CognitoIdentityProviders") or []:
        name = each.get("ProviderName", "")
        require(
            re.fullmatch(r"cognito-idp\.[\w-]+\.amazonaws\.com(\.cn)?/[\w-]+_\w+", name), f"Invalid user pool: {name}."
        )
        require(each.get("ClientId"), f"The user pool {name} is given without an app client.")


def _listing(original: Callable[..., Any]) -> Callable[..., Any]:
    def list_identities(self: Any, identity_pool_id: str) -> str:  # noqa: ANN401 - moto's own types
        self.describe_identity_pool(identity_pool_id)
        return original(self, identity_pool_id)

    return list_identities


def _pool(self: Any, pool_id: str) -> Any:  # noqa: ANN401 - moto's own types
    if pool_id not in self.backend.identity_pools:
        refuse(MISSING, f"IdentityPool '{pool_id}' not found.")
    return self.backend.identity_pools[pool_id]


def _set_roles(self: Any) -> str:  # noqa: ANN401 - moto's own types
    given = json.loads(self.body)
    pool = _pool(self, given["IdentityPoolId"])
    roles, mappings = given["Roles"], given.get("RoleMappings", {})
    unknown = sorted(set(roles) - _ROLE_KINDS)
    require(not unknown, f"Roles must be named authenticated or unauthenticated: {unknown}.")
    for arn in roles.values():
        require(_ARN.fullmatch(arn), f"Invalid role ARN: {arn}.")
    for provider, mapping in mappings.items():
        _check_mapping(provider, mapping)
    pool.roles, pool.role_mappings = roles, mappings
    return ""


def _check_mapping(provider: str, mapping: dict[str, Any]) -> None:
    kind, rules = mapping["Type"], mapping.get("RulesConfiguration", {}).get("Rules", [])
    require(kind in {"Token", "Rules"}, f"RoleMappings.{provider}.Type must be Token or Rules: {kind}.")
    ambiguous = mapping.get("AmbiguousRoleResolution")
    known = ambiguous in {"AuthenticatedRole", "Deny"}
    require(known, f"RoleMappings.{provider}.AmbiguousRoleResolution must be AuthenticatedRole or Deny: {ambiguous}.")
    require(
        (kind == "Rules") == bool(rules), f"RoleMappings.{provider}: rules go with the type Rules, and only with it."
    )
    require(len(rules) <= _MOST_RULES, f"RoleMappings.{provider} has more than {_MOST_RULES} rules.")
    for rule in rules:
        require(rule["MatchType"] in _MATCHES, f"MatchType must be one of {sorted(_MATCHES)}: {rule['MatchType']}.")
        require(_ARN.fullmatch(rule["RoleARN"]), f"Invalid role ARN: {rule['RoleARN']}.")


def _get_roles(self: Any) -> str:  # noqa: ANN401 - moto's own types
    pool_id = json.loads(self.body)["IdentityPoolId"]
    pool = _pool(self, pool_id)
    answer = {"IdentityPoolId": pool_id, "Roles": pool.roles}
    return json.dumps(answer | ({"RoleMappings": pool.role_mappings} if pool.role_mappings else {}))


def _set_tag_map(self: Any) -> str:  # noqa: ANN401 - moto's own types
    given = json.loads(self.body)
    pool = _pool(self, given["IdentityPoolId"])
    tags = given.get("PrincipalTags", {})
    require(len(tags) <= _MOST_TAGS, f"PrincipalTags has more than {_MOST_TAGS} entries.")
    kept = {"UseDefaults": given.get("UseDefaults", False), "PrincipalTags": tags}
    if tags or kept["UseDefaults"]:
        pool.principal_tags[given["IdentityProviderName"]] = kept
    else:
        pool.principal_tags.pop(given["IdentityProviderName"], None)
    return _tag_map(given, kept)


def _get_tag_map(self: Any) -> str:  # noqa: ANN401 - moto's own types
    given = json.loads(self.body)
    kept = _pool(self, given["IdentityPoolId"]).principal_tags.get(given["IdentityProviderName"])
    if kept is None:
        refuse(MISSING, f"{given['IdentityProviderName']} has no principal tag map.")
    return _tag_map(given, kept)


def _tag_map(given: dict[str, Any], kept: dict[str, Any]) -> str:
    names = ("IdentityPoolId", "IdentityProviderName")
    return json.dumps({name: given[name] for name in names} | kept)


def _tagged(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    return _pool(self, json.loads(self.body)["ResourceArn"].rsplit("/", 1)[-1])


def _tag(self: Any) -> str:  # noqa: ANN401 - moto's own types
    pool = _tagged(self)
    pool.tags = {**pool.tags, **json.loads(self.body)["Tags"]}
    return ""


def _untag(self: Any) -> str:  # noqa: ANN401 - moto's own types
    pool, gone = _tagged(self), json.loads(self.body)["TagKeys"]
    pool.tags = {key: value for key, value in pool.tags.items() if key not in gone}
    return ""


def _list_tags(self: Any) -> str:  # noqa: ANN401 - moto's own types
    return json.dumps({"Tags": _tagged(self).tags})


_ADDED = {
    "set_identity_pool_roles": _set_roles,
    "get_identity_pool_roles": _get_roles,
    "set_principal_tag_attribute_map": _set_tag_map,
    "get_principal_tag_attribute_map": _get_tag_map,
    "tag_resource": _tag,
    "untag_resource": _untag,
    "list_tags_for_resource": _list_tags,
}
