"""Lambda triggers: the documented events, what their answers do, and how their failures are told."""

from typing import Any

import pytest
from sandbox.user_pools.app import EMAIL, PASSWORD, PHONE, App, Json, Triggers, code_for, listed, refusal

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import functions, outbox
from pulumi_aws_sandbox.runtime.user_pools import tokens

WRONG = "NotAuthorizedException: Incorrect username or password."


def set_to(name: str, **values: Any) -> Any:  # noqa: ANN401 - a handler of any response
    """Return a handler that answers with values."""

    def handle(event: Json) -> Json:
        assert event["triggerSource"].startswith(name)
        return event | {"response": event["response"] | values}

    return handle


def failing(kind: str, message: str) -> Any:  # noqa: ANN401 - a handler that never answers
    def handle(_: Json) -> Json:
        raise functions.FunctionFailedError(kind, message)

    return handle


def test_pre_sign_up_sees_the_sign_up_and_may_confirm_it(clients: Connection, triggers: Triggers) -> None:
    arn = triggers.arn("pre", set_to("PreSignUp_SignUp", autoConfirmUser=True, autoVerifyEmail=True))
    app = App.made(clients, LambdaConfig={"PreSignUp": arn})
    answer = app.idp.sign_up(
        ClientId=app.client,
        Username=EMAIL,
        Password=PASSWORD,
        UserAttributes=listed({"name": "Ada"}),
        ValidationData=listed({"captcha": "seen"}),
        ClientMetadata={"campaign": "spring"},
    )
    assert answer["UserConfirmed"] is True
    assert app.attributes()["email_verified"] == "true"
    assert outbox.messages() == []
    assert triggers.events == [
        {
            "version": "1",
            "region": "eu-west-1",
            "userPoolId": app.pool,
            "userName": answer["UserSub"],
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client},
            "triggerSource": "PreSignUp_SignUp",
            "request": {
                "userAttributes": {"name": "Ada", "email": EMAIL},
                "validationData": {"captcha": "seen"},
                "clientMetadata": {"campaign": "spring"},
            },
            "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
        }
    ]
    pool_arn = f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{app.pool}"
    (call,) = triggers.calls
    assert call == {
        "region": "eu-west-1",
        "function": arn,
        "as_service": "cognito-idp.amazonaws.com",
        "source_arn": pool_arn,
    }


@pytest.mark.parametrize(
    ("kind", "message", "expected"),
    [
        ("ValueError", "No robots", "UserLambdaValidationException: PreSignUp failed with error No robots."),
        (
            "Sandbox.Timedout",
            "Task timed out after 3.00 seconds",
            "UnexpectedLambdaException: PreSignUp failed with error Task timed out after 3.00 seconds.",
        ),
        (
            "AccessDeniedException",
            "no policy",
            "UnexpectedLambdaException: PreSignUp invocation failed due to error AccessDeniedException.",
        ),
    ],
)
def test_a_failed_trigger_stops_the_sign_up(
    clients: Connection, triggers: Triggers, kind: str, message: str, expected: str
) -> None:
    app = App.made(clients, LambdaConfig={"PreSignUp": triggers.arn("pre", failing(kind, message))})
    assert refusal(app.sign_up) == expected
    assert app.idp.list_users(UserPoolId=app.pool)["Users"] == []


@pytest.mark.parametrize("answer", [{"nothing": 1}, "text", ["list"], {"response": "text"}])
def test_an_answer_that_is_no_event_is_told(clients: Connection, triggers: Triggers, answer: object) -> None:
    app = App.made(clients, LambdaConfig={"PreSignUp": triggers.arn("pre", lambda _: answer)})
    assert refusal(app.sign_up) == "InvalidLambdaResponseException: Unrecognizable lambda output"


def test_post_confirmation_runs_once_confirmed(clients: Connection, triggers: Triggers) -> None:
    arn = triggers.arn("post", lambda event: event)
    app = App.made(clients, LambdaConfig={"PostConfirmation": arn})
    app.sign_up()
    app.idp.confirm_sign_up(
        ClientId=app.client, Username=EMAIL, ConfirmationCode=code_for(EMAIL), ClientMetadata={"from": "app"}
    )
    (event,) = triggers.events
    sub = app.attributes()["sub"]
    assert (event["triggerSource"], event["response"]) == ("PostConfirmation_ConfirmSignUp", {})
    assert event["request"] == {
        "userAttributes": {
            "sub": sub,
            "email": EMAIL,
            "email_verified": "true",
            "cognito:user_status": "CONFIRMED",
        },
        "clientMetadata": {"from": "app"},
    }


