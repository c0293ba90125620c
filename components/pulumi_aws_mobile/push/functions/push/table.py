"""Reads and writes the table: every read is consistent, what belongs together is one transaction, nothing is scanned.

Whoever changes what SNS knows of a token holds the lease on its claim, so that two never do it at the same moment. A
lease that its holder did not give back ends by itself, after any function that could have held it.
"""

import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from . import items
from .failures import busy
from .items import Claim, Item, Own

LEASE_SECONDS = 40
"""Longer than a function runs."""
_LATER = frozenset({"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"})
_LOST = frozenset({"ConditionalCheckFailed", "TransactionConflict", "None"})
"""Why a transaction is canceled if somebody else was quicker."""
_CONFLICTS = frozenset({"ConditionalCheckFailedException", "TransactionConflictException"})


class Table:
    """The table of the functions."""

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
        """Work on the table `name`."""
        self._client = client
        self._name = name

    def own(self, identity: str) -> Own:
        """Read all that an identity has."""
        devices, left = {}, []
        start: dict[str, Any] = {}
        while True:
            answer = self._call(
                "query",
                KeyConditionExpression="pk = :own",
                ExpressionAttributeValues={":own": {"S": items.own_key(identity)}},
                ConsistentRead=True,
                **start,
            )
            for item in answer["Items"]:
                sort = item["sk"]["S"]
                if sort.startswith(items.DEVICE_PREFIX):
                    device = items.read_device(item)
                    devices[device.name] = device
                else:
                    left.append(sort.removeprefix(items.LEFT_PREFIX))
            if "LastEvaluatedKey" not in answer:
                return Own(devices, tuple(left))
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def claim(self, digest: str) -> Claim | None:
        """Read a claim."""
        return items.read_claim(self._call("get_item", Key=items.claim_key(digest), ConsistentRead=True).get("Item"))

    def claims(self, digests: Iterable[str]) -> dict[str, Claim]:
        """Read claims by digest; at most a hundred."""
        asked: dict[str, Any] = {
            "Keys": [items.claim_key(digest) for digest in dict.fromkeys(digests)],
            "ConsistentRead": True,
        }
        found: dict[str, Claim] = {}
        while asked.get("Keys"):
            try:
                answer = self._client.batch_get_item(RequestItems={self._name: asked})
            except ClientError as error:
                raise _later(error) from error
            for item in answer["Responses"].get(self._name, []):
                claim = items.read_claim(item)
                if claim is not None:
                    found[claim.digest] = claim
            asked = answer.get("UnprocessedKeys", {}).get(self._name, {})
        return found

    def lease(self, digest: str) -> Claim | None:
        """Take the lease on a claim and return the claim; `None` if there is none any more."""
        now = int(time.time())
        try:
            answer = self._call(
                "update_item",
                Key=items.claim_key(digest),
                UpdateExpression="SET lease = :lease, lease_until = :until",
                ConditionExpression="attribute_exists(pk) AND (attribute_not_exists(lease) OR lease_until < :now)",
                ExpressionAttributeValues={
                    ":lease": {"S": new_id()},
                    ":until": {"N": str(now + LEASE_SECONDS)},
                    ":now": {"N": str(now)},
                },
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in _CONFLICTS:
                raise
            if self.claim(digest) is None:
                return None
            raise busy() from error
        return items.read_claim(answer["Attributes"])

    def release(self, claim: Claim) -> None:
        """Give the lease back; it may have ended before."""
        try:
            self._change(claim, "REMOVE lease, lease_until", {})
        except ClientError as error:
            if error.response["Error"]["Code"] not in _CONFLICTS:
                raise

    def record(self, claim: Claim) -> None:
        """Write what SNS knows of a token, as the holder of the lease."""
        values: Item = {":subscriptions": _map(claim.subscriptions)}
        change = "SET subscriptions = :subscriptions"
        if claim.endpoint is not None:
            change, values[":endpoint"] = f"{change}, endpoint = :endpoint", {"S": claim.endpoint}
        try:
            self._change(claim, change, values)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _CONFLICTS:
                raise
            raise busy() from error

    def forget(self, claim: Claim) -> bool:
        """Delete a claim that nobody has; `False` if it is no longer so."""
        delete = {
            "Key": items.claim_key(claim.digest),
            "ConditionExpression": "lease = :lease AND attribute_not_exists(#owner)",
            "ExpressionAttributeNames": {"#owner": "owner"},
            "ExpressionAttributeValues": {":lease": {"S": claim.lease}},
        }
        return self.commit([{"Delete": delete}])

    def drop(self, where: Item) -> None:
        """Delete an item."""
        self._call("delete_item", Key=where)

    def remember(self, item: Item, now: int) -> Item | None:
        """Put an item unless there is one that is still valid; return the one that is there."""
        try:
            self._call(
                "put_item",
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR expires_at < :now",
                ExpressionAttributeValues={":now": {"N": str(now)}},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in _CONFLICTS:
                raise
            where = {name: item[name] for name in ("pk", "sk")}
            return self._call("get_item", Key=where, ConsistentRead=True).get("Item")
        return None

    def change(self, where: Item, expression: str, condition: str, values: Mapping[str, Any]) -> bool:
        """Change an item; `False` if the condition does not hold."""
        update = {
            "Key": where,
            "UpdateExpression": expression,
            "ConditionExpression": condition,
            "ExpressionAttributeValues": dict(values),
        }
        return self.commit([{"Update": update}])

    def commit(self, writes: Sequence[dict[str, Any]]) -> bool:
        """Write all or nothing; `False` if something was no longer as it was read."""
        named = [{kind: {"TableName": self._name, **write} for kind, write in each.items()} for each in writes]
        try:
            self._client.transact_write_items(TransactItems=named)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _LATER:
                raise busy() from error
            reasons = {reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])}
            if code == "TransactionInProgressException" or (
                code == "TransactionCanceledException" and reasons <= _LOST
            ):
                return False
            raise
        return True

    def _change(self, claim: Claim, expression: str, values: Item) -> None:
        self._call(
            "update_item",
            Key=items.claim_key(claim.digest),
            UpdateExpression=expression,
            ConditionExpression="lease = :lease",
            ExpressionAttributeValues={**values, ":lease": {"S": claim.lease}},
        )

    def _call(self, operation: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the operation takes it
        try:
            return getattr(self._client, operation)(TableName=self._name, **given)
        except ClientError as error:
            raise _later(error) from error


def new_id() -> str:
    """Return what nothing else is called."""
    return secrets.token_hex(8)


def _map(texts: Mapping[str, str]) -> Item:
    return {"M": {name: {"S": text} for name, text in texts.items()}}


def _later(error: ClientError) -> Exception:
    """Return what is raised for an error of DynamoDB: that it is busy, or the error itself."""
    return busy() if error.response["Error"]["Code"] in _LATER else error
