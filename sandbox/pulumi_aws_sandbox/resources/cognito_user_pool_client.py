"""App clients of a user pool."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler
from pulumi_aws_sandbox.resources._shapes import emptied, from_shape, in_known_order, to_shape

_GONE = "ResourceNotFoundException"
_NAMES = {
    "accessTokenValidity": "AccessTokenValidity",
    "allowedOauthFlows": "AllowedOAuthFlows",
    "allowedOauthFlowsUserPoolClient": "AllowedOAuthFlowsUserPoolClient",
    "allowedOauthScopes": "AllowedOAuthScopes",
    "analyticsConfiguration": "AnalyticsConfiguration",
    "authSessionValidity": "AuthSessionValidity",
    "callbackUrls": "CallbackURLs",
    "defaultRedirectUri": "DefaultRedirectURI",
    "enablePropagateAdditionalUserContextData": "EnablePropagateAdditionalUserContextData",
    "enableTokenRevocation": "EnableTokenRevocation",
    "explicitAuthFlows": "ExplicitAuthFlows",
    "idTokenValidity": "IdTokenValidity",
    "logoutUrls": "LogoutURLs",
    "name": "ClientName",
    "preventUserExistenceErrors": "PreventUserExistenceErrors",
    "readAttributes": "ReadAttributes",
    "refreshTokenRotation": "RefreshTokenRotation",
    "refreshTokenValidity": "RefreshTokenValidity",
    "supportedIdentityProviders": "SupportedIdentityProviders",
    "tokenValidityUnits": "TokenValidityUnits",
    "writeAttributes": "WriteAttributes",
}
_SETS = (
    "allowedOauthFlows",
    "allowedOauthScopes",
    "callbackUrls",
    "explicitAuthFlows",
    "logoutUrls",
    "readAttributes",
    "supportedIdentityProviders",
    "writeAttributes",
)
# Blocks that a program drops are gone; any other setting that it stops naming stays as AWS has it.
_BLOCKS = ("analyticsConfiguration", "refreshTokenRotation", "tokenValidityUnits")


def _request(properties: Properties) -> dict[str, Any]:
    return {aws: to_shape(properties[name], {}) for name, aws in _NAMES.items() if name in properties}


def _make(clients: Clients, inputs: Properties) -> str:
    answer = client_of(clients, "cognito-idp", inputs).create_user_pool_client(
        UserPoolId=inputs["userPoolId"], GenerateSecret=inputs.get("generateSecret", False), **_request(inputs)
    )
    return answer["UserPoolClient"]["ClientId"]


def _describe(clients: Clients, client_id: str, known: Properties) -> Properties | None:
    cognito = client_of(clients, "cognito-idp", known)
    pool = known["userPoolId"]
    answer = found(lambda: cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client_id), _GONE)
    if answer is None:
        return None
    client = answer["UserPoolClient"]
    now = {name: from_shape(client[aws], {}) for name, aws in _NAMES.items() if aws in client}
    for name in _SETS:
        if name in now:
            now[name] = in_known_order(known.get(name, []), now[name])
    if "tokenValidityUnits" not in known:
        now.pop("tokenValidityUnits", None)
    return {
        **emptied(known, now, _NAMES),
        **now,
        "userPoolId": client["UserPoolId"],
        "clientSecret": client.get("ClientSecret", ""),
    }


def _change(clients: Clients, client_id: str, outputs: Properties, _: Properties, new: Properties) -> None:
    kept = {name: outputs[name] for name in _NAMES if name in outputs and name not in _BLOCKS}
    client_of(clients, "cognito-idp", new).update_user_pool_client(
        UserPoolId=new["userPoolId"], ClientId=client_id, **_request(kept | new)
    )


def _remove(clients: Clients, client_id: str, outputs: Properties) -> None:
    cognito, pool = client_of(clients, "cognito-idp", outputs), outputs["userPoolId"]
    found(lambda: cognito.delete_user_pool_client(UserPoolId=pool, ClientId=client_id), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cognito/userPoolClient:UserPoolClient",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"userPoolId"}),
            replace_on=frozenset({"generateSecret", "userPoolId"}),
            auto_name=AutoName("name", 128),
            unordered=frozenset(_SETS),
            secret_outputs=frozenset({"clientSecret"}),
        ),
    )
}
