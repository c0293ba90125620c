"""A sandboxed AWS, in which the functions work as they are deployed."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from components.dr_pair.functions.plans import RECOVERY_REGION

from pulumi_aws_mobile.dr_pair.functions.recovery import clients
from pulumi_aws_sandbox.aws import Connection, in_process


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    with in_process(RECOVERY_REGION) as connection:
        monkeypatch.setattr(
            clients, "boto3", SimpleNamespace(client=lambda name, region_name, **_: connection(name, region_name))
        )
        clients.client.cache_clear()
        yield connection
    clients.client.cache_clear()
