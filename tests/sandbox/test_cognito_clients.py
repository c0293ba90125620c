"""What the sandbox adds to moto's app clients, seen through boto3."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World
from sandbox.situations.cognito import client, pool

from pulumi_aws_sandbox.engine_api import Sandbox

INVALID = "InvalidParameterException"
CLIENT = "aws:cognito/userPoolClient:UserPoolClient"


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def _described(sandbox: Sandbox, pool_id: str, client_id: str) -> dict[str, Any]:
    cognito = sandbox.clients("cognito-idp")
    return cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]


def test_a_client_without_settings_has_those_of_aws(sandbox: Sandbox) -> None:
    world = World(sandbox)
    pool_id = pool(world)["id"]
    described = _described(sandbox, pool_id, client(world, pool_id, name="app"))
    assert {name: value for name, value in described.items() if name not in {"ClientId", "UserPoolId"}} == {
        "ClientName": "app",
        "AllowedOAuthFlowsUserPoolClient": False,
        "AuthSessionValidity": 3,
        "EnablePropagateAdditionalUserContextData": False,
        "EnableTokenRevocation": True,
        "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
        "PreventUserExistenceErrors": "LEGACY",
        "RefreshTokenValidity": 30,
    }


def test_the_secret_of_a_client_is_a_secret_output(sandbox: Sandbox) -> None:
    world = World(sandbox)
    inputs = {"userPoolId": pool(world)["id"], "generateSecret": True, "name": "server"}
    _, outputs = sandbox.create(CLIENT, inputs)
    assert outputs["clientSecret"] != ""
    assert sandbox.secret_outputs(CLIENT, inputs) == {"clientSecret"}
    assert sandbox.diff(CLIENT, inputs, outputs, {**inputs, "generateSecret": False}).replaces == ["generateSecret"]


def test_an_update_of_a_client_sets_back_what_it_leaves_out(sandbox: Sandbox) -> None:
    world = World(sandbox)
    pool_id = pool(world)["id"]
    client_id = client(world, pool_id, authSessionValidity=9, preventUserExistenceErrors="ENABLED")
    sandbox.clients("cognito-idp").update_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
    described = _described(sandbox, pool_id, client_id)
    assert (described["AuthSessionValidity"], described["PreventUserExistenceErrors"]) == (3, "LEGACY")


def test_the_provider_keeps_what_a_program_no_longer_names_but_for_blocks(sandbox: Sandbox) -> None:
    world = World(sandbox)
    basis = {"userPoolId": pool(world)["id"], "name": "app"}
    flows = ["ALLOW_USER_SRP_AUTH"]
    first = {
        **basis,
        "authSessionValidity": 9,
        "explicitAuthFlows": flows,
        "refreshTokenRotation": {"feature": "ENABLED"},
    }
    client_id, outputs = sandbox.create(CLIENT, first)
    outputs = sandbox.update(CLIENT, client_id, outputs, first, {**basis, "idTokenValidity": 2})
    described = _described(sandbox, basis["userPoolId"], client_id)
    assert (described["AuthSessionValidity"], described["IdTokenValidity"]) == (9, 2)
    assert (described["ExplicitAuthFlows"], "RefreshTokenRotation" in described) == (flows, False)


@pytest.mark.parametrize(
    ("request_", "code", "message"),
    [
        (
            {"CallbackURLs": ["http://example.com/in"]},
            INVALID,
            "CallbackURLs: http is only for ['127.0.0.1', '::1', 'localhost']; use https: http://example.com/in.",
        ),
        (
            {"CallbackURLs": ["https://example.com/in#part"]},
            INVALID,
            "CallbackURLs: a URI must not have a fragment: https://example.com/in#part.",
        ),
        ({"LogoutURLs": ["/out"]}, INVALID, "LogoutURLs: not an absolute URI: /out."),
        (
            {"AccessTokenValidity": 2, "TokenValidityUnits": {"AccessToken": "minutes"}},
            INVALID,
            "Invalid range for token validity: AccessTokenValidity must be from 300 to 86400 seconds.",
        ),
        (
            {"RefreshTokenValidity": 2, "TokenValidityUnits": {"RefreshToken": "hours"}, "IdTokenValidity": 3},
            INVALID,
            "IdTokenValidity is longer than the refresh token's.",
        ),
        (
            {"RefreshTokenRotation": {"Feature": "ENABLED"}, "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]},
            INVALID,
            "Refresh token rotation does not go with ALLOW_REFRESH_TOKEN_AUTH.",
        ),
        (
            {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]},
            INVALID,
            "ExplicitAuthFlows cannot mix values that begin with ALLOW_ with others.",
        ),
        ({"AuthSessionValidity": 20}, INVALID, "AuthSessionValidity must be from 3 to 15 minutes: 20."),
        (
            {"SupportedIdentityProviders": ["Google"]},
            INVALID,
            "The provider Google does not exist for User Pool {pool}.",
        ),
        (
            {"AllowedOAuthFlowsUserPoolClient": True},
            INVALID,
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        ),
        (
            {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"]},
            "InvalidOAuthFlowException",
            "client_credentials flow can not be selected if client does not have a client secret.",
        ),
        (
            {"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["api/read"], "CallbackURLs": ["app://in"]},
            "ScopeDoesNotExistException",
            "Invalid scope requested: api/read.",
        ),
        ({"AllowedOAuthFlows": ["code"]}, "InvalidOAuthFlowException", "code and implicit flow need a callback URL."),
        (
            {"DefaultRedirectURI": "app://out", "CallbackURLs": ["app://in"]},
            INVALID,
            "DefaultRedirectURI must be one of CallbackURLs: app://out.",
        ),
        (
            {"ReadAttributes": ["custom:nothing"]},
            INVALID,
            "Invalid read attributes specified while creating a client: custom:nothing.",
        ),
        (
            {"WriteAttributes": ["email_verified"]},
            INVALID,
            "Invalid write attributes specified while creating a client: email_verified.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_client_that_aws_refuses_is_refused(
    sandbox: Sandbox, request_: dict[str, Any], code: str, message: str
) -> None:
    pool_id = pool(World(sandbox))["id"]
    cognito = sandbox.clients("cognito-idp")
    with pytest.raises(ClientError) as raised:
        cognito.create_user_pool_client(UserPoolId=pool_id, ClientName="app", **request_)
    assert _refusal(raised) == (code, message.replace("{pool}", pool_id))
    assert cognito.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"] == []


def test_choice_based_sign_in_needs_more_than_the_lite_plan(sandbox: Sandbox) -> None:
    pool_id = pool(World(sandbox), userPoolTier="LITE")["id"]
    with pytest.raises(ClientError, match="FeatureUnavailableInTierException"):
        sandbox.clients("cognito-idp").create_user_pool_client(
            UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_AUTH"]
        )
