"""What the tests of the gateway share: an AWS in this process, and a backend."""

from collections.abc import Iterator

import pytest
from sandbox.access.world import REGION, Door
from sandbox.gateway.calling import Backend
from sandbox.gateway.calling import backend as running_backend

from pulumi_aws_sandbox.aws import in_process


@pytest.fixture
def aws() -> Iterator[Door]:
    """Give an empty AWS in this process."""
    with in_process(REGION) as operator:
        yield Door(operator, None)


@pytest.fixture
def backend() -> Iterator[Backend]:
    """Give a server on this machine."""
    with running_backend() as found:
        yield found
