"""The parts of transactions: what changes, and what has to be as it was read for that."""

from typing import Any

from . import items
from .items import Claim, Device

Write = dict[str, Any]
"""A part of a transaction, as DynamoDB takes it but for the table's name."""


def take(claim: Claim, owner: str) -> Write:
    """Make a token somebody's, as the holder of the lease, if it is still whose it was."""
    before = "attribute_not_exists(#owner)" if claim.owner is None else "#owner = :before"
    values = {":owner": {"S": owner}, ":lease": {"S": claim.lease}}
    if claim.owner is not None:
        values[":before"] = {"S": claim.owner}
    return {
        "Update": {
            "Key": items.claim_key(claim.digest),
            "UpdateExpression": "SET #owner = :owner",
            "ConditionExpression": f"lease = :lease AND {before}",
            "ExpressionAttributeNames": {"#owner": "owner"},
            "ExpressionAttributeValues": values,
        }
    }


def claim_first(claim: Claim, endpoint: str, lease_until: int) -> Write:
    """Make a token somebody's that nobody has had, and hold the lease on it."""
    item = {
        **items.claim_key(claim.digest),
        "platform": {"S": claim.platform},
        "token": {"S": claim.token},
        "owner": {"S": claim.owner},
        "endpoint": {"S": endpoint},
        "subscriptions": {"M": {}},
        "lease": {"S": claim.lease},
        "lease_until": {"N": str(lease_until)},
    }
    return {"Put": {"Item": item, "ConditionExpression": "attribute_not_exists(pk)"}}


def put(identity: str, device: Device, before: Device | None) -> Write:
    """Put a device, if it still is as it was read."""
    item: Write = {"Item": items.write_device(identity, device)}
    if before is None:
        item["ConditionExpression"] = "attribute_not_exists(pk)"
    else:
        item["ConditionExpression"] = "version = :version"
        item["ExpressionAttributeValues"] = {":version": {"S": before.version}}
    return {"Put": item}


def delete(identity: str, device: Device) -> Write:
    """Delete a device, if it still is as it was read."""
    return {
        "Delete": {
            "Key": items.device_key(identity, device.name),
            "ConditionExpression": "version = :version",
            "ExpressionAttributeValues": {":version": {"S": device.version}},
        }
    }


def leave(identity: str, device: Device) -> list[Write]:
    """Give up a device's token, and note that it is to be cleaned up."""
    given_up = {
        "Key": items.claim_key(device.digest),
        "UpdateExpression": "REMOVE #owner",
        "ConditionExpression": "#owner = :owner",
        "ExpressionAttributeNames": {"#owner": "owner"},
        "ExpressionAttributeValues": {":owner": {"S": items.owner_of(identity, device.name)}},
    }
    return [{"Update": given_up}, {"Put": {"Item": items.left_key(identity, device.digest)}}]


def replace_token(identity: str, digest: str, before: Device | None) -> list[Write]:
    """Give up the token that the device had before, if it was another one."""
    if before is None or before.digest == digest:
        return []
    return leave(identity, before)


def taken_from(claim: Claim) -> Write:
    """Delete the device whose token another one has now."""
    identity, _, name = (claim.owner or "").partition("#")
    return {
        "Delete": {
            "Key": items.device_key(identity, name),
            "ConditionExpression": "digest = :digest",
            "ExpressionAttributeValues": {":digest": {"S": claim.digest}},
        }
    }
