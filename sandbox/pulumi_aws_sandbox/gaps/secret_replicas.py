"""Replicas of secrets under the key that they were asked to have."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Keep the key of each replica."""
    from moto.secretsmanager.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        FakeSecret,
        ReplicaSecret,
    )

    replace(FakeSecret, "create_replicas", _with_keys)
    replicas: Any = ReplicaSecret
    replicas.kms_key_id = property(_key)
    replicas.policy = None


def _with_keys(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, replica_regions: list[dict[str, str]], force_overwrite: bool) -> Any:  # noqa: ANN401 - moto's own
        replicas = original(self, replica_regions, force_overwrite)
        keys = {each["Region"]: each["KmsKeyId"] for each in replica_regions or [] if each.get("KmsKeyId")}
        for replica in replicas:
            if replica.region in keys:
                replica.config["KmsKeyId"] = keys[replica.region]
        return replicas

    return create


def _key(self: Any) -> str | None:  # noqa: ANN401 - moto's own type
    return self.config.get("KmsKeyId")
