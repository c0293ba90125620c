"""Removes the records of a dataset that was deleted. What it does not get done, the next call of it does."""

from typing import Any

_BATCH = 25
_LAST_MILLISECONDS = 10_000
_TRIES = 5


class UnfinishedError(Exception):
    """There are records left, and no time."""


class Purge:
    """Removes partitions of one table."""

    def __init__(self, client: Any, table: str, context: Any) -> None:  # noqa: ANN401 - boto3's and Lambda's own
        """Work until the function's time is nearly over."""
        self._client = client
        self._table = table
        self._left = getattr(context, "get_remaining_time_in_millis", None)

    def remove(self, partition: str) -> None:
        """Remove everything in a partition; raise an `UnfinishedError` if there is no time for all of it."""
        while keys := self._keys(partition):
            for start in range(0, len(keys), _BATCH):
                if self._left is not None and self._left() < _LAST_MILLISECONDS:
                    raise UnfinishedError
                self._delete(keys[start : start + _BATCH])

    def _keys(self, partition: str) -> list[dict[str, Any]]:
        """Return the keys of the next records: those before them are gone."""
        return self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :partition",
            ExpressionAttributeValues={":partition": {"S": partition}},
            ProjectionExpression="pk, sk",
            ConsistentRead=True,
        )["Items"]

    def _delete(self, keys: list[dict[str, Any]]) -> None:
        asked = {self._table: [{"DeleteRequest": {"Key": key}} for key in keys]}
        for _ in range(_TRIES):
            asked = self._client.batch_write_item(RequestItems=asked).get("UnprocessedItems")
            if not asked:
                return
        raise UnfinishedError
