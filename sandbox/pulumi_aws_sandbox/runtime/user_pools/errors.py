"""How a user pool refuses a request: with the code and the words of Cognito."""

from typing import NoReturn

WRONG_CREDENTIALS = "Incorrect username or password."
LIMIT_EXCEEDED = "Attempt limit exceeded, please try after some time."


def refuse(code: str, reason: str) -> NoReturn:
    """Answer the request with an error of Cognito."""
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    raise JsonRESTError(code, reason)


def refuse_parameter(reason: str) -> NoReturn:
    """Refuse a parameter's value."""
    refuse("InvalidParameterException", reason)


def refuse_credentials() -> NoReturn:
    """Refuse a user name, a password or both, without saying which."""
    refuse("NotAuthorizedException", WRONG_CREDENTIALS)
