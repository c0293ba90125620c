"""How a gap refuses a request as Elastic Beanstalk would."""

from collections.abc import Mapping
from typing import Any, NoReturn

INVALID = "InvalidParameterValue"
COMBINATION = "InvalidParameterCombination"
CONFIGURATION = "ConfigurationValidationException"

_LONGEST = 100
_LONGEST_DESCRIPTION = 200


def refuse(code: str, reason: str) -> NoReturn:
    """Answer the request with an error of Elastic Beanstalk."""
    from moto.elasticbeanstalk.exceptions import (  # noqa: PLC0415 - moto loads only when something is deployed
        ElasticBeanstalkException,
    )

    raise ElasticBeanstalkException(code, reason)


def require(holds: object, reason: str, code: str = INVALID) -> None:
    """Refuse the request unless something holds."""
    if not holds:
        refuse(code, reason)


def check_texts(given: Mapping[str, Any], name: str) -> None:
    """Refuse a name or a description that is too long."""
    length = len(given[name])
    require(1 <= length <= _LONGEST, f"{name} must have 1 to {_LONGEST} characters: it has {length}.")
    described = len(given.get("Description") or "")
    reason = f"Description must have at most {_LONGEST_DESCRIPTION} characters: it has {described}."
    require(described <= _LONGEST_DESCRIPTION, reason)
