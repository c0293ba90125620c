"""How a gap of Cognito, WAF or IAM refuses a request as AWS would."""

from typing import NoReturn

INVALID = "InvalidParameterException"
NOT_IN_TIER = "FeatureUnavailableInTierException"
MISSING = "ResourceNotFoundException"


def refuse(code: str, reason: str) -> NoReturn:
    """Answer the request with an error in JSON."""
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    raise JsonRESTError(code, reason)


def require(holds: object, reason: str, code: str = INVALID) -> None:
    """Refuse the request unless something holds."""
    if not holds:
        refuse(code, reason)
