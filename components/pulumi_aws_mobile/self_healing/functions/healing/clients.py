"""The AWS services that this function uses."""

import functools
from typing import Any

import boto3
from botocore.config import Config

# What asks may be tried again. What changes something is tried once: the next tick sees whether it helped.
_ASKING = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3})
_CHANGING = Config(connect_timeout=2, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 1})


@functools.cache
def asking(service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    """Return a client for calls that change nothing, or that do no harm twice."""
    make: Any = boto3.client  # its overloads name every service literally
    return make(service, config=_ASKING)


@functools.cache
def changing(service: str) -> Any:  # noqa: ANN401 - as above
    """Return a client for calls that change something."""
    make: Any = boto3.client  # its overloads name every service literally
    return make(service, config=_CHANGING)
