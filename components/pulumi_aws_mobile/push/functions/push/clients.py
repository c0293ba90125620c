"""The AWS clients, made when they are first needed and kept for the calls that follow."""

from functools import cache
from typing import Any, Literal

import boto3
from botocore.config import Config

CONCURRENCY = 8
"""How many messages are on their way at the same moment."""
_CONFIG = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=CONCURRENCY,
)
"""Short enough that a device hears before API Gateway gives up."""


@cache
def client(service: Literal["dynamodb", "sns"]) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the client of a service."""
    return boto3.client(service, config=_CONFIG)
