"""Signing in to a user pool: moto takes any SRP proof, any second factor, and has no custom or choice flow."""

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.user_pools import answers, choice, factor_setup, refresh, sign_in
from pulumi_aws_sandbox.runtime.user_pools.call import answered_by

_OPERATIONS = (
    sign_in.initiate_auth,
    sign_in.admin_initiate_auth,
    answers.respond_to_auth_challenge,
    answers.admin_respond_to_auth_challenge,
    factor_setup.associate_software_token,
    factor_setup.verify_software_token,
    factor_setup.set_user_mfa_preference,
    factor_setup.admin_set_user_mfa_preference,
    refresh.get_tokens_from_refresh_token,
    refresh.revoke_token,
)
_PASSKEYS = (
    "start_web_authn_registration",
    "complete_web_authn_registration",
    "list_web_authn_credentials",
    "delete_web_authn_credential",
)


def fill() -> None:
    """Verify proofs, codes and sessions; refresh and revoke."""
    from moto.cognitoidp.responses import CognitoIdpResponse  # noqa: PLC0415 - moto loads only when deploying

    for operation in _OPERATIONS:
        replace(CognitoIdpResponse, operation.__name__, lambda _, operation=operation: answered_by(operation))
    for name in _PASSKEYS:
        replace(CognitoIdpResponse, name, lambda _: answered_by(lambda _: choice.refuse_passkeys()))
