"""The tokens: what they say, how long, which of them are refused."""

import base64
import hmac
import json

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwk, jwt
from sandbox.user_pools.app import EMAIL, App, listed, refusal

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import tokens

INVALID = "NotAuthorizedException: Invalid Access Token"
SCHEMA = [{"Name": "plan", "AttributeDataType": "String"}, {"Name": "note", "AttributeDataType": "String"}]


def payload(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def encoded(part: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def refused(token: str, use: str = "access", **more: str) -> str:
    with pytest.raises(tokens.TokenRefusedError) as caught:
        tokens.verified_claims(token, use=use, **more)
    return caught.value.reason


def jwks(app: App) -> dict[str, list[dict[str, str]]]:
    return requests.get(
        f"https://cognito-idp.eu-west-1.amazonaws.com/{app.pool}/.well-known/jwks.json", timeout=5
    ).json()


def test_the_tokens_verify_against_the_pools_published_keys(app: App) -> None:
    app.register()
    issued = app.tokens()
    keys = jwk.KeySet.import_key_set(jwks(app))
    for name in ("IdToken", "AccessToken"):
        read = jwt.decode(issued[name], keys, algorithms=["RS256"])
        assert read.header["alg"] == "RS256"
        assert read.claims["iss"] == f"https://cognito-idp.eu-west-1.amazonaws.com/{app.pool}"


def test_each_pool_has_keys_of_its_own(clients: Connection) -> None:
    first, second = App.made(clients), App.made(clients)
    assert jwks(first)["keys"][0]["n"] != jwks(second)["keys"][0]["n"]
    assert "d" not in jwks(first)["keys"][0]


def test_the_id_token_says_who_it_is(clients: Connection) -> None:
    settings = {
        "ReadAttributes": ["email", "email_verified", "custom:plan"],
        "WriteAttributes": ["custom:plan", "custom:note"],
    }
    app = App.made(clients, settings, Schema=SCHEMA)
    app.register(custom__plan="gold", custom__note="hidden")
    claims = payload(app.tokens()["IdToken"])
    sub = app.attributes()["sub"]
    variable = ("iat", "exp", "auth_time", "jti", "origin_jti", "event_id")
    assert claims["exp"] - claims["iat"] == 3_600
    assert {name: value for name, value in claims.items() if name not in variable} == {
        "sub": sub,
        "iss": f"https://cognito-idp.eu-west-1.amazonaws.com/{app.pool}",
        "token_use": "id",
        "aud": app.client,
        "cognito:username": sub,
        "email": EMAIL,
        "email_verified": True,
        "custom:plan": "gold",
    }


def test_the_access_token_says_what_it_is_for(app: App) -> None:
    app.register()
    issued = app.tokens()
    claims, identity = payload(issued["AccessToken"]), payload(issued["IdToken"])
    assert (claims["client_id"], claims["scope"]) == (app.client, "aws.cognito.signin.user.admin")
    assert (claims["token_use"], claims["username"]) == ("access", identity["sub"])
    assert claims["origin_jti"] == identity["origin_jti"]
    assert claims["jti"] != identity["jti"]


def test_groups_come_by_precedence_with_their_roles(app: App) -> None:
    app.register()
    arn = "arn:aws:iam::123456789012:role/"
    for name, precedence in (("staff", 5), ("owners", 1), ("guests", None)):
        more = {} if precedence is None else {"Precedence": precedence, "RoleArn": arn + name}
        app.idp.create_group(UserPoolId=app.pool, GroupName=name, **more)
        app.idp.admin_add_user_to_group(UserPoolId=app.pool, GroupName=name, Username=EMAIL)
    claims = payload(app.tokens()["IdToken"])
    assert claims["cognito:groups"] == ["owners", "staff", "guests"]
    assert claims["cognito:roles"] == [arn + "owners", arn + "staff"]
    assert claims["cognito:preferred_role"] == arn + "owners"


def test_two_first_groups_with_two_roles_leave_none_preferred(app: App) -> None:
    app.register()
    for name in ("staff", "owners"):
        app.idp.create_group(
            UserPoolId=app.pool, GroupName=name, Precedence=1, RoleArn=f"arn:aws:iam::123456789012:role/{name}"
        )
        app.idp.admin_add_user_to_group(UserPoolId=app.pool, GroupName=name, Username=EMAIL)
    assert "cognito:preferred_role" not in payload(app.tokens()["IdToken"])


def test_lifetimes_are_the_clients(app: App) -> None:
    app.register()
    units = {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "hours"}
    short = app.another_client(
        AccessTokenValidity=5, IdTokenValidity=10, RefreshTokenValidity=1, TokenValidityUnits=units
    )
    issued = short.tokens()
    access, identity = payload(issued["AccessToken"]), payload(issued["IdToken"])
    assert issued["ExpiresIn"] == 300
    assert (access["exp"] - access["iat"], identity["exp"] - identity["iat"]) == (300, 600)


def test_an_expired_token_is_refused(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    clock.move(3_601)
    expected = "NotAuthorizedException: Access Token has expired"
    assert refusal(lambda: app.idp.get_user(AccessToken=token)) == expected
    assert refused(token) == "expired"


def test_a_tampered_token_is_refused(app: App) -> None:
    app.register()
    head, _, signature = app.tokens()["AccessToken"].split(".")
    claims = payload(app.tokens()["AccessToken"]) | {"username": "somebody"}
    forged = f"{head}.{encoded(claims)}.{signature}"
    assert refusal(lambda: app.idp.get_user(AccessToken=forged)) == INVALID
    assert refused(forged) == "not signed by the user pool"


def test_an_unsigned_token_is_refused(app: App) -> None:
    app.register()
    claims = payload(app.tokens()["AccessToken"])
    forged = f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims)}."
    assert refusal(lambda: app.idp.get_user(AccessToken=forged)) == INVALID
    assert refused(forged) == "not signed by the user pool"


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(app: App) -> None:
    app.register()
    claims = payload(app.tokens()["AccessToken"])
    public = jwk.RSAKey.import_key(jwks(app)["keys"][0]).as_pem(private=False)
    forged = f"{encoded({'alg': 'HS256'})}.{encoded(claims)}"
    signature = base64.urlsafe_b64encode(hmac.digest(public, forged.encode(), "sha256")).decode().rstrip("=")
    assert refused(f"{forged}.{signature}") == "not signed by the user pool"


def test_a_token_of_another_pool_is_refused(clients: Connection) -> None:
    first, second = App.made(clients), App.made(clients)
    first.register()
    token = first.tokens()["AccessToken"]
    assert refused(token, pool_id=second.pool) == "of another user pool"
    assert tokens.verified_claims(token, use="access", pool_id=first.pool)["client_id"] == first.client


def test_a_token_that_names_another_pool_is_refused(clients: Connection) -> None:
    first, second = App.made(clients), App.made(clients)
    first.register()
    head, _, signature = first.tokens()["AccessToken"].split(".")
    claims = payload(first.tokens()["AccessToken"])
    claims["iss"] = f"https://cognito-idp.eu-west-1.amazonaws.com/{second.pool}"
    assert refused(f"{head}.{encoded(claims)}.{signature}") == "not signed by the user pool"


def test_a_token_of_another_client_or_use_is_refused(app: App) -> None:
    app.register()
    issued = app.tokens()
    assert refused(issued["IdToken"], "id", client_id="other") == "of another client"
    assert refused(issued["IdToken"]) == "not an access token"
    assert refusal(lambda: app.idp.get_user(AccessToken=issued["IdToken"])) == INVALID


def test_no_tokens_of_a_deleted_client_are_good(app: App) -> None:
    app.register()
    other = app.another_client()
    token = other.tokens()["AccessToken"]
    app.idp.delete_user_pool_client(UserPoolId=app.pool, ClientId=other.client)
    assert refused(token) == "of another client"


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "a.b", "....", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(app: App, text: str) -> None:
    assert app.pool
    assert refused(text) == "of another user pool"


def test_signing_out_everywhere_ends_every_token(app: App) -> None:
    app.register()
    first, second = app.tokens(), app.tokens()
    app.idp.global_sign_out(AccessToken=first["AccessToken"])
    expected = "NotAuthorizedException: Access Token has been revoked"
    for issued in (first, second):
        token = issued["AccessToken"]
        assert refusal(lambda token=token: app.idp.get_user(AccessToken=token)) == expected
        assert refused(issued["IdToken"], "id") == "revoked"
    assert app.idp.get_user(AccessToken=app.tokens()["AccessToken"])["Username"]


def test_an_administrator_signs_a_user_out(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    app.idp.admin_user_global_sign_out(UserPoolId=app.pool, Username=EMAIL)
    assert refused(token) == "revoked"


def test_a_reused_name_does_not_revive_old_tokens(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    app.idp.admin_delete_user(UserPoolId=app.pool, Username=EMAIL)
    app.register()
    assert refused(token) == "revoked"


def test_any_attributes_come_back_in_the_id_token(app: App) -> None:
    app.register()
    names = st.sampled_from(["name", "given_name", "nickname", "locale"])

    @given(st.dictionaries(names, st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=50)))
    @settings(max_examples=20)
    def check(attributes: dict[str, str]) -> None:
        app.idp.admin_update_user_attributes(UserPoolId=app.pool, Username=EMAIL, UserAttributes=listed(attributes))
        issued = app.tokens()
        claims = tokens.verified_claims(issued["IdToken"], use="id", pool_id=app.pool, client_id=app.client)
        assert {name: claims[name] for name in attributes} == attributes

    check()


def test_no_changed_byte_of_a_token_goes_unnoticed(app: App) -> None:
    app.register()
    head, body, signature = app.tokens()["AccessToken"].split(".")
    original = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))

    @given(st.binary(min_size=1, max_size=40), st.integers(min_value=0, max_value=len(original) - 1))
    @settings(max_examples=50)
    def check(noise: bytes, place: int) -> None:
        changed = original[:place] + noise + original[place + len(noise) :]
        text = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        if changed != original:
            assert refused(f"{head}.{text}.{signature}")

    check()
