"""The state in DynamoDB: one item for the pair, one per run, written by one invocation at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from .clients import call, code_of
from .effects import FailedError
from .state import Pair, Run, new_pair, pair_from_item, pair_to_item, run_from_item, run_to_item

LEASE_SECONDS = 55
"""Longer than the function may run (40 s), so that two never write; shorter than a minute, so that the next tick
resumes what a crash left."""

_PAIR = "pair"
_OWNED = "version = :version AND lease_owner = :owner"


class LostLeaseError(Exception):
    """Another invocation has taken over; this one must not write any more."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write, and what was written last."""

    owner: str
    until: int
    version: int
    pair: Pair


class Store(Protocol):
    """Where the state is kept."""

    def pair(self) -> Pair:
        """Return the pair."""

    def run(self, run_id: str) -> Run | None:
        """Return a run."""

    def lease(self, owner: str, now: int) -> Lease | None:
        """Take the right to write, unless another invocation has it."""

    def save(self, lease: Lease, pair: Pair, run: Run | None) -> Lease:
        """Write both or nothing; raise `LostLeaseError` if the lease is another's."""

    def release(self, lease: Lease) -> None:
        """Give the lease back."""


@dataclass(frozen=True, slots=True)
class Table:
    """The DynamoDB table."""

    name: str
    region: str
    takeovers: int
    """What a table without a pair starts from."""

    def pair(self) -> Pair:
        """Return the pair."""
        item = self._get(_PAIR)
        return pair_from_item(item) if item and "active" in item else new_pair(self.takeovers)

    def run(self, run_id: str) -> Run | None:
        """Return a run."""
        item = self._get(_key_of(run_id)) if run_id else None
        return run_from_item(item) if item else None

    def lease(self, owner: str, now: int) -> Lease | None:
        """Take the right to write, unless another invocation has it."""
        until = now + LEASE_SECONDS
        try:
            answer = self._call(
                "update_item",
                Key=_item({"pk": _PAIR}),
                UpdateExpression="SET lease_owner = :owner, lease_until = :until ADD version :one",
                ConditionExpression="attribute_not_exists(lease_until) OR lease_until <= :now",
                ExpressionAttributeValues=_item({":owner": owner, ":until": until, ":now": now, ":one": 1}),
                ReturnValues="ALL_NEW",
            )
        except FailedError as error:
            if code_of(error) == "ConditionalCheckFailedException":
                return None
            raise
        item = _plain(answer["Attributes"])
        pair = pair_from_item(item) if "active" in item else new_pair(self.takeovers)
        return Lease(owner, until, item["version"], pair)

    def save(self, lease: Lease, pair: Pair, run: Run | None) -> Lease:
        """Write both or nothing; raise `LostLeaseError` if the lease is another's."""
        following = replace(lease, version=lease.version + 1, pair=pair)
        held = {"version": following.version, "lease_owner": lease.owner, "lease_until": lease.until}
        puts = [self._put({"pk": _PAIR, **held, **pair_to_item(pair)}, lease)]
        if run is not None:
            puts.append(self._put({"pk": _key_of(run.id), **run_to_item(run)}))
        try:
            self._call("transact_write_items", TransactItems=puts)
        except FailedError as error:
            if code_of(error) == "TransactionCanceledException":
                message = "another invocation has the lease"
                raise LostLeaseError(message) from error
            raise
        return following

    def release(self, lease: Lease) -> None:
        """Give the lease back; if it is another's by now, that one keeps it."""
        try:
            self._call(
                "update_item",
                Key=_item({"pk": _PAIR}),
                UpdateExpression="SET lease_until = :zero",
                ConditionExpression=_OWNED,
                ExpressionAttributeValues=_item({":zero": 0, **_owner(lease)}),
            )
        except FailedError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise

    def _put(self, item: Mapping[str, Any], lease: Lease | None = None) -> dict[str, Any]:
        put: dict[str, Any] = {"TableName": self.name, "Item": _item(item)}
        if lease is not None:
            put |= {"ConditionExpression": _OWNED, "ExpressionAttributeValues": _item(_owner(lease))}
        return {"Put": put}

    def _get(self, key: str) -> dict[str, Any] | None:
        answer = self._call("get_item", Key=_item({"pk": key}), ConsistentRead=True)
        return _plain(answer["Item"]) if "Item" in answer else None

    def _call(self, operation: str, **parameters: Any) -> Any:  # noqa: ANN401 - boto3's own
        named: dict[str, Any] = {} if operation == "transact_write_items" else {"TableName": self.name}
        return call("dynamodb", self.region, operation, **(named | parameters))


def _key_of(run_id: str) -> str:
    return f"run#{run_id}"


def _owner(lease: Lease) -> dict[str, Any]:
    return {":version": lease.version, ":owner": lease.owner}


def _item(values: Mapping[str, Any]) -> dict[str, Any]:
    serializer = TypeSerializer()
    return {key: serializer.serialize(value) for key, value in values.items()}


def _plain(item: Mapping[str, Any]) -> dict[str, Any]:
    deserializer = TypeDeserializer()
    return {key: _whole(deserializer.deserialize(value)) for key, value in item.items()}


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return numbers as Python's own; the table holds whole ones only."""
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, Mapping):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return value
