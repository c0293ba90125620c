"""What a signed-in user does with the own account: look, change the password, sign out, leave."""

from pulumi_aws_sandbox.runtime.user_pools import (
    choice,
    delivery,
    passwords,
    schema,
    second_factor,
    tokens,
)
from pulumi_aws_sandbox.runtime.user_pools.call import Call
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse_credentials
from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool, User, of_user


def get_user(call: Call) -> Json:
    """Answer GetUser: the attributes that the client may read."""
    held = tokens.holder(call.text("AccessToken"))
    readable = schema.readable(held.pool, held.client)
    shown = {name: value for name, value in held.user.attribute_lookup.items() if name in readable}
    return {
        "Username": held.user.username,
        "UserAttributes": schema.listed(shown),
        **factor_settings(held.pool, held.user),
    }


def factor_settings(pool: Pool, user: User) -> Json:
    """Return a user's second factors as responses show them."""
    own = second_factor.enabled(pool, user)
    preferred = of_user(user).preferred_factor
    shown: Json = {"UserMFASettingList": own} if own else {}
    return shown | ({"PreferredMfaSetting": preferred} if preferred in own else {})


def get_user_auth_factors(call: Call) -> Json:
    """Answer GetUserAuthFactors."""
    held = tokens.holder(call.text("AccessToken"))
    return _auth_factors(held.pool, held.user)


def admin_get_user_auth_factors(call: Call) -> Json:
    """Answer AdminGetUserAuthFactors."""
    return _auth_factors(*call.pool_and_user())


def _auth_factors(pool: Pool, user: User) -> Json:
    wanted = choice.allowed(pool)
    own = [choice.PASSWORD] if passwords.has_password(user) else []
    own += [
        factor
        for factor, attribute in choice.ONE_TIME.items()
        if factor in wanted and delivery.verified(user, attribute)
    ]
    return {"Username": user.username, "ConfiguredUserAuthFactors": own, **factor_settings(pool, user)}


def change_password(call: Call) -> Json:
    """Answer ChangePassword."""
    held = tokens.holder(call.text("AccessToken"))
    if passwords.has_password(held.user):
        previous = call.given("PreviousPassword")
        if not previous:
            refuse_credentials()
        passwords.check(held.pool, held.user, previous)
    proposed = call.text("ProposedPassword")
    passwords.check_policy(held.pool, proposed)
    passwords.keep(held.pool, held.user, proposed)
    return {}


def delete_user(call: Call) -> Json:
    """Answer DeleteUser."""
    held = tokens.holder(call.text("AccessToken"))
    remove(held.pool, held.user)
    return {}


def remove(pool: Pool, user: User) -> None:
    """Take a user out of the pool, its groups and all sign-ins."""
    tokens.sign_out(pool, user)
    for group in list(user.groups):
        group.users.discard(user)
    pool.users.pop(user.username, None)


def global_sign_out(call: Call) -> Json:
    """Answer GlobalSignOut."""
    held = tokens.holder(call.text("AccessToken"))
    tokens.sign_out(held.pool, held.user)
    return {}
