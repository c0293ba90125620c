"""How much one identity may keep, and for how long what was is remembered, as the function's environment says."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

DAY_SECONDS = 86_400
LONGEST_BODY = 3_500_000
"""Bytes of a push's body: a transaction of DynamoDB holds 4 MB."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits; the defaults are those of the service without any environment."""

    max_datasets: int = 20
    max_dataset_bytes: int = 1_048_576
    max_records: int = 1024
    max_key_bytes: int = 1024
    max_value_bytes: int = 262_144
    max_changes: int = 90
    tombstone_days: int = 30
    token_days: int = 7
    region: str = ""
    """The Region that takes pushes here."""


def read_limits(environment: Mapping[str, str] = os.environ) -> Limits:
    """Return the limits that the environment gives."""
    names = [name for name in Limits.__dataclass_fields__ if name != "region"]
    given = {name: int(environment[name.upper()]) for name in names if name.upper() in environment}
    return Limits(**given, region=environment.get("AWS_REGION", ""))
