"""How a sign-in goes on once the first factor is right: new password, second factor, tokens."""

import json

from pulumi_aws_sandbox.runtime.user_pools import passwords, schema, second_factor, tokens, triggers
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_credentials
from pulumi_aws_sandbox.runtime.user_pools.records import Json, User
from pulumi_aws_sandbox.runtime.user_pools.sessions import Attempt, open_session

NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the name of a challenge


def after_password(attempt: Attempt) -> Json:
    """Go on after a right password."""
    user = known(attempt)
    check_may_sign_in(user)
    if user.status == "FORCE_CHANGE_PASSWORD":
        passwords.check_not_expired(user)
        return _new_password(attempt, user)
    return second_factor.needed(attempt, user) or finish(attempt)


def known(attempt: Attempt) -> User:
    """Return the user of an attempt; nobody unknown gets this far."""
    if attempt.user is None:
        refuse_credentials()
    return attempt.user


def check_may_sign_in(user: User) -> None:
    """Refuse users who are disabled, unconfirmed or must reset their password."""
    if not user.enabled:
        refuse("NotAuthorizedException", "User is disabled.")
    if user.status == "UNCONFIRMED":
        refuse("UserNotConfirmedException", "User is not confirmed.")
    if user.status == "RESET_REQUIRED":
        refuse("PasswordResetRequiredException", "Password reset required for the user")


def _new_password(attempt: Attempt, user: User) -> Json:
    shown = {name: value for name, value in user.attribute_lookup.items() if name != "sub"}
    lacking = [f"userAttributes.{name}" for name in schema.missing(attempt.pool, user.attribute_lookup)]
    return {
        "ChallengeName": NEW_PASSWORD,
        "Session": open_session(attempt, NEW_PASSWORD),
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": user.username,
            "requiredAttributes": json.dumps(lacking),
            "userAttributes": json.dumps(shown),
        },
    }


def finish(attempt: Attempt, source: str = "TokenGeneration_Authentication") -> Json:
    """Sign the user in: run the post-authentication trigger and issue tokens."""
    user = known(attempt)
    request = {
        "userAttributes": triggers.user_attributes(user),
        "newDeviceUsed": False,
        "clientMetadata": attempt.metadata,
    }
    occasion = triggers.Occasion(attempt.pool, attempt.client, "PostAuthentication_Authentication", user.username)
    triggers.run(occasion, request, {})
    issued = tokens.start(attempt.pool, attempt.client, user, source, attempt.metadata)
    return {"ChallengeParameters": {}, "AuthenticationResult": issued}
