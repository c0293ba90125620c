"""Situations of identity pools."""

from .cognito import client, pool
from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _providers(world: World, count: int = 2) -> list[Inputs]:
    made = pool(world)
    return [{"clientId": client(world, made["id"]), "providerName": made["endpoint"]} for _ in range(count)]


def identity_pool(world: World, **more: object) -> str:
    """Return the id of an identity pool."""
    return world.make("aws:cognito/identityPool:IdentityPool", {"identityPoolName": "app", **more})["id"]


def _identity_pool(world: World) -> tuple[Inputs, Inputs]:
    one, other = _providers(world)
    first = {"identityPoolName": "app", "cognitoIdentityProviders": [one], "tags": TAGS}
    saml = "arn:aws:iam::123456789012:saml-provider/office"
    return first, {
        **first,
        "cognitoIdentityProviders": [other, {**one, "serverSideTokenCheck": True}],
        "supportedLoginProviders": {"graph.facebook.com": "1234567"},
        "samlProviderArns": [saml],
        "openidConnectProviderArns": [saml.replace("saml-provider", "oidc-provider")],
        "allowUnauthenticatedIdentities": True,
        "allowClassicFlow": True,
        "tags": OTHER_TAGS,
    }


def _roles(world: World) -> tuple[Inputs, Inputs]:
    provider = _providers(world, 1)[0]
    first = {"identityPoolId": identity_pool(world), "roles": {"authenticated": world.role_arn()}}
    rule = {"claim": "cognito:groups", "matchType": "Contains", "value": "admin", "roleArn": world.role_arn()}
    mapping = {
        "identityProvider": f"{provider['providerName']}:{provider['clientId']}",
        "type": "Rules",
        "ambiguousRoleResolution": "Deny",
        "mappingRules": [rule],
    }
    tokens = {
        "identityProvider": "accounts.google.com",
        "type": "Token",
        "ambiguousRoleResolution": "AuthenticatedRole",
    }
    roles = {"authenticated": world.role_arn(), "unauthenticated": world.role_arn()}
    return first, {**first, "roles": roles, "roleMappings": [tokens, mapping]}


def _principal_tags(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "identityPoolId": identity_pool(world),
        "identityProviderName": _providers(world, 1)[0]["providerName"],
        "principalTags": {"plan": "custom:plan"},
    }
    return first, {**first, "principalTags": {"client": "aud", "plan": "custom:tier"}}


SITUATIONS: dict[str, Situation] = {
    "aws:cognito/identityPool:IdentityPool": _identity_pool,
    "aws:cognito/identityPoolProviderPrincipalTag:IdentityPoolProviderPrincipalTag": _principal_tags,
    "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": _roles,
}
