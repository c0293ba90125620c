"""Brings a user over from another user pool, at the first sign-in or when the password was forgotten.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
"""

import json
import logging
import os
from collections.abc import Iterable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .clients import client

_LOG = logging.getLogger(__name__)

_PASSWORD_WAS_RIGHT = frozenset({"SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE", "MFA_SETUP"})
"""What the other pool asks for only once the password was right; here this pool's own factors are asked for."""
_NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the name of a challenge
_NOT_COPIED = frozenset({"sub", "identities"})
_WRONG = frozenset({"NotAuthorizedException", "UserNotFoundException", "UserNotConfirmedException"})
_RESET = "PasswordResetRequiredException"


class NotMigratedError(Exception):
    """The user stays where they are; the message is the same whatever the reason."""

    def __init__(self) -> None:
        """Say no more than Cognito does."""
        super().__init__("Incorrect username or password")


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer Cognito's event UserMigration; raise to leave the user where they are."""
    source = event.get("triggerSource")
    try:
        if source == "UserMigration_Authentication":
            response = _sign_in(event["userName"], event["request"].get("password") or "")
        elif source == "UserMigration_ForgotPassword":
            response = _look_up(event["userName"])
        else:
            raise NotMigratedError
    except (BotoCoreError, ClientError) as error:
        if _code(error) not in _WRONG:
            _LOG.error("the other user pool did not answer: %s", _code(error))
        raise NotMigratedError from None
    event["response"] = {**response, "messageAction": "SUPPRESS"}
    return event


def _sign_in(user_name: str, password: str) -> dict[str, Any]:
    """Return the user if the other pool takes the password; one that somebody else chose has to be changed here."""
    if not password:
        raise NotMigratedError
    pool = os.environ["OLD_USER_POOL_ID"]
    try:
        reply = _cognito(pool).admin_initiate_auth(
            UserPoolId=pool,
            ClientId=os.environ["OLD_CLIENT_ID"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user_name, "PASSWORD": password},
        )
    except ClientError as error:
        if _code(error) != _RESET:
            raise
        raise NotMigratedError from None  # whoever has to reset it comes by the other way
    asked = reply.get("ChallengeName")
    if "AuthenticationResult" not in reply and asked not in {*_PASSWORD_WAS_RIGHT, _NEW_PASSWORD}:
        raise NotMigratedError
    status = "RESET_REQUIRED" if asked == _NEW_PASSWORD else "CONFIRMED"
    return {"userAttributes": _attributes(_user(user_name)), "finalUserStatus": status}


def _look_up(user_name: str) -> dict[str, Any]:
    """Return the user if Cognito can send them a code: without one, they would be stuck here without a password."""
    user = _user(user_name)
    attributes = _attributes(user)
    reachable = any(
        attributes.get(contact) and attributes.get(f"{contact}_verified") == "true"
        for contact in ("email", "phone_number")
    )
    if not reachable or not user.get("Enabled", False) or user.get("UserStatus") == "EXTERNAL_PROVIDER":
        raise NotMigratedError
    return {"userAttributes": attributes}


def _user(user_name: str) -> Mapping[str, Any]:
    pool = os.environ["OLD_USER_POOL_ID"]
    return _cognito(pool).admin_get_user(UserPoolId=pool, Username=user_name)


def _attributes(user: Mapping[str, Any]) -> dict[str, str]:
    """Return the attributes that exist here, by their names here."""
    rename: Mapping[str, str] = json.loads(os.environ["RENAME"])
    custom: Iterable[str] = json.loads(os.environ["CUSTOM_ATTRIBUTES"])
    renamed = {rename.get(item["Name"], item["Name"]): item["Value"] for item in user["UserAttributes"]}
    known = {f"custom:{name}" for name in custom}
    return {
        name: value for name, value in renamed.items() if name in known or (":" not in name and name not in _NOT_COPIED)
    }


def _cognito(pool: str) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    return client("cognito-idp", pool.partition("_")[0])


def _code(error: Exception) -> str:
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
