"""What the tests of permissions share: an AWS behind each of the two doors."""

from collections.abc import Iterator

import pytest
import requests
from sandbox.access.world import REGION, Door

from pulumi_aws_sandbox.aws import in_process, server
from pulumi_aws_sandbox.serve import serving


@pytest.fixture
def aws() -> Iterator[Door]:
    """Give an empty AWS in this process."""
    with in_process(REGION) as operator:
        yield Door(operator, None)


@pytest.fixture(params=["in process", "server"])
def door(request: pytest.FixtureRequest) -> Iterator[Door]:
    """Give an empty AWS in this process, and one behind a URL."""
    if request.param == "in process":
        with in_process(REGION) as operator:
            yield Door(operator, None)
    else:
        with serving() as url:
            # A server that this process had before leaves its AWS behind.
            requests.post(f"{url}/moto-api/reset", timeout=10)
            yield Door(server(url, REGION), url)
