"""An empty AWS for each test, and stand-ins for deployed functions."""

from collections.abc import Iterator

import pytest
from sandbox.user_pools.app import App, Triggers

from pulumi_aws_sandbox.aws import Connection, in_process


@pytest.fixture
def clients() -> Iterator[Connection]:
    with in_process("eu-west-1") as connection:
        yield connection


@pytest.fixture
def app(clients: Connection) -> App:
    return App.made(clients)


@pytest.fixture
def triggers(monkeypatch: pytest.MonkeyPatch) -> Triggers:
    return Triggers().install(monkeypatch)
