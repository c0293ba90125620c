"""Signing up: the new user, the code that confirms, and the code once more."""

from pulumi_aws_sandbox.runtime.user_pools import codes, delivery, directory, passwords, schema, sessions, triggers
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User, of_pool

CONFIRMED_SESSION = "CONFIRMED_SIGN_UP"
NEW = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}


def sign_up(call: Call) -> Json:
    """Answer SignUp."""
    pool, client = call.client()
    if (pool.extended_config.get("AdminCreateUserConfig") or {}).get("AllowAdminCreateUserOnly"):
        refuse("NotAuthorizedException", "SignUp is not permitted for this user pool")
    given = schema.named(call.parameters.get("UserAttributes"))
    schema.check_client_writes(pool, client, list(given))
    password = _password(pool, call)
    user = new_user(pool, call.text("Username"), given, "UNCONFIRMED")
    said = _ask_before(pool, client, call, user)
    if said["autoConfirmUser"]:
        user.status = "CONFIRMED"
    add(pool, user)
    if password:
        passwords.keep(pool, user, password)
    answer: Json = {"UserConfirmed": bool(said["autoConfirmUser"]), "UserSub": user.id}
    if said["autoConfirmUser"]:
        tell_confirmed(pool, client, user, "PostConfirmation_ConfirmSignUp", call.metadata())
        return answer
    attribute = delivery.auto_verified(pool, user)
    if attribute and not delivery.verified(user, attribute):
        answer["CodeDeliveryDetails"] = _send(
            pool, client, user, attribute, "CustomMessage_SignUp", metadata=call.metadata()
        )
    return answer


def _password(pool: Pool, call: Call) -> str | None:
    password = call.given("Password")
    if password is not None:
        passwords.check_policy(pool, password)
    elif not passwordless(pool):
        refuse("InvalidPasswordException", "Password did not conform with policy: Password not long enough")
    return password


def passwordless(pool: Pool) -> bool:
    """Tell whether a pool lets users sign in by something else than a password."""
    policy = (pool.extended_config.get("Policies") or {}).get("SignInPolicy") or {}
    return bool(set(policy.get("AllowedFirstAuthFactors") or ["PASSWORD"]) - {"PASSWORD"})


def new_user(pool: Pool, username: str, attributes: Json, status: str, *, required: bool = True) -> User:
    """Return a new user that fits the pool; it is not in the pool yet."""
    from moto.cognitoidp.models import CognitoIdpUser  # noqa: PLC0415 - moto loads only when something is deployed

    name, placed = directory.placed(pool, username, attributes)
    schema.check_new(pool, placed, required=required)
    directory.refuse_duplicate(pool, username)
    return CognitoIdpUser(pool.id, name, None, status, schema.listed(placed))


def add(pool: Pool, user: User, *, force: bool = False) -> None:
    """Put a user into the pool, unless somebody was quicker."""
    with of_pool(pool).lock:
        directory.refuse_duplicate(pool, user.username)
        held = {name: user.attribute_lookup.get(name) for name in directory.name_attributes(pool)}
        for attribute, value in held.items():
            if value and directory.holder(pool, attribute, value) is not None:
                refuse("UsernameExistsException", f"An account with the given {attribute} already exists.")
        for alias in directory.aliases(pool):
            if alias == "preferred_username" or delivery.verified(user, alias):
                directory.check_free(pool, user, {alias: user.attribute_lookup.get(alias)}, force=force)
        pool.users[user.username] = user


def _ask_before(pool: Pool, client: Client, call: Call, user: User) -> Json:
    """Ask the pre-sign-up trigger and set what it says is verified."""
    sent = {name: value for name, value in user.attribute_lookup.items() if name != "sub"}
    request = {
        "userAttributes": sent,
        "validationData": schema.named(call.parameters.get("ValidationData")) or None,
        "clientMetadata": call.metadata(),
    }
    said = triggers.run(triggers.Occasion(pool, client, "PreSignUp_SignUp", user.username), request, dict(NEW))
    for flag, attribute in (("autoVerifyEmail", "email"), ("autoVerifyPhone", "phone_number")):
        if said[flag]:
            if not user.attribute_lookup.get(attribute):
                reason = f"Unrecognizable lambda output: {flag} needs the attribute {attribute}"
                refuse("InvalidLambdaResponseException", reason)
            verify(user, attribute)
    return said


def verify(user: User, attribute: str) -> None:
    """Mark an attribute as verified."""
    user.update_attributes([{"Name": f"{attribute}_verified", "Value": "true"}])


def tell_confirmed(pool: Pool, client: Client | None, user: User, source: str, metadata: Json) -> None:
    """Run the post-confirmation trigger."""
    request = {"userAttributes": triggers.user_attributes(user), "clientMetadata": metadata}
    triggers.run(triggers.Occasion(pool, client, source, user.username), request, {})


def _send(  # noqa: PLR0913 - what a message is made of
    pool: Pool, client: Client, user: User, attribute: str, source: str, *, metadata: Json
) -> Json:
    code = codes.issue(user, codes.SIGN_UP, codes.DAY_SECONDS, attribute)
    return delivery.send(pool, client, user, attribute, delivery.Notice(source, code, metadata))


def confirm_sign_up(call: Call) -> Json:
    """Answer ConfirmSignUp."""
    pool, client = call.client()
    user = directory.find(pool, call.text("Username"))
    given = call.text("ConfirmationCode")
    if user is None:
        if directory.hides_users(client):
            codes.refuse_mismatch()
        refuse("UserNotFoundException", "Username/client id combination not found.")
    if user.status != "UNCONFIRMED":
        refuse("NotAuthorizedException", f"User cannot be confirmed. Current status is {user.status}")
    with codes.redeeming(user, codes.SIGN_UP, given) as code, of_pool(pool).lock:
        if code.attribute:
            held = {code.attribute: user.attribute_lookup[code.attribute]}
            directory.check_free(pool, user, held, force=bool(call.parameters.get("ForceAliasCreation")))
            verify(user, code.attribute)
    user.status = "CONFIRMED"
    tell_confirmed(pool, client, user, "PostConfirmation_ConfirmSignUp", call.metadata())
    attempt = sessions.Attempt(pool, client, user.username, user, "USER_AUTH")
    return {"Session": sessions.open_session(attempt, CONFIRMED_SESSION)}


def resend_confirmation_code(call: Call) -> Json:
    """Answer ResendConfirmationCode."""
    pool, client = call.client()
    name = call.text("Username")
    user = directory.find(pool, name)
    if user is None:
        if directory.hides_users(client):
            return {"CodeDeliveryDetails": simulated_destination(pool, name)}
        refuse("UserNotFoundException", "Username/client id combination not found.")
    if user.status != "UNCONFIRMED":
        refuse_parameter("User is already confirmed.")
    attribute = delivery.auto_verified(pool, user)
    if attribute is None:
        refuse_parameter("Cannot resend codes. Auto verification not turned on.")
    return {
        "CodeDeliveryDetails": _send(
            pool, client, user, attribute, "CustomMessage_ResendCode", metadata=call.metadata()
        )
    }


def simulated_destination(pool: Pool, name: str) -> Json:
    """Return a destination for somebody who does not exist: always the same for the same name."""
    wanted = pool.extended_config.get("AutoVerifiedAttributes") or ["email"]
    if "phone_number" in wanted and "email" not in wanted:
        return delivery.masked("phone_number", name if directory.PHONE.fullmatch(name) else f"+000{len(name):04d}")
    return delivery.masked("email", name if directory.EMAIL.fullmatch(name) else f"{name[0].lower()}@g")
