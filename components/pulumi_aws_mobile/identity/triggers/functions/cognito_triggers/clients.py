"""The AWS services that these functions use."""

import functools
from typing import Any

import boto3
from botocore.config import Config

# Cognito gives a function five seconds: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
_IN_TIME = Config(connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 2})
_ONCE = Config(connect_timeout=1, read_timeout=4, retries={"total_max_attempts": 1})


@functools.cache
def client(service: str, region: str) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    """Return the client of a service in a Region; what a Lambda function does is not asked for twice."""
    make: Any = boto3.client  # its overloads name every service literally
    return make(service, region_name=region, config=_ONCE if service == "lambda" else _IN_TIME)


def client_for(service: str, arn: str) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    """Return the client of a service in the Region that `arn` names."""
    return client(service, arn.split(":")[3])
