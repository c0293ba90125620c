"""The user-migration trigger: whoever is not in the pool yet may come from elsewhere."""

from pulumi_aws_sandbox.runtime.user_pools import directory, passwords, sign_up, triggers
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_credentials
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User, of_user

_TRIGGER = "UserMigration"
_EMPTY = {
    "userAttributes": None,
    "forceAliasCreation": None,
    "finalUserStatus": None,
    "messageAction": None,
    "desiredDeliveryMediums": None,
    "enableSMSMFA": None,
}


def for_sign_in(pool: Pool, client: Client, name: str, password: str, validation: Json) -> User | None:
    """Return the user whom the trigger lets in with the password, made in the pool; none without the trigger."""
    if not triggers.is_set(pool, _TRIGGER):
        return None
    request: Json = {"password": password, "validationData": validation or None, "clientMetadata": {}}
    said = _ask(triggers.Occasion(pool, client, "UserMigration_Authentication", name), client, request)
    confirmed = said.get("finalUserStatus") == "CONFIRMED"
    user = _made(pool, name, said, "CONFIRMED" if confirmed else "RESET_REQUIRED")
    passwords.keep(pool, user, password)
    return user


def for_recovery(pool: Pool, client: Client, name: str, metadata: Json) -> User | None:
    """Return the user whom the trigger knows, made in the pool; none without the trigger."""
    if not triggers.is_set(pool, _TRIGGER):
        return None
    request: Json = {"password": None, "validationData": None, "clientMetadata": metadata}
    said = _ask(triggers.Occasion(pool, client, "UserMigration_ForgotPassword", name), client, request)
    return _made(pool, name, said, "RESET_REQUIRED")


def _ask(occasion: triggers.Occasion, client: Client, request: Json) -> Json:
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    try:
        said = triggers.run(occasion, request, dict(_EMPTY))
    except JsonRESTError as error:
        if error.error_type != "UserLambdaValidationException":
            raise
        if directory.hides_users(client):
            refuse_credentials()
        refuse("UserNotFoundException", f"Exception migrating user in app client {client.id}")
    if not said.get("userAttributes"):
        if directory.hides_users(client):
            refuse_credentials()
        refuse("UserNotFoundException", f"Exception migrating user in app client {client.id}")
    return said


def _made(pool: Pool, name: str, said: Json, status: str) -> User:
    given = {key: str(value) for key, value in said["userAttributes"].items() if key not in {"username", "sub"}}
    user = sign_up.new_user(pool, name, given, status)
    sign_up.add(pool, user, force=bool(said.get("forceAliasCreation")))
    if said.get("enableSMSMFA") and user.attribute_lookup.get("phone_number"):
        of_user(user).factors.add("SMS_MFA")
    return user
