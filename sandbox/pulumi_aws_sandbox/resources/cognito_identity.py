"""Identity pools: the federation of user pools and social providers, its roles and its principal tags."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, region_of, tag_changes, tags_from
from pulumi_aws_sandbox.resources._shapes import from_shape, in_known_order, to_shape

_GONE = "ResourceNotFoundException"
_NAMES = {
    "identityPoolName": "IdentityPoolName",
    "allowUnauthenticatedIdentities": "AllowUnauthenticatedIdentities",
    "allowClassicFlow": "AllowClassicFlow",
    "developerProviderName": "DeveloperProviderName",
    "openidConnectProviderArns": "OpenIdConnectProviderARNs",
    "samlProviderArns": "SamlProviderARNs",
    "supportedLoginProviders": "SupportedLoginProviders",
}
_PROVIDERS = "cognitoIdentityProviders"
_RULE_NAMES = {"roleArn": "RoleARN"}


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "cognito-identity", properties)


def _request(properties: Properties) -> dict[str, Any]:
    request = {aws: properties[name] for name, aws in _NAMES.items() if name in properties}
    if _PROVIDERS in properties:
        flags = {"serverSideTokenCheck": False}
        request["CognitoIdentityProviders"] = [to_shape({**flags, **each}, {}) for each in properties[_PROVIDERS]]
    return request


def _make_pool(clients: Clients, inputs: Properties) -> str:
    tags = inputs.get("tags", {})
    return _client(clients, inputs).create_identity_pool(**_request(inputs), IdentityPoolTags=tags)["IdentityPoolId"]


def _describe_pool(clients: Clients, pool_id: str, known: Properties) -> Properties | None:
    identity = _client(clients, known)
    pool = found(lambda: identity.describe_identity_pool(IdentityPoolId=pool_id), _GONE)
    if pool is None:
        return None
    region = region_of(clients, known)
    now = {name: pool[aws] for name, aws in _NAMES.items() if name in known or pool.get(aws)}
    wanted = known.get(_PROVIDERS, [])
    providers = [from_shape(each, {}) for each in pool.get("CognitoIdentityProviders", [])]
    if providers or wanted:
        now[_PROVIDERS] = _in_order(providers, wanted)
    for name in ("openidConnectProviderArns", "samlProviderArns"):
        if name in now:
            now[name] = in_known_order(known.get(name, []), now[name])
    return {
        **now,
        "allowClassicFlow": pool["AllowClassicFlow"],
        "allowUnauthenticatedIdentities": pool["AllowUnauthenticatedIdentities"],
        "arn": f"arn:{clients.partition}:cognito-identity:{region}:{clients.account}:identitypool/{pool_id}",
        **tags_from(pool.get("IdentityPoolTags", {}), known),
    }


def _in_order(providers: list[Properties], wanted: list[Properties]) -> list[Properties]:
    """Return the user pools in the program's order, by pool and client."""
    order = [_key(each) for each in wanted]
    return sorted(providers, key=lambda each: order.index(_key(each)) if _key(each) in order else len(order))


def _key(provider: Properties) -> tuple[str, str]:
    return provider.get("providerName", ""), provider.get("clientId", "")