def test_before_and_after_signing_in(clients: Connection, triggers: Triggers) -> None:
    arn = triggers.arn("auth", lambda event: event)
    app = App.made(clients, LambdaConfig={"PreAuthentication": arn, "PostAuthentication": arn})
    app.register()
    app.by_password(ClientMetadata={"device": "phone"})
    before, after = triggers.events
    assert before["triggerSource"] == "PreAuthentication_Authentication"
    assert (before["request"]["validationData"], before["request"]["userNotFound"]) == ({"device": "phone"}, False)
    assert after["triggerSource"] == "PostAuthentication_Authentication"
    assert (after["request"]["newDeviceUsed"], after["request"]["clientMetadata"]) == (False, {})


def test_pre_authentication_turns_away(clients: Connection, triggers: Triggers) -> None:
    arn = triggers.arn("auth", failing("Exception", "Closed for the night"))
    app = App.made(clients, LambdaConfig={"PreAuthentication": arn})
    app.register()
    expected = "UserLambdaValidationException: PreAuthentication failed with error Closed for the night."
    assert refusal(app.by_password) == expected


def test_the_first_version_of_pre_token_changes_the_id_token(clients: Connection, triggers: Triggers) -> None:
    details = {
        "claimsToAddOrOverride": {"tenant": "one", "sub": "forged", "email": "other@example.com"},
        "claimsToSuppress": ["email_verified", "iss"],
        "groupOverrideDetails": {"groupsToOverride": ["vip"], "iamRolesToOverride": [], "preferredRole": None},
    }
    arn = triggers.arn("token", set_to("TokenGeneration_Authentication", claimsOverrideDetails=details))
    app = App.made(clients, LambdaConfig={"PreTokenGeneration": arn})
    app.register()
    issued = app.tokens()
    identity = tokens.verified_claims(issued["IdToken"], use="id")
    access = tokens.verified_claims(issued["AccessToken"], use="access")
    assert (identity["tenant"], identity["email"], identity["cognito:groups"]) == ("one", "other@example.com", ["vip"])
    assert identity["sub"] == app.attributes()["sub"]
    assert "email_verified" not in identity
    assert "tenant" not in access
    (event,) = triggers.events
    assert event["version"] == "1"
    assert event["request"]["groupConfiguration"] == {
        "groupsToOverride": [],
        "iamRolesToOverride": [],
        "preferredRole": None,
    }


def test_the_second_version_changes_the_access_token_too(clients: Connection, triggers: Triggers) -> None:
    details = {
        "idTokenGeneration": {"claimsToAddOrOverride": {"plan": {"name": "gold"}}, "claimsToSuppress": ["email"]},
        "accessTokenGeneration": {
            "claimsToAddOrOverride": {"tenant": 7, "client_id": "forged"},
            "scopesToAdd": ["orders/read"],
            "scopesToSuppress": ["aws.cognito.signin.user.admin"],
        },
    }
    arn = triggers.arn("token", set_to("TokenGeneration_", claimsAndScopeOverrideDetails=details))
    app = App.made(clients, LambdaConfig={"PreTokenGenerationConfig": {"LambdaArn": arn, "LambdaVersion": "V2_0"}})
    app.register()
    issued = app.tokens()
    identity = tokens.verified_claims(issued["IdToken"], use="id")
    access = tokens.verified_claims(issued["AccessToken"], use="access")
    assert (identity["plan"], "email" in identity) == ({"name": "gold"}, False)
    assert (access["tenant"], access["scope"], access["client_id"]) == (7, "orders/read", app.client)
    scopes = "NotAuthorizedException: Access Token does not have required scopes"
    assert refusal(lambda: app.idp.get_user(AccessToken=issued["AccessToken"])) == scopes
    assert (triggers.events[0]["version"], triggers.events[0]["request"]["scopes"]) == (
        "2",
        ["aws.cognito.signin.user.admin"],
    )


def test_a_refresh_asks_pre_token_again(clients: Connection, triggers: Triggers) -> None:
    arn = triggers.arn("token", lambda event: event)
    app = App.made(clients, LambdaConfig={"PreTokenGeneration": arn})
    app.register()
    app.initiate("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": app.tokens()["RefreshToken"]})
    sources = [event["triggerSource"] for event in triggers.events]
    assert sources == ["TokenGeneration_Authentication", "TokenGeneration_RefreshTokens"]


