"""SRP: the password's proof is verified, with the maintained client on the other side."""

import base64
import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito.aws_srp import AWSSRP
from sandbox.user_pools.app import EMAIL, PASSWORD, App, refusal

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import srp

WRONG = "NotAuthorizedException: Incorrect username or password."
USED = "NotAuthorizedException: Invalid session for the user, session can only be used once."


class Clientless:
    """Stands where pycognito wants a boto3 client; arithmetic needs none."""


def challenged(app: App, helper: AWSSRP) -> dict[str, str]:
    """Begin an SRP sign-in and return the challenge's parameters."""
    return app.initiate("USER_SRP_AUTH", helper.get_auth_params())["ChallengeParameters"]


def answered(app: App, helper: AWSSRP, parameters: dict[str, str], **changes: str) -> dict[str, object]:
    """Answer a challenge, with some of the answers changed."""
    answers = helper.process_challenge(parameters, helper.get_auth_params()) | changes
    return app.idp.respond_to_auth_challenge(
        ClientId=app.client, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answers
    )


def test_the_right_password_signs_in(app: App) -> None:
    app.register()
    result = app.srp().authenticate_user()["AuthenticationResult"]
    assert sorted(result) == ["AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"]


def test_a_wrong_password_is_refused(app: App) -> None:
    app.register()
    assert refusal(app.srp("Wrong-horse-7").authenticate_user) == WRONG


def test_a_client_with_a_secret_signs_in_with_its_proof(clients: Connection) -> None:
    app = App.made(clients, secret=True)
    app.idp.admin_create_user(UserPoolId=app.pool, Username=EMAIL)
    app.idp.admin_set_user_password(UserPoolId=app.pool, Username=EMAIL, Password=PASSWORD, Permanent=True)
    assert app.srp().authenticate_user()["AuthenticationResult"]["TokenType"] == "Bearer"
    app.secret = "another"
    expected = f"NotAuthorizedException: SecretHash does not match for the client: {app.client}"
    assert refusal(app.srp().authenticate_user) == expected


def test_a_secret_block_is_good_for_one_proof(app: App) -> None:
    app.register()
    helper = app.srp()
    parameters = challenged(app, helper)
    answered(app, helper, parameters)
    assert refusal(lambda: answered(app, helper, parameters)) == USED


def test_a_wrong_proof_uses_up_the_secret_block(app: App) -> None:
    app.register()
    helper = app.srp()
    parameters = challenged(app, helper)
    forged = base64.b64encode(bytes(32)).decode()
    assert refusal(lambda: answered(app, helper, parameters, PASSWORD_CLAIM_SIGNATURE=forged)) == WRONG
    assert refusal(lambda: answered(app, helper, parameters)) == USED


def test_a_secret_block_of_another_client_is_refused(app: App) -> None:
    app.register()
    helper = app.srp()
    parameters = challenged(app, helper)
    other = app.another_client()
    expected = "NotAuthorizedException: Invalid session for the user."
    assert refusal(lambda: answered(other, helper, parameters)) == expected


def test_a_secret_block_expires_with_the_session(app: App) -> None:
    app.register()
    helper = app.srp()
    parameters = challenged(app, helper)
    with clock.later(181):
        expected = "NotAuthorizedException: Invalid session for the user, session is expired."
        assert refusal(lambda: answered(app, helper, parameters)) == expected


def test_a_timestamp_of_another_hour_is_refused(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    app.register()
    helper = app.srp()
    parameters = challenged(app, helper)
    old = AWSSRP.get_cognito_formatted_timestamp(datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC))
    monkeypatch.setattr(AWSSRP, "get_cognito_formatted_timestamp", staticmethod(lambda _: old))
    assert refusal(lambda: answered(app, helper, parameters)) == WRONG


def test_a_timestamp_in_another_form_is_refused(app: App) -> None:
    app.register()
    helper = app.srp()
    parameters = challenged(app, helper)
    expected = "InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."
    assert refusal(lambda: answered(app, helper, parameters, TIMESTAMP="2026-11-22T10:00:00Z")) == expected


@pytest.mark.parametrize("public", ["0", format(srp.N, "x"), format(2 * srp.N, "x"), "no number"])
def test_a_public_value_that_would_void_the_proof_is_refused(app: App, public: str) -> None:
    app.register()
    parameters = {"USERNAME": EMAIL, "SRP_A": public}
    assert refusal(lambda: app.initiate("USER_SRP_AUTH", parameters)) == "InvalidParameterException: Invalid SRP_A"


def test_whoever_does_not_exist_is_challenged_alike_and_refused_alike(app: App) -> None:
    app.register()
    known, unknown = app.srp(), app.srp(name="nobody@example.com")
    first, second = challenged(app, known), challenged(app, unknown)
    assert first.keys() == second.keys()
    assert str(uuid.UUID(second["USER_ID_FOR_SRP"])) == second["USER_ID_FOR_SRP"]
    assert refusal(lambda: answered(app, unknown, second)) == WRONG
    again = challenged(app, unknown)
    assert (again["SALT"], again["USER_ID_FOR_SRP"]) == (second["SALT"], second["USER_ID_FOR_SRP"])


def test_a_client_that_may_know_is_told_who_does_not_exist(clients: Connection) -> None:
    app = App.made(clients, {"PreventUserExistenceErrors": "LEGACY"})
    assert refusal(app.srp().authenticate_user) == "UserNotFoundException: User does not exist."


def test_every_user_has_a_salt_of_their_own(app: App) -> None:
    app.register()
    app.register("eve@example.com")
    salts = {challenged(app, app.srp(name=name))["SALT"] for name in (EMAIL, "eve@example.com")}
    assert len(salts) == 2


def test_an_unconfirmed_user_learns_it_only_with_the_right_password(app: App) -> None:
    app.sign_up()
    assert refusal(app.srp("Wrong-horse-7").authenticate_user) == WRONG
    assert refusal(app.srp().authenticate_user) == "UserNotConfirmedException: User is not confirmed."


@given(
    password=st.text(min_size=1, max_size=80),
    other=st.text(min_size=1, max_size=80),
    user=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs")), min_size=1, max_size=30),
)
@settings(max_examples=25)
def test_exactly_the_right_password_proves_itself(password: str, other: str, user: str) -> None:
    password, other = (text.encode("utf-8", "ignore").decode() for text in (password, other))
    verifier = srp.make_verifier("pool", user, password)
    for said in {password, other}:
        helper = AWSSRP(user, said, "eu-west-1_pool", "client", client=Clientless())
        exchange = srp.begin(user, verifier, helper.large_a_value)
        parameters = {
            "USER_ID_FOR_SRP": user,
            "SALT": format(verifier.salt, "x"),
            "SRP_B": format(exchange.public_b, "x"),
            "SECRET_BLOCK": base64.b64encode(exchange.secret_block).decode(),
        }
        answers = helper.process_challenge(parameters, helper.get_auth_params())
        proof = base64.b64decode(answers["PASSWORD_CLAIM_SIGNATURE"])
        assert (srp.signature(exchange, "pool", answers["TIMESTAMP"]) == proof) is (said == password)
        assert srp.matches(verifier, "pool", user, said) is (said == password)
