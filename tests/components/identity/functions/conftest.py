"""AWS by moto, a provider of CAPTCHAs, and the functions' own environment."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from components.identity.functions.provider import Provider, serving
from components.identity.functions.surroundings import Clock, Deployed, Mailbox, client_of
from moto import mock_aws

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import (
    captcha,
    clients,
    create_challenge,
    verify_challenge,
)


@pytest.fixture(scope="session")
def _one_provider() -> Iterator[Provider]:
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(_one_provider: Provider) -> Provider:
    _one_provider.forget()
    return _one_provider


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clients, "boto3", SimpleNamespace(client=client_of))
    with mock_aws():
        clients.client.cache_clear()
        captcha._kept.clear()
        client_of("sesv2", "eu-west-1").create_email_identity(EmailIdentity="example.com")
        yield
    clients.client.cache_clear()
    captcha._kept.clear()


@pytest.fixture
def mailbox(cloud: None) -> Mailbox:  # noqa: ARG001 - SES is in it
    return Mailbox()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    seen = SimpleNamespace(time=lambda: clock.now, monotonic=lambda: clock.now, sleep=clock.sleep)
    for module in (create_challenge, verify_challenge):
        monkeypatch.setattr(module, "time", seen)
    return clock


@pytest.fixture
def deployed(
    cloud: None,  # noqa: ARG001 - the secret is in it
    clock: Clock,  # noqa: ARG001 - no test waits
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
) -> Deployed:
    return Deployed(monkeypatch, provider)
