"""How a gap refuses a request as API Gateway would."""

from typing import NoReturn

BAD_REQUEST = "BadRequestException"
CONFLICT = "ConflictException"
NOT_FOUND = "NotFoundException"
_STATUSES = {CONFLICT: 409, NOT_FOUND: 404}


def refuse(message: str, code: str = BAD_REQUEST) -> NoReturn:
    """Answer the request with an error of API Gateway."""
    from moto.apigateway.exceptions import ApiGatewayException  # noqa: PLC0415 - moto loads only when deploying

    error = ApiGatewayException(code, message)
    error.code = _STATUSES.get(code, 400)
    raise error


def require(holds: object, message: str, code: str = BAD_REQUEST) -> None:
    """Refuse the request unless something holds."""
    if not holds:
        refuse(message, code)
