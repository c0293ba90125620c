"""Users who come over from another pool: what is asked there, and what Cognito is told. The other pool is moto's."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.identity.functions.cognito import call
from components.identity.functions.surroundings import client_of

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import migrate_user
from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers.migrate_user import NotMigratedError

PASSWORD = "canary-Passw0rd!"
REFUSED = r"^Incorrect username or password$"


class OldPool:
    """The pool that users come from."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cognito = client_of("cognito-idp", "eu-west-1")
        self.id = self.cognito.create_user_pool(
            PoolName="old",
            AutoVerifiedAttributes=["email"],
            Schema=[
                {"Name": "plan", "AttributeDataType": "String", "Mutable": True},
                {"Name": "level", "AttributeDataType": "String", "Mutable": True},
            ],
        )["UserPool"]["Id"]
        client = self.cognito.create_user_pool_client(
            UserPoolId=self.id, ClientName="mover", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
        )
        monkeypatch.setenv("OLD_USER_POOL_ID", self.id)
        monkeypatch.setenv("OLD_CLIENT_ID", client["UserPoolClient"]["ClientId"])
        monkeypatch.setenv("RENAME", json.dumps({"custom:plan": "custom:tier"}))
        monkeypatch.setenv("CUSTOM_ATTRIBUTES", json.dumps(["tier"]))

    def user(self, *, temporary: bool = False, **attributes: str) -> None:
        known = {"email": "ada@example.com", "email_verified": "true", "custom:plan": "gold", "custom:level": "9"}
        described = [{"Name": name, "Value": value} for name, value in (known | attributes).items()]
        self.cognito.admin_create_user(UserPoolId=self.id, Username="ada", UserAttributes=described)
        self.cognito.admin_set_user_password(
            UserPoolId=self.id, Username="ada", Password=PASSWORD, Permanent=not temporary
        )


@pytest.fixture
def pool(cloud: None, monkeypatch: pytest.MonkeyPatch) -> OldPool:  # noqa: ARG001 - the pool stands in it
    return OldPool(monkeypatch)


def sign_in(password: str = PASSWORD) -> dict[str, Any]:
    return call(migrate_user.handle, "UserMigration_Authentication", {"password": password}, {})


def forget() -> dict[str, Any]:
    return call(migrate_user.handle, "UserMigration_ForgotPassword", {"password": None}, {})


def test_the_right_password_brings_a_user_over_with_what_exists_here(pool: OldPool) -> None:
    pool.user()
    assert sign_in() == {
        "userAttributes": {"email": "ada@example.com", "email_verified": "true", "custom:tier": "gold"},
        "finalUserStatus": "CONFIRMED",
        "messageAction": "SUPPRESS",
    }


@pytest.mark.parametrize("password", ["another-Passw0rd!", ""])
def test_a_wrong_password_leaves_the_user_there(pool: OldPool, password: str) -> None:
    pool.user()
    with pytest.raises(NotMigratedError, match=REFUSED):
        sign_in(password)


@pytest.mark.usefixtures("pool")
def test_whoever_is_unknown_there_too_gets_the_same_answer() -> None:
    with pytest.raises(NotMigratedError, match=REFUSED):
        sign_in()
    with pytest.raises(NotMigratedError, match=REFUSED):
        forget()


def test_a_temporary_password_has_to_be_changed_here(pool: OldPool) -> None:
    pool.user(temporary=True)
    assert sign_in()["finalUserStatus"] == "RESET_REQUIRED"


@pytest.mark.parametrize("challenge", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE", "MFA_SETUP"])
def test_a_second_factor_there_means_that_the_password_was_right(
    pool: OldPool, monkeypatch: pytest.MonkeyPatch, challenge: str
) -> None:
    pool.user()
    _answer(monkeypatch, pool, {"ChallengeName": challenge})
    assert sign_in()["finalUserStatus"] == "CONFIRMED"


@pytest.mark.parametrize("reply", [{}, {"ChallengeName": "CUSTOM_CHALLENGE"}, {"ChallengeName": "PASSWORD_VERIFIER"}])
def test_an_answer_that_does_not_say_that_it_was_right_leaves_the_user_there(
    pool: OldPool, monkeypatch: pytest.MonkeyPatch, reply: dict[str, Any]
) -> None:
    pool.user()
    _answer(monkeypatch, pool, reply)
    with pytest.raises(NotMigratedError, match=REFUSED):
        sign_in()


@pytest.mark.parametrize(
    ("code", "logged"),
    [
        ("NotAuthorizedException", []),
        ("UserNotConfirmedException", []),
        ("PasswordResetRequiredException", []),
        ("InvalidParameterException", ["the other user pool did not answer: InvalidParameterException"]),
        ("TooManyRequestsException", ["the other user pool did not answer: TooManyRequestsException"]),
    ],
)
def test_a_refusal_leaves_the_user_there_and_a_fault_is_logged(
    pool: OldPool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: str, logged: list[str]
) -> None:
    pool.user()
    error = ClientError({"Error": {"Code": code, "Message": PASSWORD}}, "AdminInitiateAuth")
    _answer(monkeypatch, pool, error)
    with pytest.raises(NotMigratedError, match=REFUSED):
        sign_in()
    assert [record.getMessage() for record in caplog.records] == logged


def test_whoever_forgot_the_password_is_found_without_it(pool: OldPool) -> None:
    pool.user()
    assert forget() == {
        "userAttributes": {"email": "ada@example.com", "email_verified": "true", "custom:tier": "gold"},
        "messageAction": "SUPPRESS",
    }


def test_whoever_could_get_no_code_stays_there(pool: OldPool) -> None:
    pool.user(email_verified="false")
    with pytest.raises(NotMigratedError, match=REFUSED):
        forget()


def test_whoever_was_disabled_stays_there(pool: OldPool) -> None:
    pool.user()
    pool.cognito.admin_disable_user(UserPoolId=pool.id, Username="ada")
    with pytest.raises(NotMigratedError, match=REFUSED):
        forget()


def test_any_other_event_is_refused(pool: OldPool) -> None:
    pool.user()
    with pytest.raises(NotMigratedError, match=REFUSED):
        call(migrate_user.handle, "PreSignUp_SignUp", {"password": PASSWORD}, {})


def _answer(monkeypatch: pytest.MonkeyPatch, pool: OldPool, reply: dict[str, Any] | ClientError) -> None:
    """Have the other pool answer a sign-in so, and everything else by itself."""

    def admin_initiate_auth(**_: object) -> dict[str, Any]:
        if isinstance(reply, ClientError):
            raise reply
        return reply

    monkeypatch.setattr(pool.cognito, "admin_initiate_auth", admin_initiate_auth)
    monkeypatch.setattr(migrate_user, "client", lambda *_: pool.cognito)
