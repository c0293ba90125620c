"""Calls to AWS: each names its Region, and none waits long for one that may be lost."""

import functools
import time
from typing import Any

import boto3
from botocore import exceptions
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError

from .effects import FailedError, NotNowError, UnreachableError

_NEAR = Config(connect_timeout=2, read_timeout=8, retries={"mode": "standard", "total_max_attempts": 3})
_FAR = Config(connect_timeout=2, read_timeout=4, retries={"mode": "standard", "total_max_attempts": 2})
_SERVER_ERROR = 500

_BUSY = frozenset(
    {
        "InvalidDBInstanceState",
        "InvalidDBInstanceStateFault",
        "OperationInProgressFailure",
        "OperationInProgressException",
        "AlreadyExistsException",
        "TokenAlreadyExistsException",
    }
)
"""The resource is at something else, or what is asked for is under way."""


class Stopwatch:
    """How long the function waited for others."""

    seconds = 0.0


@functools.cache
def client(service: str, region: str, *, is_far: bool = False) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    """Return the client of a service in a Region, made once while the function stays warm."""
    make: Any = boto3.client  # its overloads name every service literally
    return make(service, region_name=region, config=_FAR if is_far else _NEAR)


def call(service: str, region: str, operation: str, *, is_far: bool = False, **parameters: Any) -> Any:  # noqa: ANN401 - boto3's own
    """Call AWS.

    Raise `UnreachableError` where the Region does not answer, `NotNowError` where the resource is busy, and
    `FailedError` for what else is refused.
    """
    method = getattr(client(service, region, is_far=is_far), operation)
    began = time.perf_counter()
    try:
        return method(**parameters)
    except (exceptions.ConnectionError, HTTPClientError) as error:
        message = f"{service} in {region}: {type(error).__name__}"
        raise UnreachableError(message) from error
    except ClientError as error:
        told = error.response.get("Error", {})
        code, status = told.get("Code", ""), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        message = f"{error.operation_name} in {region}: {code}: {told.get('Message', '')}"
        if status >= _SERVER_ERROR:
            raise UnreachableError(message) from error
        if code in _BUSY or "invalid state" in message.lower():
            raise NotNowError(message) from error
        raise FailedError(message) from error
    finally:
        Stopwatch.seconds += time.perf_counter() - began


def code_of(error: FailedError) -> str:
    """Return the code with which AWS refused."""
    cause = error.__cause__
    return cause.response["Error"]["Code"] if isinstance(cause, ClientError) else ""
