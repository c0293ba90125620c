"""A forgotten password: the code to a verified address, and the new password."""

from pulumi_aws_sandbox.runtime.user_pools import (
    codes,
    delivery,
    directory,
    migration,
    passwords,
    sign_up,
    tokens,
)
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User

_LEGACY: list[Json] = [{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}]
_ADMIN_ONLY = "admin_only"


def forgot_password(call: Call) -> Json:
    """Answer ForgotPassword."""
    pool, client = call.client()
    name = call.text("Username")
    user = directory.find(pool, name) or migration.for_recovery(pool, client, name, call.metadata())
    if user is None:
        if directory.hides_users(client):
            return {"CodeDeliveryDetails": sign_up.simulated_destination(pool, name)}
        refuse("UserNotFoundException", "Username/client id combination not found.")
    if not user.enabled:
        if directory.hides_users(client):
            return {"CodeDeliveryDetails": sign_up.simulated_destination(pool, name)}
        refuse("NotAuthorizedException", "User is disabled.")
    if user.status == "FORCE_CHANGE_PASSWORD":
        refuse("NotAuthorizedException", "User password cannot be reset in the current state.")
    return {"CodeDeliveryDetails": send(pool, client, user, call.metadata())}


def send(pool: Pool, client: Client | None, user: User, metadata: Json) -> Json:
    """Send a recovery code to the first address that the pool's recovery setting finds verified."""
    attribute = _address(pool, user)
    code = codes.issue(user, codes.RECOVERY, codes.HOUR_SECONDS, attribute)
    notice = delivery.Notice("CustomMessage_ForgotPassword", code, metadata)
    return delivery.send(pool, client, user, attribute, notice)


def _address(pool: Pool, user: User) -> str:
    setting = pool.extended_config.get("AccountRecoverySetting") or {}
    mechanisms = sorted(setting.get("RecoveryMechanisms") or _LEGACY, key=lambda each: each["Priority"])
    if [each["Name"] for each in mechanisms] == [_ADMIN_ONLY]:
        refuse("NotAuthorizedException", "Contact administrator to reset password.")
    wanted = [each["Name"].removeprefix("verified_") for each in mechanisms]
    attribute = next((name for name in wanted if delivery.verified(user, name)), None)
    if attribute is None:
        reason = "Cannot reset password for the user as there is no registered/verified email or phone_number"
        refuse_parameter(reason)
    return attribute


def confirm_forgot_password(call: Call) -> Json:
    """Answer ConfirmForgotPassword."""
    pool, client = call.client()
    user = directory.find(pool, call.text("Username"))
    given, password = call.text("ConfirmationCode"), call.text("Password")
    if user is None or (not user.enabled and directory.hides_users(client)):
        if directory.hides_users(client):
            codes.refuse_mismatch()
        refuse("UserNotFoundException", "Username/client id combination not found.")
    if not user.enabled:
        refuse("NotAuthorizedException", "User is disabled.")
    codes.limit_reached(user, codes.RECOVERY)
    passwords.check_policy(pool, password)
    with codes.redeeming(user, codes.RECOVERY, given) as code:
        passwords.keep(pool, user, password)
    passwords.succeeded(user)
    if code.attribute:
        sign_up.verify(user, code.attribute)
    user.status = "CONFIRMED"
    tokens.sign_out(pool, user)
    sign_up.tell_confirmed(pool, client, user, "PostConfirmation_ConfirmForgotPassword", call.metadata())
    return {}
