"""Reads and writes the table: every read is consistent, every write is one transaction, and nothing is ever scanned."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from . import items
from .failures import busy, too_large
from .items import Account, Head, Item, Record, Remembered

_READS = 6
"""How often what DynamoDB left out of a batch is asked for again."""
_LATER = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)
_LOST = frozenset({"ConditionalCheckFailed", "TransactionConflict", "None"})
"""Why a transaction is canceled if somebody else was quicker."""
_THROTTLED = frozenset({"ProvisionedThroughputExceeded", "ThrottlingError"})
_FULL = "ItemCollectionSizeLimitExceeded"
"""Why it is canceled if a partition with its index has the 10 GB that it can have: tombstones and tokens count too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of an identity and one of its datasets."""

    account: Account | None
    head: Head | None
    remembered: Remembered | None = None

    @property
    def count(self) -> int:
        """The count that the dataset is at; where there is none, the one above which it will begin."""
        if self.head is not None:
            return self.head.sync_count
        return 0 if self.account is None else self.account.floor


Place = tuple[int, str]
"""Where a record is in the index: its count and its key."""


@dataclass(frozen=True, slots=True)
class Page:
    """Records in the index's order."""

    records: tuple[Record, ...]
    end: Place | None
    """Where the page ended; `None` if there is nothing behind it."""


class Table:
    """The table of one function."""

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
        """Work on the table `name`."""
        self._client = client
        self._name = name

    def see(self, identity: str, dataset: str, token: str | None = None) -> Seen:
        """Read the account, the head and, where there is one, what was answered to a token.

        A batch is no snapshot: a deletion within it may show neither the head nor the floor that it left.
        """
        return self._see(self._get, identity, dataset, token)

    def see_at_once(self, identity: str, dataset: str, token: str | None = None) -> Seen:
        """Read the same as they are at one moment, which costs DynamoDB twice as much."""
        return self._see(self._get_at_once, identity, dataset, token)

    def see_surely(self, identity: str, dataset: str) -> Seen:
        """Read the account and the head; where there is no head, both as they are at one moment."""
        seen = self.see(identity, dataset)
        return seen if seen.head is not None else self.see_at_once(identity, dataset)

    @staticmethod
    def _see(get: Callable[[Sequence[Item]], list[Item]], identity: str, dataset: str, token: str | None) -> Seen:
        own = items.own_key(identity)
        sorts = [items.ACCOUNT, items.head_sort(dataset)]
        if token is not None:
            sorts.append(items.token_sort(dataset, token))
        found = {item["sk"]["S"]: item for item in get([items.key(own, sort) for sort in sorts])}
        remembered = None if token is None else items.read_remembered(found.get(sorts[-1]))
        return Seen(items.read_account(found.get(sorts[0])), items.read_head(found.get(sorts[1])), remembered)

    def head(self, identity: str, dataset: str) -> Head | None:
        """Read the head alone."""
        where = items.key(items.own_key(identity), items.head_sort(dataset))
        return items.read_head(self._call("get_item", Key=where, ConsistentRead=True).get("Item"))

    def heads(self, identity: str) -> list[tuple[str, Head]]:
        """Read all heads of an identity, by name."""
        found: list[tuple[str, Head]] = []
        start: dict[str, Any] = {}
        while True:
            answer = self._call(
                "query",
                KeyConditionExpression="pk = :own AND begins_with(sk, :heads)",
                ExpressionAttributeValues={":own": {"S": items.own_key(identity)}, ":heads": {"S": items.HEAD_PREFIX}},
                ConsistentRead=True,
                **start,
            )
            for item in answer["Items"]:
                head = items.read_head(item)
                if head is not None:
                    found.append((item["sk"]["S"].removeprefix(items.HEAD_PREFIX), head))
            if "LastEvaluatedKey" not in answer:
                return found
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def records(self, partition: str, keys: Iterable[str]) -> dict[str, Record]:
        """Read records by their keys; those that are not there are left out."""
        wanted = [items.key(partition, key) for key in keys]
        return {record.key: record for record in map(items.read_record, self._get(wanted))}

    def page(self, partition: str, since: int, after: Place | None, *, live: bool) -> Page:
        """Read up to a megabyte of the records above a count, in the index's order, from behind `after`."""
        start = {}
        if after is not None:
            behind = items.key(partition, after[1])
            start = {"ExclusiveStartKey": {**behind, "count": items.number(after[0])}}
        answer = self._call(
            "query",
            IndexName=items.INDEX,
            KeyConditionExpression="pk = :records AND #count > :since",
            ExpressionAttributeNames={"#count": "count", **({"#value": "value"} if live else {})},
            ExpressionAttributeValues={":records": {"S": partition}, ":since": items.number(since)},
            ConsistentRead=True,
            **({"FilterExpression": "attribute_exists(#value)"} if live else {}),
            **start,
        )
        last = answer.get("LastEvaluatedKey")
        end = (int(last["count"]["N"]), last["sk"]["S"]) if last else None
        return Page(tuple(map(items.read_record, answer["Items"])), end)

    def commit(self, writes: Sequence[dict[str, Any]]) -> bool:
        """Write all or nothing; `False` if something was no longer as it was read."""
        named = [{kind: {"TableName": self._name, **write} for kind, write in each.items()} for each in writes]
        try:
            self._client.transact_write_items(TransactItems=named)
        except ClientError as error:
            if _outrun(error):
                return False
            raise _later(error) from error
        return True

    def _get(self, keys: Sequence[Item]) -> list[Item]:
        """Read items, in one request unless DynamoDB leaves some out."""
        found: list[Item] = []
        asked: dict[str, Any] = {"Keys": list(keys), "ConsistentRead": True}
        for _ in range(_READS):
            try:
                answer = self._client.batch_get_item(RequestItems={self._name: asked})
            except ClientError as error:
                raise _later(error) from error
            found += answer["Responses"].get(self._name, [])
            if self._name not in answer.get("UnprocessedKeys", {}):
                return found
            asked = answer["UnprocessedKeys"][self._name]
        raise busy()

    def _get_at_once(self, keys: Sequence[Item]) -> list[Item]:
        """Read items as they are at one moment."""
        asked = [{"Get": {"TableName": self._name, "Key": key}} for key in keys]
        for _ in range(_READS):
            try:
                answer = self._client.transact_get_items(TransactItems=asked)
            except ClientError as error:
                if not _outrun(error):
                    raise _later(error) from error
                continue
            return [each["Item"] for each in answer["Responses"] if each.get("Item")]
        raise busy()

    def _call(self, operation: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the operation takes it
        try:
            return getattr(self._client, operation)(TableName=self._name, **given)
        except ClientError as error:
            raise _later(error) from error


def _later(error: ClientError) -> Exception:
    """Return what is raised for an error of DynamoDB: that it is busy or the dataset is full, or the error itself."""
    reasons = _reasons(error)
    if _FULL in reasons:
        return too_large("dataset", "it has, with what was removed from it lately, all that it may have")
    return busy() if error.response["Error"]["Code"] in _LATER or reasons & _THROTTLED else error


def _outrun(error: ClientError) -> bool:
    """Return whether a transaction was canceled only because somebody else was quicker."""
    return error.response["Error"]["Code"] == "TransactionCanceledException" and _reasons(error) <= _LOST


def _reasons(error: ClientError) -> set[str]:
    """Return why a transaction was canceled; nothing for any other error."""
    return {reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])}