def _change_pool(clients: Clients, pool_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    identity = _client(clients, new)
    request = {"AllowUnauthenticatedIdentities": False, **_request(new)}
    identity.update_identity_pool(IdentityPoolId=pool_id, **request)
    gone, put = tag_changes(old, new)
    if gone:
        identity.untag_resource(ResourceArn=outputs["arn"], TagKeys=gone)
    if put:
        identity.tag_resource(ResourceArn=outputs["arn"], Tags=put)


def _remove_pool(clients: Clients, pool_id: str, outputs: Properties) -> None:
    identity = _client(clients, outputs)
    found(lambda: identity.delete_identity_pool(IdentityPoolId=pool_id), _GONE)


def _make_roles(clients: Clients, inputs: Properties) -> str:
    _set_roles(clients, "", {}, {}, inputs)
    return inputs["identityPoolId"]


def _set_roles(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    mappings = {each["identityProvider"]: _mapping(each) for each in new.get("roleMappings", [])}
    _client(clients, new).set_identity_pool_roles(
        IdentityPoolId=new["identityPoolId"], Roles=new["roles"], RoleMappings=mappings
    )


def _mapping(mapping: Properties) -> dict[str, Any]:
    request = {"Type": mapping["type"]}
    if "ambiguousRoleResolution" in mapping:
        request["AmbiguousRoleResolution"] = mapping["ambiguousRoleResolution"]
    if "mappingRules" in mapping:
        request["RulesConfiguration"] = {"Rules": to_shape(mapping["mappingRules"], _RULE_NAMES)}
    return request


def _describe_roles(clients: Clients, pool_id: str, known: Properties) -> Properties | None:
    identity = _client(clients, known)
    answer = found(lambda: identity.get_identity_pool_roles(IdentityPoolId=pool_id), _GONE)
    if answer is None or not (answer.get("Roles") or answer.get("RoleMappings")):
        return None
    order = [each["identityProvider"] for each in known.get("roleMappings", [])]
    mappings = answer.get("RoleMappings", {})
    names = [*(each for each in order if each in mappings), *(each for each in mappings if each not in order)]
    now = {"identityPoolId": pool_id, "roles": answer.get("Roles", {})}
    if names or order:
        now["roleMappings"] = [{"identityProvider": each, **_read_mapping(mappings[each])} for each in names]
    return now


def _read_mapping(mapping: dict[str, Any]) -> Properties:
    rules = from_shape(mapping.get("RulesConfiguration", {}).get("Rules", []), _RULE_NAMES)
    ambiguous = mapping.get("AmbiguousRoleResolution")
    return {
        "type": mapping["Type"],
        **({"ambiguousRoleResolution": ambiguous} if ambiguous else {}),
        **({"mappingRules": rules} if rules else {}),
    }


def _remove_roles(clients: Clients, pool_id: str, outputs: Properties) -> None:
    identity = _client(clients, outputs)
    found(lambda: identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={}, RoleMappings={}), _GONE)


def _make_tags(clients: Clients, inputs: Properties) -> str:
    _set_tags(clients, "", {}, {}, inputs)
    return f"{inputs['identityPoolId']}:{inputs['identityProviderName']}"


def _set_tags(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    tags = {"PrincipalTags": new["principalTags"]} if "principalTags" in new else {}
    _client(clients, new).set_principal_tag_attribute_map(
        IdentityPoolId=new["identityPoolId"],
        IdentityProviderName=new["identityProviderName"],
        UseDefaults=new["useDefaults"],
        **tags,
    )


def _describe_tags(clients: Clients, tags_id: str, known: Properties) -> Properties | None:
    identity = _client(clients, known)
    region, number, provider = tags_id.split(":", 2)
    pool = f"{region}:{number}"
    answer = found(
        lambda: identity.get_principal_tag_attribute_map(IdentityPoolId=pool, IdentityProviderName=provider), _GONE
    )
    if answer is None:
        return None
    tags = answer.get("PrincipalTags", {})
    return {
        "identityPoolId": pool,
        "identityProviderName": provider,
        "useDefaults": answer.get("UseDefaults", False),
        **({"principalTags": tags} if tags or "principalTags" in known else {}),
    }


def _remove_tags(clients: Clients, _: str, outputs: Properties) -> None:
    """Empty the map: AWS has no call that removes it."""
    identity = _client(clients, outputs)
    pool, provider = outputs["identityPoolId"], outputs["identityProviderName"]
    found(
        lambda: identity.set_principal_tag_attribute_map(
            IdentityPoolId=pool, IdentityProviderName=provider, UseDefaults=False, PrincipalTags={}
        ),
        _GONE,
    )


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cognito/identityPool:IdentityPool",
            make=_make_pool,
            describe=_describe_pool,
            change=_change_pool,
            remove=_remove_pool,
            required=frozenset({"identityPoolName"}),
            replace_on=frozenset({"developerProviderName", "identityPoolName"}),
            defaults={"allowUnauthenticatedIdentities": False, "allowClassicFlow": False},
            unordered=frozenset({_PROVIDERS, "openidConnectProviderArns", "samlProviderArns"}),
        ),
        handler(
            "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
            make=_make_roles,
            describe=_describe_roles,
            change=_set_roles,
            remove=_remove_roles,
            required=frozenset({"identityPoolId", "roles"}),
            replace_on=frozenset({"identityPoolId"}),
            unordered=frozenset({"roleMappings"}),
        ),
        handler(
            "aws:cognito/identityPoolProviderPrincipalTag:IdentityPoolProviderPrincipalTag",
            make=_make_tags,
            describe=_describe_tags,
            change=_set_tags,
            remove=_remove_tags,
            required=frozenset({"identityPoolId", "identityProviderName"}),
            replace_on=frozenset({"identityPoolId", "identityProviderName"}),
            defaults={"useDefaults": False},
        ),
    )
}
