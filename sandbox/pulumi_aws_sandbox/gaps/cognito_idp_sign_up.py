"""Signing up to a user pool: moto confirms with any code and sends none."""

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.user_pools import recovery, sign_up
from pulumi_aws_sandbox.runtime.user_pools.call import answered_by

_OPERATIONS = (
    sign_up.sign_up,
    sign_up.confirm_sign_up,
    sign_up.resend_confirmation_code,
    recovery.forgot_password,
    recovery.confirm_forgot_password,
)


def fill() -> None:
    """Sign up, confirm and recover with codes that were sent."""
    from moto.cognitoidp.responses import CognitoIdpResponse  # noqa: PLC0415 - moto loads only when deploying

    for operation in _OPERATIONS:
        replace(CognitoIdpResponse, operation.__name__, lambda _, operation=operation: answered_by(operation))
