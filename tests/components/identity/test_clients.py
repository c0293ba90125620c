"""What each option makes of the app clients: exact inputs."""

from typing import Any

import pytest
from components.identity.building import SES, build, client_of
from components.identity.refusals import DOMAIN, GOOGLE

from pulumi_aws_mobile.errors import ArgsError

API = {"https://api.example.com": {"scopes": {"write": "Write the news", "read": "Read the news"}}}


def test_a_native_app_keeps_no_secret_and_sends_no_password() -> None:
    assert client_of({}) == {
        "userPoolId": "eu-west-1_a1B2c3D4e",
        "name": "users-app",
        "generateSecret": False,
        "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "enableTokenRevocation": True,
        "preventUserExistenceErrors": "ENABLED",
        "supportedIdentityProviders": ["COGNITO"],
        "accessTokenValidity": 60,
        "idTokenValidity": 60,
        "refreshTokenValidity": 720,
        "tokenValidityUnits": {"accessToken": "minutes", "idToken": "minutes", "refreshToken": "hours"},
        "refreshTokenRotation": {"feature": "ENABLED", "retryGracePeriodSeconds": 30},
        "authSessionValidity": 3,
        "allowedOauthFlowsUserPoolClient": False,
    }


def test_without_rotation_refreshing_is_a_sign_in_flow() -> None:
    inputs = client_of({"rotate_refresh_tokens": False})
    assert inputs["explicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
    assert "refreshTokenRotation" not in inputs


def test_the_lite_tier_does_not_rotate() -> None:
    assert "refreshTokenRotation" not in client_of({}, tier="lite")


@pytest.mark.parametrize(
    ("others", "flow"),
    [
        ({"email": SES, "challenge": {"steps": ["email_code"], "required": False}}, "ALLOW_CUSTOM_AUTH"),
        ({"first_factors": ["password", "email_otp"]}, "ALLOW_USER_AUTH"),
        ({"migration": {"user_pool_id": "eu-west-1_old123456", "client_id": "old"}}, "ALLOW_USER_PASSWORD_AUTH"),
    ],
)
def test_a_flow_is_allowed_where_something_needs_it(others: dict[str, Any], flow: str) -> None:
    assert client_of({}, **others)["explicitAuthFlows"] == sorted([flow, "ALLOW_USER_SRP_AUTH"])


def test_no_flow_leads_round_a_required_challenge() -> None:
    client = client_of({}, email=SES, challenge={"steps": ["email_code"]})
    assert client["explicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH"]


def test_a_captcha_for_sign_up_alone_asks_for_no_flow() -> None:
    captcha = {"provider": "turnstile", "site_key": "key-of-the-site", "secret": "of the site", "on_sign_up": True}
    client = client_of({}, challenge={"captcha": captcha})
    assert client["explicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH"]


def test_a_sign_in_waits_as_long_as_an_emailed_code_is_good() -> None:
    challenge = {"steps": ["email_code"], "code_minutes": 9}
    assert client_of({}, email=SES, challenge=challenge)["authSessionValidity"] == 9
    assert client_of({}, email=SES, challenge={**challenge, "code_minutes": 1})["authSessionValidity"] == 3


def test_an_app_with_pages_signs_in_by_the_code_flow() -> None:
    urls = {"callback_urls": ["myapp://in", "https://example.com/in"], "logout_urls": ["myapp://out"]}
    inputs = client_of(urls, domain=DOMAIN)
    pages = {key: inputs[key] for key in inputs if "auth" in key.lower() or "Urls" in key or "default" in key}
    assert pages == {
        "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "authSessionValidity": 3,
        "allowedOauthFlowsUserPoolClient": True,
        "allowedOauthFlows": ["code"],
        "allowedOauthScopes": ["aws.cognito.signin.user.admin", "email", "openid", "profile"],
        "callbackUrls": ["myapp://in", "https://example.com/in"],
        "defaultRedirectUri": "myapp://in",
        "logoutUrls": ["myapp://out"],
    }


def test_a_page_in_a_browser_keeps_no_secret() -> None:
    inputs = client_of({"kind": "web", "callback_urls": ["https://example.com/in"]}, domain=DOMAIN)
    assert inputs["generateSecret"] is False


def test_localhost_is_for_development() -> None:
    urls = ["http://localhost:3000/in", "http://127.0.0.1:8080"]
    client = {"kind": "web", "callback_urls": urls, "allow_localhost": True}
    assert client_of(client, domain=DOMAIN)["callbackUrls"] == urls


def test_a_server_that_acts_for_itself_has_a_secret_and_no_users() -> None:
    scopes = ["https://api.example.com/write", "https://api.example.com/read"]
    inputs = client_of({"kind": "server", "scopes": scopes}, domain=DOMAIN, resource_servers=API)
    assert inputs["generateSecret"] is True
    assert inputs["explicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]  # an empty list would bring back Cognito's own
    assert inputs["allowedOauthFlows"] == ["client_credentials"]
    assert inputs["allowedOauthScopes"] == sorted(scopes)
    assert not {"supportedIdentityProviders", "callbackUrls", "refreshTokenRotation"} & inputs.keys()


def test_a_server_may_sign_users_in() -> None:
    client = {"kind": "server", "callback_urls": ["https://example.com/in"], "scopes": ["openid"]}
    inputs = client_of(client, domain=DOMAIN)
    assert (inputs["generateSecret"], inputs["allowedOauthFlows"]) == (True, ["code"])
    assert inputs["allowedOauthScopes"] == ["openid"]


def test_an_api_is_described() -> None:
    server = build({"resource_servers": API}).only("aws:cognito/resourceServer:ResourceServer").inputs
    assert server == {
        "identifier": "https://api.example.com",
        "name": "https://api.example.com",
        "userPoolId": "eu-west-1_a1B2c3D4e",
        "scopes": [
            {"scopeName": "read", "scopeDescription": "Read the news"},
            {"scopeName": "write", "scopeDescription": "Write the news"},
        ],
    }


def test_lifetimes_are_the_callers() -> None:
    client = {
        "access_token_minutes": 5,
        "id_token_minutes": 10,
        "refresh_token_hours": 1,
        "refresh_grace_seconds": 0,
        "session_minutes": 15,
    }
    inputs = client_of(client)
    assert (inputs["accessTokenValidity"], inputs["idTokenValidity"], inputs["refreshTokenValidity"]) == (5, 10, 1)
    assert inputs["refreshTokenRotation"]["retryGracePeriodSeconds"] == 0
    assert inputs["authSessionValidity"] == 15


def test_a_client_may_take_users_of_some_providers_only() -> None:
    client = {"callback_urls": ["myapp://in"], "identity_providers": ["google"]}
    inputs = client_of(client, domain=DOMAIN, providers={"google": GOOGLE})
    assert inputs["supportedIdentityProviders"] == ["Google"]


def test_attributes_may_be_read_and_written_one_by_one() -> None:
    client = {
        "read_attributes": ["name", "email", "email_verified"],
        "write_attributes": ["name", "email", "custom:plan"],
    }
    inputs = client_of(client, attributes={"plan": {}})
    assert inputs["readAttributes"] == ["email", "email_verified", "name"]
    assert inputs["writeAttributes"] == ["custom:plan", "email", "name"]


def test_what_a_provider_fills_in_can_be_written() -> None:
    google = {**GOOGLE, "attributes": {"email": "email", "custom:plan": "hd"}}
    written = client_of(
        {"callback_urls": ["myapp://in"]},
        domain=DOMAIN,
        attributes={"plan": {}},
        standard_attributes={"nickname": {"mutable": False, "required": False}},
        providers={"google": google},
    )["writeAttributes"]
    assert "custom:plan" in written
    assert "email" in written
    assert "nickname" not in written


def test_a_client_for_another_pools_migration_lets_administrators_send_passwords() -> None:
    flows = client_of({"admin_passwords": True})["explicitAuthFlows"]
    assert flows == ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]


@pytest.mark.parametrize(
    ("client", "others", "said"),
    [
        (
            {"kind": "server"},
            {},
            "false on a server: a migration proves no client secret; name another client for it",
        ),
        (
            {},
            {"email": SES, "challenge": {"steps": ["email_code"]}},
            "false beside a required challenge, which it would lead round; set challenge.required: false",
        ),
    ],
)
def test_administrators_send_passwords_only_where_it_serves_a_migration(
    client: dict[str, Any], others: dict[str, Any], said: str
) -> None:
    with pytest.raises(ArgsError) as refused:
        client_of({**client, "admin_passwords": True}, **others)
    assert [str(problem) for problem in refused.value.problems] == [
        f"clients.app.admin_passwords: got true; allowed: {said}"
    ]
