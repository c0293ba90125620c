"""The second factor: authenticator, SMS, e-mail; choosing and setting up; sessions that end."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.user_pools.app import EMAIL, PHONE, App, Json, code_for, refusal, sms, wrong

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.user_pools import totp

OTHER_NUMBER = "+447700900456"
MISMATCH = "CodeMismatchException: Invalid code received for user"
USED = "NotAuthorizedException: Invalid session for the user, session can only be used once."
TOKEN = {"Enabled": True}


def with_factors(clients: Connection, mode: str, **factors: Json) -> App:
    """Return an app whose pool has MFA by the factors given."""
    source = "arn:aws:ses:eu-west-1:123456789012:identity/hello@example.com"
    sending = {"EmailSendingAccount": "DEVELOPER", "SourceArn": source}
    app = App.made(clients, EmailConfiguration=sending)
    app.idp.set_user_pool_mfa_config(UserPoolId=app.pool, MfaConfiguration=mode, **factors)
    return app


def enrolled(app: App) -> str:
    """Set up an authenticator, prefer it, and return its secret."""
    token = app.tokens()["AccessToken"]
    secret = app.idp.associate_software_token(AccessToken=token)["SecretCode"]
    app.idp.verify_software_token(
        AccessToken=token, UserCode=totp.code(secret, clock.now()), FriendlyDeviceName="Pixel"
    )
    preferred = {"Enabled": True, "PreferredMfa": True}
    app.idp.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings=preferred)
    clock.move(30)
    return secret


@pytest.fixture
def optional(clients: Connection) -> App:
    return with_factors(clients, "OPTIONAL", SoftwareTokenMfaConfiguration=TOKEN)


def test_an_authenticator_is_asked_for_and_its_code_signs_in(optional: App) -> None:
    optional.register()
    secret = enrolled(optional)
    asked = optional.by_password()
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert asked["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "Pixel"
    code = totp.code(secret, clock.now())
    assert optional.respond(asked, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]["TokenType"] == "Bearer"


def test_each_user_has_a_secret_of_their_own(optional: App) -> None:
    optional.register()
    optional.register("eve@example.com")
    tokens = [optional.tokens(name)["AccessToken"] for name in (EMAIL, "eve@example.com")]
    assert len({optional.idp.associate_software_token(AccessToken=token)["SecretCode"] for token in tokens}) == 2


def test_an_authenticators_code_is_not_taken_twice(optional: App) -> None:
    optional.register()
    secret = enrolled(optional)
    code = totp.code(secret, clock.now())
    optional.respond(optional.by_password(), SOFTWARE_TOKEN_MFA_CODE=code)
    again = optional.by_password()
    assert refusal(lambda: optional.respond(again, SOFTWARE_TOKEN_MFA_CODE=code)) == MISMATCH


def test_three_wrong_codes_end_the_session(optional: App) -> None:
    optional.register()
    secret = enrolled(optional)
    asked = optional.by_password()
    guess = wrong(totp.code(secret, clock.now() + 3_600))
    answers = [refusal(lambda: optional.respond(asked, SOFTWARE_TOKEN_MFA_CODE=guess)) for _ in range(4)]
    assert answers == [MISMATCH] * 3 + [USED]


def test_a_session_works_once(optional: App) -> None:
    optional.register()
    secret = enrolled(optional)
    asked = optional.by_password()
    optional.respond(asked, SOFTWARE_TOKEN_MFA_CODE=totp.code(secret, clock.now()))
    clock.move(30)
    code = totp.code(secret, clock.now())
    assert refusal(lambda: optional.respond(asked, SOFTWARE_TOKEN_MFA_CODE=code)) == USED


def test_a_session_expires_as_the_client_says(clients: Connection) -> None:
    app = App.made(clients, {"AuthSessionValidity": 5})
    app.idp.set_user_pool_mfa_config(
        UserPoolId=app.pool, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration=TOKEN
    )
    app.register()
    secret = enrolled(app)
    asked = app.by_password()
    clock.move(299)
    late = app.by_password()
    app.respond(asked, SOFTWARE_TOKEN_MFA_CODE=totp.code(secret, clock.now()))
    clock.move(301)
    expected = "NotAuthorizedException: Invalid session for the user, session is expired."
    assert refusal(lambda: app.respond(late, SOFTWARE_TOKEN_MFA_CODE="123456")) == expected


def test_a_session_is_for_its_user_and_its_client(optional: App) -> None:
    optional.register()
    optional.register("eve@example.com")
    secret = enrolled(optional)
    asked = optional.by_password()
    expected = "NotAuthorizedException: Invalid session for the user."
    code = totp.code(secret, clock.now())
    other = optional.another_client()
    assert refusal(lambda: other.respond(asked, SOFTWARE_TOKEN_MFA_CODE=code)) == expected
    stolen = refusal(lambda: optional.respond(asked, "eve@example.com", SOFTWARE_TOKEN_MFA_CODE=code))
    assert stolen == expected


def test_a_wrong_first_code_sets_nothing_up(optional: App) -> None:
    optional.register()
    token = optional.tokens()["AccessToken"]
    secret = optional.idp.associate_software_token(AccessToken=token)["SecretCode"]
    guess = wrong(totp.code(secret, clock.now() + 3_600))
    expected = "EnableSoftwareTokenMFAException: Code mismatch"
    assert refusal(lambda: optional.idp.verify_software_token(AccessToken=token, UserCode=guess)) == expected
    settings = {"Enabled": True}
    unverified = "InvalidParameterException: User has not verified software token mfa"
    prefer = optional.idp.set_user_mfa_preference
    assert refusal(lambda: prefer(AccessToken=token, SoftwareTokenMfaSettings=settings)) == unverified


def test_a_pool_that_requires_mfa_has_it_set_up_at_the_first_sign_in(clients: Connection) -> None:
    app = with_factors(clients, "ON", SoftwareTokenMfaConfiguration=TOKEN)
    app.register()
    asked = app.by_password()
    assert asked["ChallengeName"] == "MFA_SETUP"
    assert json.loads(asked["ChallengeParameters"]["MFAS_CAN_SETUP"]) == ["SOFTWARE_TOKEN_MFA"]
    begun = app.idp.associate_software_token(Session=asked["Session"])
    code = totp.code(begun["SecretCode"], clock.now())
    early = {"ChallengeName": "MFA_SETUP", "Session": begun["Session"]}
    assert refusal(lambda: app.respond(early)).startswith("SoftwareTokenMFANotFoundException")
    verified = app.idp.verify_software_token(Session=begun["Session"], UserCode=code)
    result = app.respond({"ChallengeName": "MFA_SETUP", "Session": verified["Session"]})
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"
    assert app.by_password()["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_an_sms_code_is_the_second_factor(clients: Connection) -> None:
    message = {"SmsConfiguration": sms(clients), "SmsAuthenticationMessage": "App: {####}"}
    app = with_factors(clients, "ON", SmsMfaConfiguration=message)
    app.register(phone_number=PHONE)
    asked = app.by_password()
    assert asked["ChallengeName"] == "SMS_MFA"
    assert asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"] == "+*******0123"
    assert outbox.messages(PHONE)[-1].body == f"App: {code_for(PHONE)}"
    assert refusal(lambda: app.respond(asked, SMS_MFA_CODE=wrong(code_for(PHONE)))) == MISMATCH
    result = app.respond(asked, SMS_MFA_CODE=code_for(PHONE))
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"


def test_an_email_code_is_the_second_factor(clients: Connection) -> None:
    words = {"Subject": "Your code", "Message": "It is {####}"}
    app = with_factors(clients, "ON", EmailMfaConfiguration=words)
    app.register()
    asked = app.srp().authenticate_user()
    assert asked["ChallengeName"] == "EMAIL_OTP"
    (message,) = outbox.messages(EMAIL)
    assert (message.subject, message.sender) == ("Your code", "hello@example.com")
    assert app.respond(asked, EMAIL_OTP_CODE=code_for(EMAIL))["AuthenticationResult"]["TokenType"] == "Bearer"


def test_whoever_has_two_factors_chooses(clients: Connection) -> None:
    message = {"SmsConfiguration": sms(clients)}
    app = with_factors(clients, "OPTIONAL", SmsMfaConfiguration=message, SoftwareTokenMfaConfiguration=TOKEN)
    app.register(phone_number=PHONE)
    enrolled(app)
    app.idp.admin_set_user_mfa_preference(
        UserPoolId=app.pool, Username=EMAIL, SMSMfaSettings=TOKEN, SoftwareTokenMfaSettings=TOKEN
    )
    asked = app.by_password()
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    assert json.loads(asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"]) == ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]
    chosen = app.respond(asked, ANSWER="SMS_MFA")
    result = app.respond(chosen, SMS_MFA_CODE=code_for(PHONE))
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_factor_that_the_pool_lacks_is_refused(optional: App) -> None:
    optional.register()
    token = optional.tokens()["AccessToken"]
    expected = "InvalidParameterException: SMS_MFA is not enabled for the user pool"
    prefer = optional.idp.set_user_mfa_preference
    assert refusal(lambda: prefer(AccessToken=token, SMSMfaSettings=TOKEN)) == expected


def test_what_a_user_turned_on_can_be_seen(optional: App) -> None:
    optional.register()
    enrolled(optional)
    user = optional.idp.admin_get_user(UserPoolId=optional.pool, Username=EMAIL)
    assert (user["UserMFASettingList"], user["PreferredMfaSetting"]) == (["SOFTWARE_TOKEN_MFA"], "SOFTWARE_TOKEN_MFA")


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")])
def test_codes_are_those_of_the_rfc(at: int, code: str) -> None:
    assert totp.code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == code


@given(at=st.integers(min_value=120, max_value=4_000_000_000), off=st.integers(min_value=-3, max_value=3))
@settings(max_examples=60)
def test_a_code_is_good_for_one_step_before_and_after(at: int, off: int) -> None:
    secret = totp.new_secret()
    shown = totp.code(secret, at + 30 * off)
    near = {totp.code(secret, at + 30 * each) for each in (-1, 0, 1)}
    step = totp.matching_step(secret, shown, at, -1)
    assert (step is not None) is (shown in near)
    assert step is None or totp.matching_step(secret, shown, at, at // 30 + 1) is None
