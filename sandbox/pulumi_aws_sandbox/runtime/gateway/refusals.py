"""The answers that API Gateway gives by itself, in its own words, and their types.

https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of gateway response: its status, the error's name, and what AWS says where nobody wrote anything else."""

    name: str
    status: int
    error: str
    message: str = ""

    @property
    def family(self) -> str:
        """The type whose settings are used where this one has none."""
        return "DEFAULT_4XX" if self.status < 500 else "DEFAULT_5XX"  # noqa: PLR2004 - the classes of HTTP


ACCESS_DENIED = Kind("ACCESS_DENIED", 403, "AccessDeniedException")
API_CONFIGURATION_ERROR = Kind("API_CONFIGURATION_ERROR", 500, "InternalServerErrorException", "Internal server error")
BAD_REQUEST_BODY = Kind("BAD_REQUEST_BODY", 400, "BadRequestException", "Invalid request body")
BAD_REQUEST_PARAMETERS = Kind("BAD_REQUEST_PARAMETERS", 400, "BadRequestException")
EXPIRED_TOKEN = Kind(
    "EXPIRED_TOKEN", 403, "ExpiredTokenException", "The security token included in the request is expired"
)
FORBIDDEN = Kind("DEFAULT_4XX", 403, "ForbiddenException", "Forbidden")
INCOMPLETE_SIGNATURE = Kind("INVALID_SIGNATURE", 403, "IncompleteSignatureException")
INTEGRATION_FAILURE = Kind(
    "INTEGRATION_FAILURE", 504, "InternalServerErrorException", "Network error communicating with endpoint"
)
INTEGRATION_TIMEOUT = Kind("INTEGRATION_TIMEOUT", 504, "InternalServerErrorException", "Endpoint request timed out")
INVALID_API_KEY = Kind("INVALID_API_KEY", 403, "ForbiddenException", "Forbidden")
INVALID_SIGNATURE = Kind("INVALID_SIGNATURE", 403, "InvalidSignatureException")
MALFORMED_ANSWER = Kind("DEFAULT_5XX", 502, "InternalServerErrorException", "Internal server error")
MISSING_AUTHENTICATION_TOKEN = Kind(
    "MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", "Missing Authentication Token"
)
QUOTA_EXCEEDED = Kind("QUOTA_EXCEEDED", 429, "LimitExceededException", "Limit Exceeded")
REQUEST_TOO_LARGE = Kind("REQUEST_TOO_LARGE", 413, "RequestTooLargeException", "Request Too Long")
THROTTLED = Kind("THROTTLED", 429, "TooManyRequestsException", "Too Many Requests")
UNKNOWN_KEY = Kind(
    "DEFAULT_4XX", 403, "UnrecognizedClientException", "The security token included in the request is invalid."
)
UNSUPPORTED_MEDIA_TYPE = Kind("UNSUPPORTED_MEDIA_TYPE", 415, "UnsupportedMediaTypeException", "Unsupported Media Type")

TYPES = frozenset(
    {
        "ACCESS_DENIED",
        "API_CONFIGURATION_ERROR",
        "AUTHORIZER_CONFIGURATION_ERROR",
        "AUTHORIZER_FAILURE",
        "BAD_REQUEST_BODY",
        "BAD_REQUEST_PARAMETERS",
        "DEFAULT_4XX",
        "DEFAULT_5XX",
        "EXPIRED_TOKEN",
        "INTEGRATION_FAILURE",
        "INTEGRATION_TIMEOUT",
        "INVALID_API_KEY",
        "INVALID_SIGNATURE",
        "MISSING_AUTHENTICATION_TOKEN",
        "QUOTA_EXCEEDED",
        "REQUEST_TOO_LARGE",
        "RESOURCE_NOT_FOUND",
        "THROTTLED",
        "UNAUTHORIZED",
        "UNSUPPORTED_MEDIA_TYPE",
        "WAF_FILTERED",
    }
)
"""The types that a document may describe."""


class GatewayRefusedError(Exception):
    """A request that API Gateway answers by itself."""

    def __init__(self, kind: Kind, message: str = "", why: str = "") -> None:
        """Refuse with AWS's message; `why` is for the log alone."""
        self.kind = kind
        self.message = message or kind.message
        self.why = why
        super().__init__(f"{kind.error}: {self.message}")


def refuse(kind: Kind, message: str = "", why: str = "") -> NoReturn:
    """Refuse the request at hand."""
    raise GatewayRefusedError(kind, message, why)
