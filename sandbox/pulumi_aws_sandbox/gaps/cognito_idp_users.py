"""The users of a pool: moto checks no attribute, no access token and no state of a user."""

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.user_pools import account, admin, attributes, directory
from pulumi_aws_sandbox.runtime.user_pools.call import answered_by
from pulumi_aws_sandbox.runtime.user_pools.records import Pool, User

_OPERATIONS = (
    account.get_user,
    account.get_user_auth_factors,
    account.admin_get_user_auth_factors,
    account.change_password,
    account.delete_user,
    account.global_sign_out,
    attributes.update_user_attributes,
    attributes.admin_update_user_attributes,
    attributes.get_user_attribute_verification_code,
    attributes.verify_user_attribute,
    attributes.delete_user_attributes,
    attributes.admin_delete_user_attributes,
    admin.admin_create_user,
    admin.admin_get_user,
    admin.admin_confirm_sign_up,
    admin.admin_set_user_password,
    admin.admin_reset_user_password,
    admin.admin_disable_user,
    admin.admin_delete_user,
    admin.admin_user_global_sign_out,
)


def fill() -> None:
    """Check what users are given and what they may do; find them by alias."""
    from moto.cognitoidp.models import CognitoIdpUserPool  # noqa: PLC0415 - moto loads only when deploying
    from moto.cognitoidp.responses import CognitoIdpResponse  # noqa: PLC0415 - as above

    for operation in _OPERATIONS:
        replace(CognitoIdpResponse, operation.__name__, lambda _, operation=operation: answered_by(operation))
    replace(CognitoIdpUserPool, "_get_user", lambda _: _find)


def _find(self: Pool, username: str) -> User | None:
    return directory.find(self, username)