def test_custom_message_writes_the_words(clients: Connection, triggers: Triggers) -> None:
    def handle(event: Json) -> Json:
        code = event["request"]["codeParameter"]
        words = {"emailSubject": "Hi", "emailMessage": f"Dear friend, {code}", "smsMessage": None}
        return event | {"response": words}

    app = App.made(clients, LambdaConfig={"CustomMessage": triggers.arn("words", handle)})
    app.sign_up()
    (message,) = outbox.messages(EMAIL)
    assert (message.subject, message.body) == ("Hi", f"Dear friend, {code_for(EMAIL)}")
    (event,) = triggers.events
    assert event["triggerSource"] == "CustomMessage_SignUp"
    assert (event["request"]["codeParameter"], event["request"]["usernameParameter"]) == ("{####}", None)


def test_each_occasion_of_a_message_has_its_source(clients: Connection, triggers: Triggers) -> None:
    app = App.made(clients, LambdaConfig={"CustomMessage": triggers.arn("words", lambda event: event)})
    app.sign_up()
    app.idp.resend_confirmation_code(ClientId=app.client, Username=EMAIL)
    app.confirm(code_for(EMAIL))
    app.idp.forgot_password(ClientId=app.client, Username=EMAIL)
    token = app.tokens()["AccessToken"]
    app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    app.idp.update_user_attributes(AccessToken=token, UserAttributes=listed({"email": "ada.l@example.org"}))
    app.idp.admin_create_user(UserPoolId=app.pool, Username="eve@example.com")
    assert [event["triggerSource"].removeprefix("CustomMessage_") for event in triggers.events] == [
        "SignUp",
        "ResendCode",
        "ForgotPassword",
        "VerifyUserAttribute",
        "UpdateUserAttribute",
        "AdminCreateUser",
    ]
    assert triggers.events[-1]["request"]["usernameParameter"] == "{username}"
    assert triggers.events[-1]["callerContext"]["clientId"] == "CLIENT_ID_NOT_APPLICABLE"


def migrating(event: Json) -> Json:
    """Let one user in from elsewhere."""
    if event["request"]["password"] not in {PASSWORD, None}:
        failing("Exception", "Bad password")(event)
    attributes = {"email": EMAIL, "email_verified": "true"}
    return event | {"response": {"userAttributes": attributes, "finalUserStatus": "CONFIRMED"}}


def test_a_user_moves_in_at_the_first_sign_in(clients: Connection, triggers: Triggers) -> None:
    app = App.made(clients, LambdaConfig={"UserMigration": triggers.arn("move", migrating)})
    assert refusal(lambda: app.by_password("Wrong-horse-7")) == WRONG
    assert app.by_password()["AuthenticationResult"]["TokenType"] == "Bearer"
    assert app.srp().authenticate_user()["AuthenticationResult"]["TokenType"] == "Bearer"
    (_, event) = triggers.events
    assert (event["triggerSource"], event["userName"]) == ("UserMigration_Authentication", EMAIL)
    assert event["request"] == {"password": PASSWORD, "validationData": None, "clientMetadata": {}}


def test_a_user_moves_in_with_a_forgotten_password(clients: Connection, triggers: Triggers) -> None:
    app = App.made(clients, LambdaConfig={"UserMigration": triggers.arn("move", migrating)})
    app.idp.forgot_password(ClientId=app.client, Username=EMAIL)
    new = "Battery-staple-8"
    app.idp.confirm_forgot_password(ClientId=app.client, Username=EMAIL, ConfirmationCode=code_for(EMAIL), Password=new)
    assert app.by_password(new)["AuthenticationResult"]["TokenType"] == "Bearer"
    assert triggers.events[0]["triggerSource"] == "UserMigration_ForgotPassword"


def test_srp_moves_nobody_in(clients: Connection, triggers: Triggers) -> None:
    app = App.made(clients, LambdaConfig={"UserMigration": triggers.arn("move", migrating)})
    assert refusal(app.srp().authenticate_user) == WRONG
    assert triggers.events == []


def test_a_verified_phone_needs_a_phone(clients: Connection, triggers: Triggers) -> None:
    arn = triggers.arn("pre", set_to("PreSignUp", autoVerifyPhone=True))
    app = App.made(clients, LambdaConfig={"PreSignUp": arn})
    expected = "InvalidLambdaResponseException: Unrecognizable lambda output: "
    assert refusal(app.sign_up) == expected + "autoVerifyPhone needs the attribute phone_number"
    app.sign_up(phone_number=PHONE)
    assert app.attributes()["phone_number_verified"] == "true"
