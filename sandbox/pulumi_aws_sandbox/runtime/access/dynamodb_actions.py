"""The actions of DynamoDB on tables and indexes, with the keys and attributes that conditions may ask about."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.runtime.access import keys
from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.needs import Access, arn

_TABLES_PARAM = {"BatchGetItem", "BatchWriteItem"}
_TRANSACTIONS = {"TransactGetItems": "TransactItems", "TransactWriteItems": "TransactItems"}
_PARTS = {
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


def accesses(call: Call) -> list[Access]:
    """Return what a call needs, for each table that it touches."""
    action = f"dynamodb:{call.operation}"
    if call.operation in _TABLES_PARAM:
        requests: Mapping[str, Any] = call.params.get("RequestItems") or {}
        return [
            Access(action, _table(call, table), {**keys.of_items(call, table, _batched(items)), **keys.shape(call)})
            for table, items in requests.items()
        ] or [Access(action)]
    if call.operation in _TRANSACTIONS:
        return [
            Access(
                f"dynamodb:{_PARTS[kind]}",
                _table(call, part["TableName"]),
                {**keys.of_items(call, part["TableName"], [part]), "dynamodb:EnclosingOperation": call.operation},
            )
            for each in call.params.get("TransactItems") or []
            for kind, part in each.items()
            if kind in _PARTS
        ] or [Access(action)]
    table = call.text("TableName") or call.text("ResourceArn")
    if table is None:
        iterator = call.text("ShardIterator")
        # An iterator begins with the stream that it belongs to.
        return [Access(action, call.text("StreamArn") or (iterator.split("|")[0] if iterator else None))]
    facts = {**keys.of_call(call, table), **keys.shape(call)}
    index = call.text("IndexName")
    return [Access(action, _table(call, table) + (f"/index/{index}" if index else ""), facts)]


def _table(call: Call, name: str) -> str:
    return name if name.startswith("arn:") else arn(call, "table/{name}", name)


def _batched(items: object) -> list[Mapping[str, Any]]:
    """Return what a batch says of one table as single requests."""
    if isinstance(items, Mapping):
        return [{"Key": key} for key in items.get("Keys", [])]
    return [part for each in items for part in each.values()] if isinstance(items, list) else []
