"""What the sandbox adds to moto's identity pools, seen through boto3."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World
from sandbox.situations.cognito import client, pool
from sandbox.situations.cognito_identity import identity_pool

from pulumi_aws_sandbox.engine_api import Sandbox

POOL = "aws:cognito/identityPool:IdentityPool"
ROLE = "arn:aws:iam::123456789012:role/app"
INVALID = "InvalidParameterException"


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def test_roles_and_mappings_are_kept(sandbox: Sandbox) -> None:
    world = World(sandbox)
    pool_id, role = identity_pool(world), world.role_arn()
    identity = sandbox.clients("cognito-identity")
    mappings = {"accounts.google.com": {"Type": "Token", "AmbiguousRoleResolution": "Deny"}}
    identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={"authenticated": role}, RoleMappings=mappings)
    answer = identity.get_identity_pool_roles(IdentityPoolId=pool_id)
    assert (answer["Roles"], answer["RoleMappings"]) == ({"authenticated": role}, mappings)
    identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={})
    answer = identity.get_identity_pool_roles(IdentityPoolId=pool_id)
    assert (answer["Roles"], "RoleMappings" in answer) == ({}, False)


def test_another_name_replaces_an_identity_pool(sandbox: Sandbox) -> None:
    assert sandbox.diff(POOL, {"identityPoolName": "a"}, {}, {"identityPoolName": "b"}).replaces == ["identityPoolName"]


def test_a_provider_that_a_program_drops_is_gone(sandbox: Sandbox) -> None:
    world = World(sandbox)
    users = pool(world)
    provider = {"clientId": client(world, users["id"]), "providerName": users["endpoint"]}
    basis = {"identityPoolName": "app", "supportedLoginProviders": {"graph.facebook.com": "1"}}
    first, _ = sandbox.check(POOL, "thing", {**basis, "cognitoIdentityProviders": [provider]}, None, b"seed")
    pool_id, outputs = sandbox.create(POOL, first, "thing")
    after, _ = sandbox.check(POOL, "thing", {"identityPoolName": "app"}, first, b"seed")
    sandbox.update(POOL, pool_id, outputs, first, after, "thing")
    described = sandbox.clients("cognito-identity").describe_identity_pool(IdentityPoolId=pool_id)
    assert (described["CognitoIdentityProviders"], described["SupportedLoginProviders"]) == ([], {})


@pytest.mark.parametrize(
    ("roles", "mappings", "message"),
    [
        ({"guest": ROLE}, {}, "Roles must be named authenticated or unauthenticated: ['guest']."),
        ({"authenticated": ROLE.replace("role/", "user/")}, {}, f"Invalid role ARN: {ROLE.replace('role/', 'user/')}."),
        (
            {},
            {"x": {"Type": "Token"}},
            "RoleMappings.x.AmbiguousRoleResolution must be AuthenticatedRole or Deny: None.",
        ),
        (
            {},
            {"x": {"Type": "Rules", "AmbiguousRoleResolution": "Deny"}},
            "RoleMappings.x: rules go with the type Rules, and only with it.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_roles_that_aws_refuses_are_refused(
    sandbox: Sandbox, roles: dict[str, str], mappings: dict[str, Any], message: str
) -> None:
    pool_id = identity_pool(World(sandbox))
    with pytest.raises(ClientError) as raised:
        sandbox.clients("cognito-identity").set_identity_pool_roles(
            IdentityPoolId=pool_id, Roles=roles, RoleMappings=mappings
        )
    assert _refusal(raised) == (INVALID, message)


def test_a_user_pool_without_a_client_is_refused(sandbox: Sandbox) -> None:
    name = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc"
    with pytest.raises(ClientError) as raised:
        sandbox.clients("cognito-identity").create_identity_pool(
            IdentityPoolName="app",
            AllowUnauthenticatedIdentities=False,
            CognitoIdentityProviders=[{"ProviderName": name}],
        )
    assert _refusal(raised) == (INVALID, f"The user pool {name} is given without an app client.")
