"""A user's attributes: read, changed, verified, removed - and what stays as it is."""

import pytest
from sandbox.user_pools.app import EMAIL, PASSWORD, App, code_for, listed, refusal, wrong

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import outbox

OTHER = "ada.l@example.org"
SCHEMA = [
    {"Name": "plan", "AttributeDataType": "String", "Mutable": True},
    {"Name": "tenant", "AttributeDataType": "String", "Mutable": False},
    {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"}},
]
OWN = ["custom:plan", "custom:tenant", "custom:level"]


@pytest.fixture
def rich(clients: Connection) -> App:
    """An app whose client reads and writes custom attributes."""
    settings = {"ReadAttributes": ["email", *OWN], "WriteAttributes": ["email", "name", *OWN]}
    return App.made(clients, settings, Schema=SCHEMA)


def update(app: App, token: str, **attributes: str) -> list[dict[str, str]]:
    named = listed({key.replace("__", ":"): value for key, value in attributes.items()})
    answer = app.idp.update_user_attributes(AccessToken=token, UserAttributes=named)
    return answer["CodeDeliveryDetailsList"]


def test_a_client_reads_only_what_it_may(rich: App) -> None:
    rich.register(custom__plan="gold", name="Ada")
    user = rich.idp.get_user(AccessToken=rich.tokens()["AccessToken"])
    read = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert read == {"email": EMAIL, "custom:plan": "gold", "sub": user["Username"]}


def test_an_immutable_attribute_stays(rich: App) -> None:
    rich.register(custom__tenant="one")
    token = rich.tokens()["AccessToken"]
    expected = "InvalidParameterException: user.custom:tenant: Attribute cannot be updated.\n"
    assert refusal(lambda: update(rich, token, custom__tenant="two")) == expected
    given = {"UserPoolId": rich.pool, "Username": EMAIL, "UserAttributes": listed({"custom:tenant": "two"})}
    assert refusal(lambda: rich.idp.admin_update_user_attributes(**given)) == expected
    assert rich.attributes()["custom:tenant"] == "one"


def test_a_number_is_held_to_its_limits(rich: App) -> None:
    rich.register()
    token = rich.tokens()["AccessToken"]
    expected = "InvalidParameterException: Attributes did not conform to the schema: custom:level: "
    assert refusal(lambda: update(rich, token, custom__level="10")) == expected + "Number must be no greater than 9\n"
    assert refusal(lambda: update(rich, token, custom__level="x")) == expected + "The attribute must be a Number\n"
    update(rich, token, custom__level="9")
    assert rich.attributes()["custom:level"] == "9"


def test_a_changed_address_is_unverified_until_its_code_comes_back(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    (sent,) = update(app, token, email=OTHER)
    before = app.attributes(OTHER)["email_verified"]
    app.idp.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code_for(OTHER))
    assert sent["Destination"] == "a***@e***"
    assert (before, app.attributes(OTHER)["email_verified"]) == ("false", "true")


def test_an_address_can_wait_for_its_code(clients: Connection) -> None:
    settings = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    app = App.made(clients, UserAttributeUpdateSettings=settings)
    app.register()
    token = app.tokens()["AccessToken"]
    update(app, token, email=OTHER)
    assert app.attributes()["email"] == EMAIL
    app.idp.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code_for(OTHER))
    assert app.attributes(OTHER)["email"] == OTHER


def test_a_wrong_code_verifies_nothing(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    update(app, token, email=OTHER)
    expected = "CodeMismatchException: Invalid verification code provided, please try again."
    guess = wrong(code_for(OTHER))
    given = {"AccessToken": token, "AttributeName": "email", "Code": guess}
    assert refusal(lambda: app.idp.verify_user_attribute(**given)) == expected


def test_an_old_addresss_code_does_not_verify_the_new_one(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    code = code_for(EMAIL)
    given = {"UserPoolId": app.pool, "Username": EMAIL, "UserAttributes": listed({"email": OTHER})}
    app.idp.admin_update_user_attributes(**given)
    outcome = refusal(
        lambda: app.idp.verify_user_attribute(AccessToken=token, AttributeName="email", Code=wrong(code_for(OTHER)))
    )
    assert outcome.startswith("CodeMismatchException")
    assert app.attributes(OTHER)["email_verified"] == "false"
    if code != code_for(OTHER):
        old = {"AccessToken": token, "AttributeName": "email", "Code": code}
        assert refusal(lambda: app.idp.verify_user_attribute(**old)).startswith("CodeMismatchException")


def test_somebody_elses_address_is_not_taken(app: App) -> None:
    app.register()
    app.register(OTHER)
    token = app.tokens()["AccessToken"]
    expected = "AliasExistsException: An account with the given email already exists."
    assert refusal(lambda: update(app, token, email=OTHER)) == expected


def test_verification_is_not_a_clients_to_say(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    expected = "NotAuthorizedException: A client attempted to write unauthorized attribute"
    assert refusal(lambda: update(app, token, email_verified="true")) == expected


def test_attributes_are_removed_unless_they_must_stay(rich: App) -> None:
    rich.register(name="Ada", custom__tenant="one")
    token = rich.tokens()["AccessToken"]
    rich.idp.delete_user_attributes(AccessToken=token, UserAttributeNames=["name"])
    expected = "InvalidParameterException: Invalid user attributes: "
    expected += "user.custom:tenant: Attribute cannot be deleted.\n"
    given = {"AccessToken": token, "UserAttributeNames": ["custom:tenant"]}
    assert refusal(lambda: rich.idp.delete_user_attributes(**given)) == expected
    assert "name" not in rich.attributes()


def test_a_user_who_leaves_is_gone_with_all_tokens(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    app.idp.delete_user(AccessToken=token)
    assert refusal(lambda: app.idp.get_user(AccessToken=token)).startswith("NotAuthorizedException")
    assert refusal(lambda: app.by_password(PASSWORD)) == "NotAuthorizedException: Incorrect username or password."
    outbox.clear()
    app.sign_up()
    assert app.status() == "UNCONFIRMED"
