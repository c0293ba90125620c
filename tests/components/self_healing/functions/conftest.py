"""A sandboxed AWS, and the healer as it is deployed there."""

from collections.abc import Iterator

import pytest
from components.self_healing.functions.surroundings import HOME, World

from pulumi_aws_mobile.self_healing.functions.healing import clients
from pulumi_aws_sandbox.aws import in_process


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with in_process(HOME) as aws:
        yield World(aws, monkeypatch)
    clients.asking.cache_clear()
    clients.changing.cache_clear()
