"""Which flows a client may use, and the flow in which the user chooses."""

import pytest
from sandbox.user_pools.app import ALL_FLOWS, EMAIL, PASSWORD, PHONE, App, code_for, listed, refusal, sms, wrong

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import outbox

WRONG = "NotAuthorizedException: Incorrect username or password."
CREDENTIALS = {"USERNAME": EMAIL, "PASSWORD": PASSWORD}


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"),
        ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
        ("CUSTOM_AUTH", "CUSTOM_AUTH flow not enabled for this client"),
        ("USER_AUTH", "USER_AUTH flow not enabled for this client"),
        ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH flow not enabled for this client"),
    ],
)
def test_a_flow_that_the_client_lacks_is_refused(app: App, flow: str, message: str) -> None:
    app.register()
    others = [name for name in ALL_FLOWS if name != f"ALLOW_{flow}"]
    narrow = app.another_client(ExplicitAuthFlows=others)
    given = {**CREDENTIALS, "SRP_A": "abc", "REFRESH_TOKEN": "abc"}
    assert refusal(lambda: narrow.initiate(flow, given)) == f"InvalidParameterException: {message}"


def test_an_administrators_flow_is_not_for_clients(app: App) -> None:
    expected = "InvalidParameterException: Initiate Auth method not supported."
    assert refusal(lambda: app.initiate("ADMIN_USER_PASSWORD_AUTH", CREDENTIALS)) == expected


def test_a_wrong_password_and_an_unknown_user_are_told_alike(app: App) -> None:
    app.register()
    assert refusal(lambda: app.by_password("Wrong-horse-7")) == WRONG
    assert refusal(lambda: app.by_password(name="nobody@example.com")) == WRONG


def test_an_unknown_client_is_refused(app: App) -> None:
    app.client = "nosuchclient"
    expected = "ResourceNotFoundException: User pool client nosuchclient does not exist."
    assert refusal(app.by_password) == expected


@pytest.fixture
def choosing(clients: Connection) -> App:
    """An app whose users may begin with a one-time code."""
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]}}
    return App.made(clients, Policies=policies, SmsConfiguration=sms(clients))


def test_a_user_chooses_among_what_pool_and_account_have(choosing: App) -> None:
    choosing.register()
    asked = choosing.initiate("USER_AUTH", {"USERNAME": EMAIL})
    assert asked["ChallengeName"] == "SELECT_CHALLENGE"
    assert asked["AvailableChallenges"] == ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]
    sent = choosing.respond(asked, ANSWER="EMAIL_OTP")
    assert refusal(lambda: choosing.respond(sent, EMAIL_OTP_CODE=wrong(code_for(EMAIL)))).startswith("CodeMismatch")
    result = choosing.respond(sent, EMAIL_OTP_CODE=code_for(EMAIL))
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_preferred_one_time_code_is_sent_at_once(choosing: App) -> None:
    choosing.register(phone_number=PHONE)
    verified = listed({"phone_number_verified": "true"})
    choosing.idp.admin_update_user_attributes(UserPoolId=choosing.pool, Username=EMAIL, UserAttributes=verified)
    asked = choosing.initiate("USER_AUTH", {"USERNAME": EMAIL, "PREFERRED_CHALLENGE": "SMS_OTP"})
    assert asked["ChallengeName"] == "SMS_OTP"
    result = choosing.respond(asked, SMS_OTP_CODE=code_for(PHONE))
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_password_is_a_choice_too(choosing: App) -> None:
    choosing.register()
    at_once = choosing.initiate("USER_AUTH", {**CREDENTIALS, "PREFERRED_CHALLENGE": "PASSWORD"})
    asked = choosing.initiate("USER_AUTH", {"USERNAME": EMAIL})
    chosen = choosing.respond(asked, ANSWER="PASSWORD", PASSWORD=PASSWORD)
    again = choosing.initiate("USER_AUTH", {"USERNAME": EMAIL})
    assert at_once["AuthenticationResult"]["TokenType"] == "Bearer"
    assert chosen["AuthenticationResult"]["TokenType"] == "Bearer"
    assert refusal(lambda: choosing.respond(again, ANSWER="PASSWORD", PASSWORD="Wrong-horse-7")) == WRONG


def test_srp_is_a_choice_too(choosing: App) -> None:
    choosing.register()
    helper = choosing.srp()
    asked = choosing.initiate("USER_AUTH", {**helper.get_auth_params(), "PREFERRED_CHALLENGE": "PASSWORD_SRP"})
    answers = helper.process_challenge(asked["ChallengeParameters"], helper.get_auth_params())
    given = {"ClientId": choosing.client, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": answers}
    result = choosing.idp.respond_to_auth_challenge(**given, Session=asked["Session"])
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_pool_without_one_time_codes_offers_none(app: App) -> None:
    app.register()
    asked = app.initiate("USER_AUTH", {"USERNAME": EMAIL, "PREFERRED_CHALLENGE": "EMAIL_OTP"})
    assert (asked["ChallengeName"], asked["AvailableChallenges"]) == ("SELECT_CHALLENGE", ["PASSWORD_SRP", "PASSWORD"])
    expected = "InvalidParameterException: Selected challenge is not available"
    assert refusal(lambda: app.respond(asked, ANSWER="EMAIL_OTP")) == expected


def test_whoever_does_not_exist_seems_to_get_a_one_time_code(choosing: App) -> None:
    name = "nobody@example.com"
    asked = choosing.initiate("USER_AUTH", {"USERNAME": name, "PREFERRED_CHALLENGE": "EMAIL_OTP"})
    assert asked["ChallengeName"] == "EMAIL_OTP"
    assert outbox.messages() == []
    assert refusal(lambda: choosing.respond(asked, name, EMAIL_OTP_CODE="123456")).startswith("CodeMismatchException")


def test_passkeys_are_refused_with_what_is_missing(choosing: App) -> None:
    choosing.register()
    expected = "UnsupportedOperationException: "
    expected += "the sandbox has no passkeys: it does not register or verify WebAuthn credentials"
    preferred = {"USERNAME": EMAIL, "PREFERRED_CHALLENGE": "WEB_AUTHN"}
    token = choosing.tokens()["AccessToken"]
    assert refusal(lambda: choosing.initiate("USER_AUTH", preferred)) == expected
    assert refusal(lambda: choosing.idp.start_web_authn_registration(AccessToken=token)) == expected


def test_a_user_without_a_password_signs_up_where_codes_are_enough(choosing: App, app: App) -> None:
    given = {"Username": EMAIL}
    choosing.idp.sign_up(ClientId=choosing.client, **given)
    choosing.confirm(code_for(EMAIL))
    asked = choosing.initiate("USER_AUTH", {"USERNAME": EMAIL, "PREFERRED_CHALLENGE": "EMAIL_OTP"})
    result = choosing.respond(asked, EMAIL_OTP_CODE=code_for(EMAIL))
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"
    assert refusal(lambda: choosing.by_password(PASSWORD)) == WRONG
    assert refusal(lambda: app.idp.sign_up(ClientId=app.client, **given)).startswith("InvalidPasswordException")
