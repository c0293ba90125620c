"""The AWS services that this function uses."""

import functools
from typing import Any

import boto3
from botocore.config import Config

# Looking up and signing change nothing, so that they can be tried again.
_IN_TIME = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})


@functools.cache
def client(service: str, region: str) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    """Return the client of a service in a Region, made once while the function stays warm."""
    make: Any = boto3.client  # its overloads name every service literally
    return make(service, region_name=region, config=_IN_TIME)
