"""Changing and verifying a user's attributes."""

from pulumi_aws_sandbox.runtime.user_pools import codes, delivery, directory, schema, sign_up, tokens
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User, of_pool

_ADDRESSES = ("email", "phone_number")


def update_user_attributes(call: Call) -> Json:
    """Answer UpdateUserAttributes."""
    held = tokens.holder(call.text("AccessToken"))
    given = schema.named(call.parameters.get("UserAttributes"))
    schema.check_client_writes(held.pool, held.client, list(given))
    return {"CodeDeliveryDetailsList": change(held.pool, held.client, held.user, given, call.metadata())}


def admin_update_user_attributes(call: Call) -> Json:
    """Answer AdminUpdateUserAttributes."""
    pool, user = call.pool_and_user()
    change(pool, None, user, schema.named(call.parameters.get("UserAttributes")), call.metadata())
    return {}


def change(pool: Pool, client: Client | None, user: User, given: Json, metadata: Json) -> list[Json]:
    """Change attributes; a changed address is unverified until its code comes back. Return where codes went."""
    schema.check_changes(pool, given)
    changes, sent = _plan(pool, user, given)
    with of_pool(pool).lock:
        directory.check_free(pool, user, given)
        user.update_attributes(schema.listed(changes))
    return [
        _send(
            pool,
            client,
            user,
            attribute,
            delivery_source="CustomMessage_UpdateUserAttribute",
            value=value,
            metadata=metadata,
        )
        for attribute, value in sent
    ]


def _plan(pool: Pool, user: User, given: Json) -> tuple[Json, list[tuple[str, str]]]:
    """Return what changes at once, and which new addresses get a code."""
    changes, sent = dict(given), []
    for attribute in _ADDRESSES:
        value = given.get(attribute)
        unchanged = value is None or value == user.attribute_lookup.get(attribute)
        if unchanged or given.get(f"{attribute}_verified") == "true":
            continue
        must_verify = bool(value) and attribute in (pool.extended_config.get("AutoVerifiedAttributes") or [])
        if must_verify and attribute in _kept(pool):
            del changes[attribute]
        else:
            changes[f"{attribute}_verified"] = "false"
        if must_verify:
            sent.append((attribute, value))
    return changes, sent


def _send(  # noqa: PLR0913 - what a message is made of
    pool: Pool, client: Client | None, user: User, attribute: str, *, delivery_source: str, value: str, metadata: Json
) -> Json:
    code = codes.issue(user, codes.verification(attribute), codes.DAY_SECONDS, attribute, value)
    notice = delivery.Notice(delivery_source, code, metadata)
    return delivery.send(pool, client, user, attribute, notice, value=value)


def get_user_attribute_verification_code(call: Call) -> Json:
    """Answer GetUserAttributeVerificationCode."""
    held = tokens.holder(call.text("AccessToken"))
    attribute = _address(call)
    value = held.user.attribute_lookup.get(attribute)
    if not value:
        refuse_parameter(f"User does not have the attribute {attribute}")
    source = "CustomMessage_VerifyUserAttribute"
    where = _send(
        held.pool, held.client, held.user, attribute, delivery_source=source, value=value, metadata=call.metadata()
    )
    return {"CodeDeliveryDetails": where}


def verify_user_attribute(call: Call) -> Json:
    """Answer VerifyUserAttribute."""
    held = tokens.holder(call.text("AccessToken"))
    attribute = _address(call)
    purpose = codes.verification(attribute)
    with codes.redeeming(held.user, purpose, call.text("Code")) as code, of_pool(held.pool).lock:
        if code.pending != held.user.attribute_lookup.get(attribute) and attribute not in _kept(held.pool):
            # The address changed after this code was sent.
            codes.refuse_expired()
        directory.check_free(held.pool, held.user, {attribute: code.pending})
        held.user.update_attributes([{"Name": attribute, "Value": code.pending}])
        sign_up.verify(held.user, attribute)
    return {}


def _kept(pool: Pool) -> list[str]:
    """Return the attributes that keep their value until a new one is verified."""
    settings = pool.extended_config.get("UserAttributeUpdateSettings") or {}
    return settings.get("AttributesRequireVerificationBeforeUpdate") or []


def _address(call: Call) -> str:
    attribute = call.text("AttributeName")
    if attribute not in _ADDRESSES:
        refuse_parameter("Invalid attribute name. Only email and phone_number can be verified")
    return attribute


def delete_user_attributes(call: Call) -> Json:
    """Answer DeleteUserAttributes."""
    held = tokens.holder(call.text("AccessToken"))
    names = call.parameters.get("UserAttributeNames") or []
    schema.check_client_writes(held.pool, held.client, names)
    _delete(held.pool, held.user, names)
    return {}


def admin_delete_user_attributes(call: Call) -> Json:
    """Answer AdminDeleteUserAttributes."""
    pool, user = call.pool_and_user()
    _delete(pool, user, call.parameters.get("UserAttributeNames") or [])
    return {}


def _delete(pool: Pool, user: User, names: list[str]) -> None:
    schema.check_removals(pool, names)
    gone = [name for name in names if name in user.attribute_lookup]
    gone += [f"{name}_verified" for name in gone if f"{name}_verified" in user.attribute_lookup]
    user.delete_attributes(list(dict.fromkeys(gone)))
