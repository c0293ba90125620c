"""A sandboxed AWS, and the functions as they are deployed there."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from components.analytics.functions.feeding import SCHEMA

from pulumi_aws_mobile.analytics.functions.events import counting, privacy, settings
from pulumi_aws_sandbox.aws import Connection, in_process

HOME = "eu-west-1"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """Give the functions an AWS with a key for hashes, and forget what they knew of another."""
    with in_process(HOME) as clients:
        boto3 = SimpleNamespace(client=lambda name, region_name=HOME, **_: clients(name, region_name))
        monkeypatch.setattr(privacy, "boto3", boto3)
        monkeypatch.setattr(counting, "boto3", boto3)
        key = clients("kms").create_key(KeyUsage="GENERATE_VERIFY_MAC", KeySpec="HMAC_256")["KeyMetadata"]["Arn"]
        for name, value in {
            "SCHEMA": SCHEMA,
            "PRIVACY": json.dumps({"user_id": "hash", "device_id": "keep"}),
            "HASH_KEY_ARN": key,
            "METRICS_NAMESPACE": "AwsMobile/Analytics",
            "ANALYTICS": "project-stack-a",
        }.items():
            monkeypatch.setenv(name, value)
        _forget()
        yield clients
    _forget()


def _forget() -> None:
    settings.settings.cache_clear()
    privacy.hash_key.cache_clear()
    counting._cloudwatch.cache_clear()
    counting.forget()
