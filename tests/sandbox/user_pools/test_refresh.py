"""Refresh tokens: new tokens, rotation with its grace, revocation."""

import pytest
from sandbox.user_pools.app import EMAIL, App, refusal

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import tokens

INVALID = "NotAuthorizedException: Invalid Refresh Token"
REVOKED = "NotAuthorizedException: Refresh Token has been revoked"
REUSED = "RefreshTokenReuseException: Refresh Token has been rotated out"


def refreshed(app: App, token: str) -> dict[str, str]:
    return app.initiate("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": token})["AuthenticationResult"]


def exchanged(app: App, token: str) -> dict[str, str]:
    answer = app.idp.get_tokens_from_refresh_token(ClientId=app.client, RefreshToken=token)
    return answer["AuthenticationResult"]


@pytest.fixture
def rotating(clients: Connection) -> App:
    """An app whose client gets a new refresh token each time, with half a minute's grace."""
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30}
    flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"]
    return App.made(clients, {"RefreshTokenRotation": rotation, "ExplicitAuthFlows": flows})


def test_a_refresh_gives_new_tokens_of_the_same_sign_in(app: App) -> None:
    app.register()
    first = app.tokens()
    clock.move(60)
    second = refreshed(app, first["RefreshToken"])
    before, after = (tokens.verified_claims(each["AccessToken"], use="access") for each in (first, second))
    assert "RefreshToken" not in second
    assert (after["origin_jti"], after["auth_time"]) == (before["origin_jti"], before["auth_time"])
    assert after["jti"] != before["jti"]


def test_a_refresh_says_what_is_true_now(app: App) -> None:
    app.register()
    token = app.tokens()["RefreshToken"]
    app.idp.create_group(UserPoolId=app.pool, GroupName="staff")
    app.idp.admin_add_user_to_group(UserPoolId=app.pool, GroupName="staff", Username=EMAIL)
    claims = tokens.verified_claims(refreshed(app, token)["IdToken"], use="id")
    assert claims["cognito:groups"] == ["staff"]


def test_a_refresh_token_is_its_clients(app: App) -> None:
    app.register()
    token = app.tokens()["RefreshToken"]
    other = app.another_client()
    assert refusal(lambda: refreshed(other, token)) == INVALID
    assert refusal(lambda: refreshed(app, "no-such-token")) == INVALID


def test_a_refresh_token_expires(app: App) -> None:
    app.register()
    token = app.tokens()["RefreshToken"]
    clock.move(30 * 86_400 + 1)
    assert refusal(lambda: refreshed(app, token)) == "NotAuthorizedException: Refresh Token has expired"


def test_a_disabled_user_refreshes_nothing(app: App) -> None:
    app.register()
    token = app.tokens()["RefreshToken"]
    app.idp.admin_disable_user(UserPoolId=app.pool, Username=EMAIL)
    assert refusal(lambda: refreshed(app, token)) == REVOKED


def test_a_rotating_client_gets_a_new_refresh_token(rotating: App) -> None:
    rotating.register()
    first = rotating.tokens()["RefreshToken"]
    second = exchanged(rotating, first)["RefreshToken"]
    third = exchanged(rotating, second)["RefreshToken"]
    assert len({first, second, third}) == 3


def test_a_rotated_token_has_its_grace_and_no_more(rotating: App) -> None:
    rotating.register()
    first = rotating.tokens()["RefreshToken"]
    exchanged(rotating, first)
    clock.move(29)
    assert exchanged(rotating, first)["TokenType"] == "Bearer"
    clock.move(2)
    assert refusal(lambda: exchanged(rotating, first)) == REUSED


def test_without_grace_a_rotated_token_is_used_up(clients: Connection) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    app = App.made(clients, {"RefreshTokenRotation": rotation, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})
    app.register()
    first = app.tokens()["RefreshToken"]
    exchanged(app, first)
    assert refusal(lambda: exchanged(app, first)) == REUSED


def test_rotation_does_not_prolong_a_sign_in(rotating: App) -> None:
    rotating.register()
    first = rotating.tokens()["RefreshToken"]
    clock.move(29 * 86_400)
    second = exchanged(rotating, first)["RefreshToken"]
    clock.move(86_400 + 1)
    assert refusal(lambda: exchanged(rotating, second)) == "NotAuthorizedException: Refresh Token has expired"


def test_a_rotating_client_may_not_refresh_the_old_way(rotating: App) -> None:
    rotating.register()
    token = rotating.tokens()["RefreshToken"]
    expected = "InvalidParameterException: REFRESH_TOKEN_AUTH is not available with refresh token rotation; "
    assert refusal(lambda: refreshed(rotating, token)) == expected + "use GetTokensFromRefreshToken"


def test_revoking_a_refresh_token_ends_its_sign_in_alone(app: App) -> None:
    app.register()
    first, second = app.tokens(), app.tokens()
    app.idp.revoke_token(Token=first["RefreshToken"], ClientId=app.client)
    assert refusal(lambda: refreshed(app, first["RefreshToken"])) == REVOKED
    expected = "NotAuthorizedException: Access Token has been revoked"
    assert refusal(lambda: app.idp.get_user(AccessToken=first["AccessToken"])) == expected
    assert app.idp.get_user(AccessToken=second["AccessToken"])["Username"]


def test_only_refresh_tokens_of_the_client_are_revoked(app: App) -> None:
    app.register()
    issued = app.tokens()
    other = app.another_client()
    revoke = app.idp.revoke_token
    unsupported = "UnsupportedTokenTypeException: The token is not a refresh token"
    assert refusal(lambda: revoke(Token=issued["AccessToken"], ClientId=app.client)) == unsupported
    unauthorized = "UnauthorizedException: The token was not issued to the client"
    assert refusal(lambda: revoke(Token=issued["RefreshToken"], ClientId=other.client)) == unauthorized
    assert refreshed(app, issued["RefreshToken"])["TokenType"] == "Bearer"


def test_a_client_with_a_secret_proves_it_at_each_refresh(clients: Connection) -> None:
    app = App.made(clients, secret=True)
    app.idp.admin_create_user(UserPoolId=app.pool, Username=EMAIL)
    app.idp.admin_set_user_password(UserPoolId=app.pool, Username=EMAIL, Password="Correct-horse-7", Permanent=True)
    token = app.srp().authenticate_user()["AuthenticationResult"]["RefreshToken"]
    missing = f"NotAuthorizedException: Client {app.client} is configured with secret but SECRET_HASH was not received"
    assert refusal(lambda: refreshed(app, token)) == missing
    assert refusal(lambda: exchanged(app, token)) == "NotAuthorizedException: Client secret does not match"
    sub = app.attributes()["sub"]
    proof = app.srp().get_secret_hash(sub, app.client, app.secret)
    given = {"REFRESH_TOKEN": token, "SECRET_HASH": proof}
    assert app.initiate("REFRESH_TOKEN_AUTH", given)["AuthenticationResult"]["TokenType"] == "Bearer"
    right = {"ClientId": app.client, "ClientSecret": app.secret, "RefreshToken": token}
    assert app.idp.get_tokens_from_refresh_token(**right)["AuthenticationResult"]["TokenType"] == "Bearer"
