"""Users whom an administrator invites, resets, disables."""

import json
import re

from sandbox.user_pools.app import EMAIL, PASSWORD, App, listed, refusal

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock, outbox

WRONG = "NotAuthorizedException: Incorrect username or password."


def invited(app: App, **more: object) -> str:
    """Invite a user and return the temporary password from the outbox."""
    app.idp.admin_create_user(UserPoolId=app.pool, Username=EMAIL, **more)
    found = re.search(r"temporary password is (\S+)\. ", outbox.messages(EMAIL)[-1].body)
    assert found is not None
    return found[1]


def test_an_invited_user_signs_in_with_a_password_of_their_own(app: App) -> None:
    asked = app.by_password(invited(app))
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert json.loads(asked["ChallengeParameters"]["userAttributes"]) == {"email": EMAIL}
    result = app.respond(asked, NEW_PASSWORD=PASSWORD)
    assert result["AuthenticationResult"]["TokenType"] == "Bearer"
    assert app.status() == "CONFIRMED"
    assert app.srp().authenticate_user()["AuthenticationResult"]["TokenType"] == "Bearer"


def test_srp_leads_to_the_new_password_too(app: App) -> None:
    temporary = invited(app)
    tokens = app.srp(temporary).set_new_password_challenge(PASSWORD, client=app.idp)
    assert tokens["AuthenticationResult"]["TokenType"] == "Bearer"


def test_what_a_required_attribute_lacks_is_asked_for(clients: Connection) -> None:
    schema = [{"Name": "name", "AttributeDataType": "String", "Required": True, "Mutable": True}]
    app = App.made(clients, Schema=schema)
    asked = app.by_password(invited(app))
    assert json.loads(asked["ChallengeParameters"]["requiredAttributes"]) == ["userAttributes.name"]
    expected = "InvalidParameterException: Invalid attributes given, name is missing"
    assert refusal(lambda: app.respond(asked, NEW_PASSWORD=PASSWORD)) == expected
    app.respond(asked, NEW_PASSWORD=PASSWORD, **{"userAttributes.name": "Ada"})
    assert app.attributes()["name"] == "Ada"


def test_the_invitation_is_the_pools_own_template(clients: Connection) -> None:
    template = {"EmailSubject": "Join us", "EmailMessage": "{username} {####}", "SMSMessage": "{username} {####}"}
    app = App.made(clients, UsernameAttributes=None, AdminCreateUserConfig={"InviteMessageTemplate": template})
    app.idp.admin_create_user(
        UserPoolId=app.pool, Username="ada", UserAttributes=listed({"email": EMAIL}), TemporaryPassword=PASSWORD
    )
    (message,) = outbox.messages(EMAIL)
    assert (message.subject, message.body) == ("Join us", f"ada {PASSWORD}")


def test_a_suppressed_invitation_is_not_sent(app: App) -> None:
    app.idp.admin_create_user(UserPoolId=app.pool, Username=EMAIL, MessageAction="SUPPRESS")
    assert outbox.messages() == []


def test_a_repeated_invitation_has_a_new_password(app: App) -> None:
    first = invited(app)
    second = invited(app, MessageAction="RESEND")
    assert refusal(lambda: app.by_password(first)) == WRONG
    assert app.by_password(second)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_temporary_password_ends_after_its_days(clients: Connection) -> None:
    policy = {"MinimumLength": 8, "TemporaryPasswordValidityDays": 2}
    app = App.made(clients, Policies={"PasswordPolicy": policy})
    temporary = invited(app)
    clock.move(2 * 86_400 + 1)
    expected = "NotAuthorizedException: Temporary password has expired and must be reset by an administrator."
    assert refusal(lambda: app.by_password(temporary)) == expected


def test_a_disabled_user_is_out_at_once(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    app.idp.admin_disable_user(UserPoolId=app.pool, Username=EMAIL)
    assert refusal(app.by_password) == "NotAuthorizedException: User is disabled."
    assert refusal(lambda: app.by_password("Wrong-horse-7")) == WRONG
    revoked = "NotAuthorizedException: Access Token has been revoked"
    assert refusal(lambda: app.idp.get_user(AccessToken=token)) == revoked
    app.idp.admin_enable_user(UserPoolId=app.pool, Username=EMAIL)
    assert app.by_password()["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_permanent_password_confirms(app: App) -> None:
    app.idp.admin_create_user(UserPoolId=app.pool, Username=EMAIL)
    given = {"UserPoolId": app.pool, "Username": EMAIL, "Permanent": True}
    weak = refusal(lambda: app.idp.admin_set_user_password(**given, Password="weak"))
    app.idp.admin_set_user_password(**given, Password=PASSWORD)
    assert weak == "InvalidPasswordException: Password did not conform with policy: Password not long enough"
    assert app.status() == "CONFIRMED"


def test_an_administrator_signs_a_user_in_where_the_client_allows_it(app: App) -> None:
    app.register()
    given = {
        "UserPoolId": app.pool,
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": EMAIL, "PASSWORD": PASSWORD},
    }
    signed_in = app.idp.admin_initiate_auth(ClientId=app.client, **given)
    assert signed_in["AuthenticationResult"]["TokenType"] == "Bearer"
    narrow = app.another_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    expected = "InvalidParameterException: ADMIN_USER_PASSWORD_AUTH flow not enabled for this client"
    assert refusal(lambda: app.idp.admin_initiate_auth(ClientId=narrow.client, **given)) == expected
