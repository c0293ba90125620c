"""What the sandbox's tests share: an empty AWS in this process for each of them."""

from collections.abc import Iterator

import pytest

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox

REGION = "eu-west-1"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a sandbox over an empty AWS."""
    with in_process(REGION) as clients:
        yield Sandbox(clients)
