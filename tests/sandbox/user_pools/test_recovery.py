"""A forgotten password, and a password that is changed."""

from sandbox.user_pools.app import EMAIL, PASSWORD, App, code_for, refusal, wrong

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock, outbox

NEW = "Battery-staple-8"
WRONG = "NotAuthorizedException: Incorrect username or password."
MISMATCH = "CodeMismatchException: Invalid verification code provided, please try again."
EXPIRED = "ExpiredCodeException: Invalid code provided, please request a code again."


def forget(app: App, name: str = EMAIL) -> dict[str, str]:
    return app.idp.forgot_password(ClientId=app.client, Username=name)["CodeDeliveryDetails"]


def reset(app: App, code: str, password: str = NEW, name: str = EMAIL) -> None:
    app.idp.confirm_forgot_password(ClientId=app.client, Username=name, ConfirmationCode=code, Password=password)


def test_the_code_sets_a_new_password_and_ends_the_old(app: App) -> None:
    app.register()
    assert forget(app)["Destination"] == "a***@e***"
    reset(app, code_for(EMAIL))
    assert app.srp(NEW).authenticate_user()["AuthenticationResult"]["TokenType"] == "Bearer"
    assert refusal(app.srp(PASSWORD).authenticate_user) == WRONG


def test_a_wrong_used_or_old_code_sets_nothing(app: App) -> None:
    app.register()
    forget(app)
    code = code_for(EMAIL)
    assert refusal(lambda: reset(app, wrong(code))) == MISMATCH
    with clock.later(3_601):
        assert refusal(lambda: reset(app, code)) == EXPIRED
    reset(app, code)
    assert refusal(lambda: reset(app, code)) == EXPIRED


def test_a_weak_new_password_does_not_use_up_the_code(app: App) -> None:
    app.register()
    forget(app)
    expected = "InvalidPasswordException: Password did not conform with policy: Password not long enough"
    assert refusal(lambda: reset(app, code_for(EMAIL), "Ab-1")) == expected
    reset(app, code_for(EMAIL))


def test_a_new_password_ends_the_tokens_of_the_old(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    forget(app)
    reset(app, code_for(EMAIL))
    expected = "NotAuthorizedException: Access Token has been revoked"
    assert refusal(lambda: app.idp.get_user(AccessToken=token)) == expected


def test_an_unverified_address_gets_no_code(app: App) -> None:
    app.sign_up()
    reason = "Cannot reset password for the user as there is no registered/verified email or phone_number"
    assert refusal(lambda: forget(app)) == f"InvalidParameterException: {reason}"


def test_a_pool_may_leave_recovery_to_administrators(clients: Connection) -> None:
    mechanisms = [{"Name": "admin_only", "Priority": 1}]
    app = App.made(clients, AccountRecoverySetting={"RecoveryMechanisms": mechanisms})
    app.register()
    expected = "NotAuthorizedException: Contact administrator to reset password."
    assert refusal(lambda: forget(app)) == expected


def test_whoever_does_not_exist_seems_to_recover(app: App) -> None:
    assert forget(app, "nobody@example.com")["Destination"] == "n***@e***"
    assert outbox.messages() == []
    assert refusal(lambda: reset(app, "123456", name="nobody@example.com")) == MISMATCH


def test_a_password_is_changed_by_whoever_knows_the_old_one(app: App) -> None:
    app.register()
    token = app.tokens()["AccessToken"]
    change = app.idp.change_password
    guess = refusal(lambda: change(AccessToken=token, PreviousPassword="Wrong-horse-7", ProposedPassword=NEW))
    change(AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=NEW)
    assert guess == WRONG
    assert app.by_password(NEW)["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_remembered_password_is_not_taken_again(clients: Connection) -> None:
    policy = {"MinimumLength": 8, "PasswordHistorySize": 2}
    app = App.made(clients, Policies={"PasswordPolicy": policy})
    app.register()
    token = app.tokens()["AccessToken"]
    change = app.idp.change_password
    change(AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=NEW)
    expected = "PasswordHistoryPolicyViolationException: "
    expected += "Password has previously been used, please choose a different password."
    again = refusal(lambda: change(AccessToken=token, PreviousPassword=NEW, ProposedPassword=PASSWORD))
    assert again == expected


def test_five_wrong_passwords_lock_out_and_longer_each_time(app: App) -> None:
    app.register()
    locked = "NotAuthorizedException: Password attempts exceeded"
    assert [refusal(lambda: app.by_password("Wrong-horse-7")) for _ in range(5)] == [WRONG] * 5
    assert refusal(app.by_password) == locked
    assert refusal(app.srp().authenticate_user) == locked
    clock.move(1.1)
    assert refusal(lambda: app.by_password("Wrong-horse-7")) == WRONG
    clock.move(1.1)
    assert refusal(app.by_password) == locked
    clock.move(1)
    assert app.by_password()["AuthenticationResult"]["TokenType"] == "Bearer"


def test_an_administrators_reset_asks_for_a_new_password(app: App) -> None:
    app.register()
    app.idp.admin_reset_user_password(UserPoolId=app.pool, Username=EMAIL)
    expected = "PasswordResetRequiredException: Password reset required for the user"
    assert refusal(app.srp().authenticate_user) == expected
    reset(app, code_for(EMAIL))
    assert app.status() == "CONFIRMED"
