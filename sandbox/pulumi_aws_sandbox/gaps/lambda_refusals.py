"""How a gap refuses a request as Lambda would."""

from typing import NoReturn


def refuse(code: str, message: str, status: int = 400) -> NoReturn:
    """Answer the request with an error of Lambda."""
    from moto.awslambda.exceptions import LambdaClientError  # noqa: PLC0415 - moto loads only when deploying

    error = LambdaClientError(code, message)
    error.code = status
    raise error
