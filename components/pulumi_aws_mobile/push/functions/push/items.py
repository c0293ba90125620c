"""What the table holds, and where: the devices of each identity, the claim on each push token, and sent messages.

A claim says whose a token is, and what SNS knows of it; a device says which token it has, and which topics it wants.
A token is a device's exactly if the claim names the device, and both change in one transaction.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]
"""An item as DynamoDB writes it: a type and a value for each attribute."""
DEVICE_PREFIX, LEFT_PREFIX = "d#", "g#"


@dataclass(frozen=True, slots=True)
class Device:
    """A device of an identity."""

    name: str
    platform: str
    digest: str
    """Of its token, which the claim has."""
    topics: tuple[str, ...]
    """The keys of those it wants, sorted."""
    version: str
    """Another one after each change."""
    registered_at: int


@dataclass(slots=True)
class Claim:
    """What is known of a push token."""

    digest: str
    platform: str
    token: str
    owner: str | None
    """`identity#device`; `None` for one that nobody has any more, which is yet to be cleaned up."""
    endpoint: str | None
    subscriptions: dict[str, str] = field(default_factory=dict)
    """ARNs by the key of the topic; empty while it is not known whether SNS has it."""
    lease: str | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """All that an identity has."""

    devices: Mapping[str, Device]
    left: tuple[str, ...]
    """The digests of tokens that it had, and that are yet to be cleaned up."""


def digest_of(platform: str, token: str) -> str:
    """Return what a token is known by; a token says nothing beyond its platform."""
    return hashlib.sha256(f"{platform}:{token}".encode()).hexdigest()


def owner_of(identity: str, device: str) -> str:
    """Return how a claim names a device; no identity has the sign in it."""
    return f"{identity}#{device}"


def own_key(identity: str) -> str:
    """Return the partition of an identity."""
    return f"i#{identity}"


def device_key(identity: str, device: str) -> Item:
    """Return where a device lies."""
    return key(own_key(identity), f"{DEVICE_PREFIX}{device}")


def left_key(identity: str, digest: str) -> Item:
    """Return where it is noted that a token is to be cleaned up."""
    return key(own_key(identity), f"{LEFT_PREFIX}{digest}")


def claim_key(digest: str) -> Item:
    """Return where a claim lies."""
    return key(f"t#{digest}", "claim")


def message_key(sender: str, token: str) -> Item:
    """Return where it is noted that a message was sent."""
    return key(f"m#{sender}#{token}", "message")


def key(partition: str, sort: str) -> Item:
    """Return the key of an item."""
    return {"pk": {"S": partition}, "sk": {"S": sort}}


def read_device(item: Item) -> Device:
    """Return a device."""
    return Device(
        name=item["sk"]["S"].removeprefix(DEVICE_PREFIX),
        platform=item["platform"]["S"],
        digest=item["digest"]["S"],
        topics=tuple(topic["S"] for topic in item["topics"]["L"]),
        version=item["version"]["S"],
        registered_at=int(item["registered_at"]["N"]),
    )


def write_device(identity: str, device: Device) -> Item:
    """Return the item of a device."""
    return {
        **device_key(identity, device.name),
        "platform": {"S": device.platform},
        "digest": {"S": device.digest},
        "topics": {"L": [{"S": topic} for topic in device.topics]},
        "version": {"S": device.version},
        "registered_at": {"N": str(device.registered_at)},
    }


def read_claim(item: Item | None) -> Claim | None:
    """Return a claim; `None` if there is none."""
    if item is None:
        return None
    return Claim(
        digest=item["pk"]["S"].removeprefix("t#"),
        platform=item["platform"]["S"],
        token=item["token"]["S"],
        owner=item["owner"]["S"] if "owner" in item else None,
        endpoint=item["endpoint"]["S"] if "endpoint" in item else None,
        subscriptions={topic: arn["S"] for topic, arn in item["subscriptions"]["M"].items()},
        lease=item["lease"]["S"] if "lease" in item else None,
    )
