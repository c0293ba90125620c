"""What the functions are told by their environment."""

import functools
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

KEEP, HASH, DROP = "keep", "hash", "drop"


@dataclass(frozen=True, slots=True)
class EventType:
    """What an event of one type may carry."""

    attributes: frozenset[str]
    metrics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How events are read."""

    version: int
    """The newest version of the schema; events of it and of all before it are taken."""
    types: Mapping[str, EventType]
    privacy: Mapping[str, str]
    """What becomes of `user_id`, `device_id` and `attributes.NAME`: keep, hash or drop."""
    hash_key_arn: str
    """The KMS key for HMACs from which the key of the hashes comes; empty if nothing is hashed."""
    late_milliseconds: int
    tolerance_milliseconds: int
    namespace: str
    """Where numbers are published in CloudWatch; empty if this function publishes none."""
    dimension: str
    """What the numbers are about."""


@functools.cache
def settings() -> Settings:
    """Return the settings of this deployment, read once."""
    told = os.environ
    schema = json.loads(told["SCHEMA"])
    return Settings(
        version=schema["version"],
        types={
            name: EventType(frozenset(attributes), frozenset(metrics))
            for name, (attributes, metrics) in schema["types"].items()
        },
        privacy=json.loads(told.get("PRIVACY", "{}")),
        hash_key_arn=told.get("HASH_KEY_ARN", ""),
        late_milliseconds=int(told.get("LATE_DAYS", "7")) * 86_400_000,
        tolerance_milliseconds=int(told.get("CLOCK_TOLERANCE_SECONDS", "300")) * 1000,
        namespace=told.get("METRICS_NAMESPACE", ""),
        dimension=told.get("ANALYTICS", ""),
    )
