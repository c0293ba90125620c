"""Registration: the code in the outbox, confirmation, duplicates, aliases, and what is refused."""

from sandbox.user_pools.app import EMAIL, PASSWORD, PHONE, App, code_for, listed, refusal, sms, wrong

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock, outbox

DAY = 86_400
TAKEN = "UsernameExistsException: An account with the given email already exists."
MISMATCH = "CodeMismatchException: Invalid verification code provided, please try again."
EXPIRED = "ExpiredCodeException: Invalid code provided, please request a code again."
LIMIT = "LimitExceededException: Attempt limit exceeded, please try after some time."


def test_a_sign_up_is_confirmed_by_the_code_in_the_outbox(app: App) -> None:
    answer = app.sign_up()
    app.confirm(code_for(EMAIL))
    assert answer["UserConfirmed"] is False
    assert answer["CodeDeliveryDetails"] == {
        "Destination": "a***@e***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }
    assert app.status() == "CONFIRMED"
    assert app.attributes()["email_verified"] == "true"


def test_the_message_is_the_pools_own_template(clients: Connection) -> None:
    template = {"EmailSubject": "Welcome", "EmailMessage": "Hello, {####} is it."}
    app = App.made(clients, VerificationMessageTemplate=template)
    app.sign_up()
    (message,) = outbox.messages(EMAIL)
    assert (message.kind, message.subject, message.sender) == ("email", "Welcome", "no-reply@verificationemail.com")
    assert message.body == f"Hello, {code_for(EMAIL)} is it."


def test_a_phone_number_gets_its_code_by_sms(clients: Connection) -> None:
    app = App.made(
        clients,
        UsernameAttributes=["phone_number"],
        AutoVerifiedAttributes=["phone_number"],
        SmsConfiguration=sms(clients),
    )
    app.sign_up(PHONE)
    app.confirm(code_for(PHONE), PHONE)
    assert outbox.messages(PHONE)[0].kind == "sms"
    assert app.attributes(PHONE)["phone_number_verified"] == "true"


def test_a_wrong_code_confirms_nothing(app: App) -> None:
    app.sign_up()
    assert refusal(lambda: app.confirm(wrong(code_for(EMAIL)))) == MISMATCH
    assert app.status() == "UNCONFIRMED"


def test_a_code_expires_after_a_day(app: App) -> None:
    app.sign_up()
    code = code_for(EMAIL)
    with clock.later(DAY + 1):
        assert refusal(lambda: app.confirm(code)) == EXPIRED


def test_a_code_works_once(app: App) -> None:
    app.sign_up()
    code = code_for(EMAIL)
    app.confirm(code)
    expected = "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED"
    assert refusal(lambda: app.confirm(code)) == expected


def test_the_sixth_wrong_code_in_an_hour_is_one_too_many(app: App) -> None:
    app.sign_up()
    code = code_for(EMAIL)
    answers = [refusal(lambda: app.confirm(wrong(code))) for _ in range(6)]
    assert answers == [MISMATCH] * 5 + [LIMIT]
    assert refusal(lambda: app.confirm(code)) == LIMIT


def test_a_resent_code_replaces_the_first(app: App) -> None:
    app.sign_up()
    first = code_for(EMAIL)
    app.idp.resend_confirmation_code(ClientId=app.client, Username=EMAIL)
    second = code_for(EMAIL)
    if first != second:
        assert refusal(lambda: app.confirm(first)) == MISMATCH
    app.confirm(second)


def test_codes_are_not_sent_without_end(app: App) -> None:
    app.sign_up()
    for _ in range(4):
        app.idp.resend_confirmation_code(ClientId=app.client, Username=EMAIL)
    assert refusal(lambda: app.idp.resend_confirmation_code(ClientId=app.client, Username=EMAIL)) == LIMIT


def test_an_address_signs_up_once_whatever_its_case(app: App) -> None:
    app.sign_up()
    assert refusal(lambda: app.sign_up(EMAIL.upper())) == TAKEN


def test_a_name_must_be_an_address_where_the_pool_says_so(app: App) -> None:
    assert refusal(lambda: app.sign_up("ada")) == "InvalidParameterException: Username should be an email."


def test_a_weak_password_is_refused_with_the_rule_it_breaks(app: App) -> None:
    expected = "InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters"
    assert refusal(lambda: app.sign_up(password="no-capitals-7")) == expected


def test_a_required_attribute_must_be_given(clients: Connection) -> None:
    schema = [{"Name": "name", "AttributeDataType": "String", "Required": True, "Mutable": True}]
    app = App.made(clients, Schema=schema)
    expected = "InvalidParameterException: Attributes did not conform to the schema: name: The attribute is required\n"
    assert refusal(app.sign_up) == expected


def test_custom_attributes_are_held_to_their_constraints(clients: Connection) -> None:
    limits = {"MinLength": "2", "MaxLength": "4"}
    schema = [{"Name": "plan", "AttributeDataType": "String", "StringAttributeConstraints": limits}]
    app = App.made(clients, {"WriteAttributes": ["email", "custom:plan"]}, Schema=schema)
    expected = "InvalidParameterException: Attributes did not conform to the schema: "
    longer = "custom:plan: String must be no longer than 4 characters\n"
    assert refusal(lambda: app.sign_up(custom__plan="golden")) == expected + longer
    unknown = "custom:other: Attribute does not exist in the schema.\n"
    assert refusal(lambda: app.sign_up(custom__other="x")) == expected + unknown


def test_a_client_writes_only_what_it_may(clients: Connection) -> None:
    schema = [{"Name": "plan", "AttributeDataType": "String"}]
    app = App.made(clients, Schema=schema)
    expected = "NotAuthorizedException: A client attempted to write unauthorized attribute"
    assert refusal(lambda: app.sign_up(custom__plan="gold")) == expected
    assert refusal(lambda: app.sign_up(email_verified="true")) == expected


def test_a_pool_for_administrators_takes_no_sign_ups(clients: Connection) -> None:
    app = App.made(clients, AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    assert refusal(app.sign_up) == "NotAuthorizedException: SignUp is not permitted for this user pool"


def test_an_alias_belongs_to_whoever_verified_it(clients: Connection) -> None:
    app = App.made(clients, UsernameAttributes=None, AliasAttributes=["email"])
    app.sign_up("ada", email=EMAIL)
    app.confirm(code_for(EMAIL), "ada")
    app.sign_up("eve", email=EMAIL)
    code = code_for(EMAIL)
    expected = "AliasExistsException: An account with the given email already exists."
    assert refusal(lambda: app.confirm(code, "eve")) == expected
    assert app.by_password()["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_forced_alias_moves_to_the_new_user(clients: Connection) -> None:
    app = App.made(clients, UsernameAttributes=None, AliasAttributes=["email"])
    app.sign_up("ada", email=EMAIL)
    app.confirm(code_for(EMAIL), "ada")
    app.sign_up("eve", email=EMAIL)
    refused = refusal(lambda: app.confirm(code_for(EMAIL), "eve"))
    app.idp.confirm_sign_up(
        ClientId=app.client, Username="eve", ConfirmationCode=code_for(EMAIL), ForceAliasCreation=True
    )
    assert refused.startswith("AliasExistsException")
    assert app.attributes("ada")["email_verified"] == "false"
    assert app.idp.admin_get_user(UserPoolId=app.pool, Username=EMAIL)["Username"] == "eve"


def test_nobody_takes_anothers_id_for_a_name(clients: Connection) -> None:
    app = App.made(clients, UsernameAttributes=None)
    sub = app.sign_up("ada", email=EMAIL)["UserSub"]
    assert refusal(lambda: app.sign_up(sub)) == "UsernameExistsException: User already exists"


def test_whoever_does_not_exist_seems_to_get_a_code(app: App) -> None:
    answer = app.idp.resend_confirmation_code(ClientId=app.client, Username="nobody@example.org")
    assert answer["CodeDeliveryDetails"]["Destination"] == "n***@e***"
    assert outbox.messages() == []
    assert refusal(lambda: app.confirm("123456", "nobody@example.org")) == MISMATCH


def test_a_client_with_a_secret_must_prove_it(clients: Connection) -> None:
    app = App.made(clients, secret=True)
    missing = f"NotAuthorizedException: Client {app.client} is configured with secret but SECRET_HASH was not received"
    assert refusal(app.sign_up) == missing
    given = {"ClientId": app.client, "Username": EMAIL, "Password": PASSWORD}
    expected = f"NotAuthorizedException: SecretHash does not match for the client: {app.client}"
    assert refusal(lambda: app.idp.sign_up(**given, SecretHash="c3VyZWx5IG5vdA==")) == expected
    proof = app.srp().get_secret_hash(EMAIL, app.client, app.secret)
    assert app.idp.sign_up(**given, SecretHash=proof)["UserConfirmed"] is False


def test_a_message_by_link_carries_the_code_in_its_link(clients: Connection) -> None:
    template = {"DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailMessageByLink": "Go {##here##}"}
    app = App.made(clients, VerificationMessageTemplate=template)
    app.sign_up()
    (message,) = outbox.messages(EMAIL)
    code = message.body.split("confirmation_code=")[1][:6]
    app.confirm(code)
    assert message.body.endswith('">here</a>')


def test_who_just_confirmed_is_let_in_by_that_session_once(app: App) -> None:
    app.sign_up()
    session = app.confirm(code_for(EMAIL))["Session"]
    signed_in = app.initiate("USER_AUTH", {"USERNAME": EMAIL}, Session=session)
    assert signed_in["AuthenticationResult"]["TokenType"] == "Bearer"
    again = refusal(lambda: app.initiate("USER_AUTH", {"USERNAME": EMAIL}, Session=session))
    assert again == "NotAuthorizedException: Invalid session for the user, session can only be used once."


def test_an_invalid_address_is_refused(app: App) -> None:
    app.register()
    given = {"UserPoolId": app.pool, "Username": EMAIL, "UserAttributes": listed({"phone_number": "12"})}
    expected = "InvalidParameterException: Invalid phone number format."
    assert refusal(lambda: app.idp.admin_update_user_attributes(**given)) == expected
