"""What is kept of who and what an event tells."""

import functools
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import boto3
from botocore.config import Config

from .settings import DROP, HASH, KEEP, Settings

_PURPOSE = b"aws-mobile analytics: identifiers, version 1"
_IN_TIME = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


@functools.cache
def hash_key(arn: str) -> bytes:
    """Return the secret key of the hashes, which KMS makes anew, and always the same, when a function starts.

    Nobody can read the key that it is made of, and this one is written down nowhere. One call serves all events.
    """
    make: Any = boto3.client  # its overloads name every service literally
    kms = make("kms", region_name=arn.split(":")[3], config=_IN_TIME)
    return kms.generate_mac(KeyId=arn, Message=_PURPOSE, MacAlgorithm="HMAC_SHA_256")["Mac"]


def private(value: str | None, what: str, told: Settings) -> str | None:
    """Return what is kept of an identifier."""
    wish = told.privacy.get(what, KEEP)
    if value is None or wish == DROP:
        return None
    if wish == HASH:
        return hmac.new(hash_key(told.hash_key_arn), f"{what}:{value}".encode(), hashlib.sha256).hexdigest()
    return value


def private_attributes(attributes: Mapping[str, str], told: Settings) -> dict[str, str]:
    """Return what is kept of the attributes."""
    kept = {name: private(value, f"attributes.{name}", told) for name, value in attributes.items()}
    return {name: value for name, value in kept.items() if value is not None}
