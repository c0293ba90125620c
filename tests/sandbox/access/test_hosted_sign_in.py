"""Signing in through a user pool's domain with an identity provider, as an app and its browser do."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sandbox.access.world import REGION, Client, Json

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.runtime import clock, issuers
from pulumi_aws_sandbox.runtime.user_pools import tokens
from pulumi_aws_sandbox.serve import serving

_BACK = "myapp://signed-in"
_OUT = "myapp://signed-out"
_VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-those"
_CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(_VERIFIER.encode()).digest()).rstrip(b"=").decode()
_SCOPES = ["openid", "email", "aws.cognito.signin.user.admin"]
_DETAILS = {"client_id": "g-app", "client_secret": "hush", "authorize_scopes": "openid email"}


@dataclass
class App:
    """An app of a user pool that offers Google."""

    url: str
    idp: Client
    pool: str
    client: str
    secret: str | None = None

    def leave(self, **query: str) -> requests.Response:
        """Send the browser to sign in."""
        given = {
            "client_id": self.client,
            "response_type": "code",
            "redirect_uri": _BACK,
            "identity_provider": "Google",
            "state": "s",
            "code_challenge": _CHALLENGE,
            "code_challenge_method": "S256",
            **query,
        }
        return _get(f"{self.url}/oauth2/authorize", params={name: value for name, value in given.items() if value})

    def come_back(self, **query: str) -> dict[str, str]:
        """Follow the browser from the app, by the provider, back to the app."""
        answer = self.leave(**query)
        while not answer.headers["Location"].startswith(_BACK):
            answer = _get(answer.headers["Location"])
        return _query(answer)

    def exchange(self, **form: str) -> requests.Response:
        given = {"grant_type": "authorization_code", "client_id": self.client, "redirect_uri": _BACK, **form}
        return requests.post(f"{self.url}/oauth2/token", data=given, timeout=10)

    def tokens(self, **query: str) -> dict[str, str]:
        answer = self.exchange(code=self.come_back(**query)["code"], code_verifier=_VERIFIER)
        assert answer.status_code == 200
        return answer.json()

    def user_info(self, token: str) -> requests.Response:
        bearer = {"Authorization": f"Bearer {token}"}
        return requests.get(f"{self.url}/oauth2/userInfo", headers=bearer, timeout=10)


def _get(url: str, **options: Json) -> requests.Response:
    answer = requests.get(url, allow_redirects=False, timeout=10, **options)
    assert answer.status_code == 302
    return answer


def _query(answer: requests.Response) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


@pytest.fixture
def app() -> Iterator[App]:
    with serving() as url:
        # A server that this process had before leaves its AWS behind.
        requests.post(f"{url}/moto-api/reset", timeout=10)
        yield _made(url)


def _made(url: str, **client: Json) -> App:
    idp = server(url, REGION)("cognito-idp")
    pool = idp.create_user_pool(PoolName="app", UsernameAttributes=["email"])["UserPool"]["Id"]
    idp.create_identity_provider(
        UserPoolId=pool,
        ProviderName="Google",
        ProviderType="Google",
        ProviderDetails=_DETAILS,
        AttributeMapping={"email": "email", "email_verified": "email_verified", "name": "full_name"},
    )
    settings = {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": _SCOPES,
        "CallbackURLs": [_BACK],
        "LogoutURLs": [_OUT],
        "SupportedIdentityProviders": ["Google", "COGNITO"],
        **client,
    }
    made = idp.create_user_pool_client(UserPoolId=pool, ClientName="app", **settings)["UserPoolClient"]
    return App(url, idp, pool, made["ClientId"], made.get("ClientSecret"))


@pytest.fixture
def google() -> Iterator[issuers.StandIn]:
    with issuers.stand_in("https://accounts.google.com") as playing:
        playing.require_secret("g-app", "hush")
        playing.sign_in(sub="1234", email="ann@example.com", email_verified=True, full_name="Ann")
        yield playing


@pytest.mark.usefixtures("google")
def test_a_google_user_becomes_a_user_of_the_pool(app: App) -> None:
    answer = app.come_back()
    assert answer["state"] == "s"
    issued = app.exchange(code=answer["code"], code_verifier=_VERIFIER).json()
    claims = tokens.verified_claims(issued["id_token"], use="id", pool_id=app.pool, client_id=app.client)
    assert claims["cognito:username"] == "Google_1234"
    assert (claims["email"], claims["email_verified"], claims["name"]) == ("ann@example.com", True, "Ann")
    link = claims["identities"][0]
    assert (link["providerName"], link["providerType"], link["userId"]) == ("Google", "Google", "1234")
    access = tokens.verified_claims(issued["access_token"], use="access", pool_id=app.pool)
    assert access["scope"].split() == _SCOPES
    user = app.idp.admin_get_user(UserPoolId=app.pool, Username="Google_1234")
    assert user["UserStatus"] == "EXTERNAL_PROVIDER"


def test_a_user_who_comes_again_is_the_same_and_up_to_date(app: App, google: issuers.StandIn) -> None:
    first = tokens.verified_claims(app.tokens()["id_token"], use="id")
    google.sign_in(sub="1234", email="new@example.com", full_name="Ann B")
    again = tokens.verified_claims(app.tokens()["id_token"], use="id")
    assert again["sub"] == first["sub"]
    assert (again["email"], again["name"]) == ("new@example.com", "Ann B")
    google.sign_in(sub="5678", email="bob@example.com")
    assert tokens.verified_claims(app.tokens()["id_token"], use="id")["sub"] != first["sub"]


@pytest.mark.usefixtures("google")
def test_the_apps_nonce_is_in_the_token(app: App) -> None:
    assert tokens.verified_claims(app.tokens(nonce="n")["id_token"], use="id")["nonce"] == "n"


@pytest.mark.usefixtures("google")
def test_scopes_say_what_tokens_are_good_for(app: App) -> None:
    issued = app.tokens(scope="email")
    assert "id_token" not in issued
    refused = app.user_info(issued["access_token"])
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_token")
    said = app.user_info(app.tokens()["access_token"]).json()
    assert (said["username"], said["email"]) == ("Google_1234", "ann@example.com")


@pytest.mark.usefixtures("google")
@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"code_verifier": "another"}, "invalid_grant"),
        ({}, "invalid_grant"),
        ({"code_verifier": _VERIFIER, "redirect_uri": "myapp://other"}, "invalid_grant"),
        ({"code_verifier": _VERIFIER, "client_id": "nobody"}, "invalid_client"),
        ({"code_verifier": _VERIFIER, "grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_code_is_good_only_for_the_app_that_asked(app: App, form: dict[str, str], error: str) -> None:
    answer = app.exchange(code=app.come_back()["code"], **form)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


@pytest.mark.usefixtures("google")
def test_a_code_is_good_once_and_not_for_long(app: App) -> None:
    code = app.come_back()["code"]
    assert app.exchange(code=code, code_verifier=_VERIFIER).status_code == 200
    assert app.exchange(code=code, code_verifier=_VERIFIER).json() == {"error": "invalid_grant"}
    late = app.come_back()["code"]
    with clock.later(301):
        assert app.exchange(code=late, code_verifier=_VERIFIER).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "openid phone"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"identity_provider": "Facebook"}, "invalid_request"),
        ({"identity_provider": ""}, "invalid_request"),
    ],
)
def test_what_the_client_may_not_ask_is_told_to_the_app(app: App, query: dict[str, str], error: str) -> None:
    told = _query(app.leave(**query))
    assert (told["error"], told["state"]) == (error, "s")


def test_an_address_that_is_not_the_apps_is_never_sent_to(app: App) -> None:
    for query, error in (
        ({"redirect_uri": "https://evil.example.com"}, "redirect_mismatch"),
        ({"client_id": "nobody"}, "invalid_client"),
    ):
        given = {"client_id": app.client, "redirect_uri": _BACK, "response_type": "code", **query}
        answer = requests.get(f"{app.url}/oauth2/authorize", params=given, allow_redirects=False, timeout=10)
        assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_without_a_stand_in_the_app_is_told_so(app: App) -> None:
    assert _query(app.leave())["error_description"] == (
        "the sandbox knows no issuer https://accounts.google.com and never calls out: play it with issuers.stand_in"
    )


def test_what_the_provider_refuses_is_told_to_the_app(app: App, google: issuers.StandIn) -> None:
    google.sign_out()
    assert app.come_back() == {"error": "access_denied", "state": "s"}
    google.sign_in(sub="1234", email="ann@example.com")
    google.require_secret("g-app", "changed")
    assert app.come_back()["error"] == "invalid_request"


@pytest.mark.usefixtures("google")
def test_a_made_up_way_back_is_refused(app: App) -> None:
    answer = requests.get(f"{app.url}/oauth2/idpresponse", params={"state": "x.y", "code": "z"}, timeout=10)
    assert (answer.status_code, answer.json()["error_description"]) == (400, "Invalid state")


@pytest.mark.usefixtures("google")
def test_tokens_are_refreshed_with_their_scopes_until_they_are_revoked(app: App) -> None:
    issued = app.tokens(scope="openid")
    again = app.exchange(grant_type="refresh_token", refresh_token=issued["refresh_token"]).json()
    assert tokens.verified_claims(again["access_token"], use="access")["scope"] == "openid"
    given = {"token": issued["refresh_token"], "client_id": app.client}
    assert requests.post(f"{app.url}/oauth2/revoke", data=given, timeout=10).status_code == 200
    refused = app.exchange(grant_type="refresh_token", refresh_token=issued["refresh_token"])
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert app.user_info(again["access_token"]).status_code == 401


@pytest.mark.usefixtures("google")
def test_a_disabled_user_does_not_get_in(app: App) -> None:
    app.tokens()
    app.idp.admin_disable_user(UserPoolId=app.pool, Username="Google_1234")
    assert app.come_back() == {"error": "invalid_request", "error_description": "User is disabled.", "state": "s"}


@pytest.mark.usefixtures("google")
def test_a_client_with_a_secret_proves_it() -> None:
    with serving() as url:
        requests.post(f"{url}/moto-api/reset", timeout=10)
        app = _made(url, GenerateSecret=True)
        code = app.come_back()["code"]
        assert app.exchange(code=code, code_verifier=_VERIFIER).json() == {"error": "invalid_client"}
        form = {"grant_type": "authorization_code", "redirect_uri": _BACK, "code": code, "code_verifier": _VERIFIER}
        assert app.secret is not None
        answer = requests.post(f"{url}/oauth2/token", data=form, auth=(app.client, app.secret), timeout=10)
        assert answer.status_code == 200


def test_logout_goes_back_to_where_the_app_said(app: App) -> None:
    given = {"client_id": app.client, "logout_uri": _OUT}
    assert _get(f"{app.url}/logout", params=given).headers["Location"] == _OUT
    given["logout_uri"] = "https://evil.example.com"
    assert requests.get(f"{app.url}/logout", params=given, timeout=10).status_code == 400


def test_a_facebook_user_is_asked_of_facebook(app: App) -> None:
    app.idp.create_identity_provider(
        UserPoolId=app.pool,
        ProviderName="Facebook",
        ProviderType="Facebook",
        ProviderDetails={"client_id": "f-app", "client_secret": "hush", "authorize_scopes": "email"},
        AttributeMapping={"email": "email"},
    )
    described = app.idp.describe_user_pool_client(UserPoolId=app.pool, ClientId=app.client)["UserPoolClient"]
    kept = {name: described[name] for name in ("AllowedOAuthFlows", "AllowedOAuthScopes", "CallbackURLs")}
    app.idp.update_user_pool_client(
        UserPoolId=app.pool,
        ClientId=app.client,
        AllowedOAuthFlowsUserPoolClient=True,
        SupportedIdentityProviders=["Facebook"],
        **kept,
    )
    with issuers.stand_in("https://graph.facebook.com") as facebook:
        facebook.sign_in(sub="f-1", email="ann@example.com")
        # The only provider of a client need not be named.
        issued = app.tokens(identity_provider="")
    assert tokens.verified_claims(issued["id_token"], use="id")["cognito:username"] == "Facebook_f-1"
