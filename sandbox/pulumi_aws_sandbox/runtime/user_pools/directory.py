"""Finding pools, clients and users: by id, by name, by e-mail address or phone number, by alias."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator

from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"\+[1-9]\d{1,14}")
_KINDS = {"email": ("email", EMAIL), "phone_number": ("phone number", PHONE)}


def pools() -> Iterator[Pool]:
    """Give every pool: a client's own calls are not signed, so nothing else says their Region."""
    from moto.cognitoidp.models import cognitoidp_backends  # noqa: PLC0415 - moto loads only when deploying

    for regions in list(cognitoidp_backends.values()):
        for backend in list(regions.values()):
            yield from list(backend.user_pools.values())


def pool_by_id(pool_id: str) -> Pool | None:
    """Return a pool of any account and Region."""
    return next((pool for pool in pools() if pool.id == pool_id), None)


def require_pool(pool_id: str) -> Pool:
    """Return a pool, or refuse."""
    pool = pool_by_id(pool_id)
    if pool is None:
        refuse("ResourceNotFoundException", f"User pool {pool_id} does not exist.")
    return pool


def require_client(client_id: str, pool: Pool | None = None) -> tuple[Pool, Client]:
    """Return a client and its pool, or refuse; of one pool only if it is given."""
    candidates = pools() if pool is None else [pool]
    found = next((candidate for candidate in candidates if client_id in candidate.clients), None)
    if found is None:
        refuse("ResourceNotFoundException", f"User pool client {client_id} does not exist.")
    return found, found.clients[client_id]


def hides_users(client: Client) -> bool:
    """Tell whether a client must not learn which users exist."""
    return client.extended_config.get("PreventUserExistenceErrors") == "ENABLED"


def check_secret(client: Client, username: str, given: str | None) -> None:
    """Refuse a request without the proof that it comes from the client with the secret."""
    if not client.generate_secret:
        if given is not None:
            refuse(
                "NotAuthorizedException",
                f"Client {client.id} is not configured with secret but secret hash was received",
            )
        return
    if given is None:
        refuse(
            "NotAuthorizedException", f"Client {client.id} is configured with secret but SECRET_HASH was not received"
        )
    digest = hmac.digest(client.secret.encode(), (username + client.id).encode(), hashlib.sha256)
    if not hmac.compare_digest(base64.b64encode(digest), given.encode()):
        refuse("NotAuthorizedException", f"SecretHash does not match for the client: {client.id}")


def name_attributes(pool: Pool) -> list[str]:
    """Return the attributes that stand in place of a user name: e-mail address, phone number or none."""
    return list(pool.extended_config.get("UsernameAttributes") or [])


def aliases(pool: Pool) -> list[str]:
    """Return the attributes that a user may sign in with besides the user name."""
    return list(pool.extended_config.get("AliasAttributes") or [])


def _comparable(pool: Pool, text: str) -> str:
    """Return a name as it is compared: e-mail addresses and names in any case where the pool says so."""
    given = pool.extended_config.get("UsernameConfiguration")
    sensitive = True if given is None else given.get("CaseSensitive", False)
    return text if sensitive else text.lower()


def find(pool: Pool, username: str | None) -> User | None:
    """Return the user that a name, an address or an alias means."""
    if not username:
        return None
    wanted = _comparable(pool, username)
    users = list(pool.users.values())
    for user in users:
        if _comparable(pool, user.username) == wanted:
            return user
    found = by_id(pool, username)
    if found is not None:
        return found
    for attribute in [*name_attributes(pool), *aliases(pool)]:
        found = holder(pool, attribute, username)
        if found is not None:
            return found
    return None


def by_id(pool: Pool, sub: str | None) -> User | None:
    """Return the user with an id that is never given again."""
    return next((user for user in list(pool.users.values()) if user.id == sub), None)


def holder(pool: Pool, attribute: str, value: str) -> User | None:
    """Return the user whom a value of a sign-in attribute belongs to; an alias belongs to nobody until verified."""
    wanted = _comparable(pool, value)
    must_be_verified = attribute in aliases(pool) and attribute != "preferred_username"
    for user in list(pool.users.values()):
        held = user.attribute_lookup.get(attribute)
        if held is None or _comparable(pool, held) != wanted:
            continue
        if not must_be_verified or user.attribute_lookup.get(f"{attribute}_verified") == "true":
            return user
    return None


def require_user(pool: Pool, username: str) -> User:
    """Return a user, or refuse."""
    user = find(pool, username)
    if user is None:
        refuse("UserNotFoundException", "User does not exist.")
    return user


def placed(pool: Pool, username: str, attributes: Json) -> tuple[str | None, Json]:
    """Return the name and attributes of a new user; in a pool of addresses the name becomes an attribute."""
    wanted = name_attributes(pool)
    if wanted:
        for attribute in wanted:
            if _KINDS[attribute][1].fullmatch(username):
                return None, attributes | {attribute: username}
        kinds = " or a ".join(_KINDS[attribute][0] for attribute in sorted(wanted))
        article = "either an" if len(wanted) > 1 else "an" if wanted == ["email"] else "a"
        refuse("InvalidParameterException", f"Username should be {article} {kinds}.")
    for alias in aliases(pool):
        word, pattern = _KINDS.get(alias, ("", None))
        if pattern is not None and pattern.fullmatch(username):
            kind = "phone number" if alias == "phone_number" else word
            reason = f"Username cannot be of {kind} format, since user pool is configured for {kind} alias."
            refuse("InvalidParameterException", reason)
    return username, attributes


def refuse_duplicate(pool: Pool, username: str) -> None:
    """Refuse a name that is taken."""
    if find(pool, username) is None:
        return
    for attribute in name_attributes(pool):
        if _KINDS[attribute][1].fullmatch(username):
            kind = "phone_number" if attribute == "phone_number" else "email"
            refuse("UsernameExistsException", f"An account with the given {kind} already exists.")
    refuse("UsernameExistsException", "User already exists")


def check_free(pool: Pool, user: User | None, attributes: Json, *, force: bool = False) -> None:
    """Refuse sign-in values that belong to another user; with `force` they move over."""
    for attribute in [*name_attributes(pool), *aliases(pool)]:
        value = attributes.get(attribute)
        other = holder(pool, attribute, value) if value else None
        if other is None or other is user:
            continue
        if not force or attribute in name_attributes(pool):
            refuse("AliasExistsException", f"An account with the given {attribute} already exists.")
        other.update_attributes([{"Name": f"{attribute}_verified", "Value": "false"}])
