"""A sandboxed AWS, and the function as it is deployed there."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from components.token_exchange.building import HOME
from components.token_exchange.functions.surroundings import Deployed

from pulumi_aws_mobile.token_exchange.functions.exchange import clients
from pulumi_aws_sandbox.aws import in_process


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        monkeypatch.setattr(
            clients, "boto3", SimpleNamespace(client=lambda name, region_name, **_: aws(name, region_name))
        )
        clients.client.cache_clear()
        yield Deployed(aws, monkeypatch, aws("cognito-idp").create_user_pool(PoolName="users")["UserPool"]["Id"])
    clients.client.cache_clear()
