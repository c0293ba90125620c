"""What an administrator does with users: create, look, confirm, reset, disable, sign out, delete."""

from pulumi_aws_sandbox.runtime.user_pools import (
    account,
    delivery,
    directory,
    passwords,
    recovery,
    schema,
    sign_up,
    tokens,
    triggers,
)
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool, User

_WAITING = "FORCE_CHANGE_PASSWORD"


def admin_create_user(call: Call) -> Json:
    """Answer AdminCreateUser."""
    pool = call.pool()
    password = call.given("TemporaryPassword")
    if password is not None:
        passwords.check_policy(pool, password)
    password = password or passwords.temporary(pool)
    user = _invited_again(pool, call) if call.given("MessageAction") == "RESEND" else _created(pool, call)
    passwords.keep(pool, user, password, temporary=True)
    if call.given("MessageAction") != "SUPPRESS":
        _invite(pool, user, password, call)
    return {"User": shown(user)}


def _created(pool: Pool, call: Call) -> User:
    given = schema.named(call.parameters.get("UserAttributes"))
    user = sign_up.new_user(pool, call.text("Username"), given, _WAITING, required=False)
    request = {
        "userAttributes": {name: value for name, value in user.attribute_lookup.items() if name != "sub"},
        "validationData": schema.named(call.parameters.get("ValidationData")) or None,
        "clientMetadata": call.metadata(),
    }
    occasion = triggers.Occasion(pool, None, "PreSignUp_AdminCreateUser", user.username)
    # What this trigger answers confirms nothing: the user must still choose a password.
    triggers.run(occasion, request, dict(sign_up.NEW))
    sign_up.add(pool, user, force=bool(call.parameters.get("ForceAliasCreation")))
    return user


def _invited_again(pool: Pool, call: Call) -> User:
    user = directory.require_user(pool, call.text("Username"))
    if user.status != _WAITING:
        refuse("UnsupportedUserStateException", "Resend not possible. User status is not FORCE_CHANGE_PASSWORD")
    return user


def _invite(pool: Pool, user: User, password: str, call: Call) -> None:
    mediums = call.parameters.get("DesiredDeliveryMediums") or ["SMS"]
    wanted = [{"SMS": "phone_number", "EMAIL": "email"}[medium] for medium in mediums]
    reachable = [attribute for attribute in wanted if user.attribute_lookup.get(attribute)]
    if not reachable and not call.parameters.get("DesiredDeliveryMediums"):
        reachable = [attribute for attribute in ("email",) if user.attribute_lookup.get(attribute)]
    notice = delivery.Notice("CustomMessage_AdminCreateUser", password, call.metadata())
    for attribute in reachable:
        delivery.send(pool, None, user, attribute, notice)


def shown(user: User) -> Json:
    """Return a user as responses show it."""
    return {
        "Username": user.username,
        "Attributes": user.attributes,
        "UserCreateDate": user.create_date,
        "UserLastModifiedDate": user.last_modified_date,
        "Enabled": user.enabled,
        "UserStatus": user.status,
    }


def admin_get_user(call: Call) -> Json:
    """Answer AdminGetUser."""
    pool, user = call.pool_and_user()
    answer = shown(user)
    answer["UserAttributes"] = answer.pop("Attributes")
    return answer | account.factor_settings(pool, user)


def admin_confirm_sign_up(call: Call) -> Json:
    """Answer AdminConfirmSignUp."""
    pool, user = call.pool_and_user()
    if user.status != "UNCONFIRMED":
        refuse("NotAuthorizedException", f"User cannot be confirmed. Current status is {user.status}")
    user.status = "CONFIRMED"
    sign_up.tell_confirmed(pool, None, user, "PostConfirmation_ConfirmSignUp", call.metadata())
    return {}


def admin_set_user_password(call: Call) -> Json:
    """Answer AdminSetUserPassword."""
    pool, user = call.pool_and_user()
    password = call.text("Password")
    passwords.check_policy(pool, password)
    permanent = bool(call.parameters.get("Permanent"))
    passwords.keep(pool, user, password, temporary=not permanent)
    passwords.succeeded(user)
    user.status = "CONFIRMED" if permanent else _WAITING
    return {}


def admin_reset_user_password(call: Call) -> Json:
    """Answer AdminResetUserPassword."""
    pool, user = call.pool_and_user()
    if not user.enabled:
        refuse("NotAuthorizedException", "User is disabled.")
    if user.status not in {"CONFIRMED", "RESET_REQUIRED"}:
        refuse("NotAuthorizedException", "User password cannot be reset in the current state.")
    recovery.send(pool, None, user, call.metadata())
    user.status = "RESET_REQUIRED"
    return {}


def admin_disable_user(call: Call) -> Json:
    """Answer AdminDisableUser: the user's tokens end too."""
    pool, user = call.pool_and_user()
    user.enabled = False
    tokens.sign_out(pool, user)
    return {}


def admin_delete_user(call: Call) -> Json:
    """Answer AdminDeleteUser."""
    account.remove(*call.pool_and_user())
    return {}


def admin_user_global_sign_out(call: Call) -> Json:
    """Answer AdminUserGlobalSignOut."""
    tokens.sign_out(*call.pool_and_user())
    return {}
