"""A deployed healer for each test."""

from collections.abc import Iterator

import pytest
from sandbox.healing.deployed import HOME, Deployed

from pulumi_aws_sandbox.aws import in_process


@pytest.fixture
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        yield Deployed(aws)
