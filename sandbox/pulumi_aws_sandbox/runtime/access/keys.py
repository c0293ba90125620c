"""What conditions may ask about DynamoDB items and KMS encryption contexts."""

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.access.calls import Call

Facts = dict[str, str | list[str]]


def of_call(call: Call, table: str) -> Facts:
    """Return the partition keys that a call on one table names: of its key, its item or its key condition."""
    if call.operation == "Query":
        values = _queried(call, table)
        return {"dynamodb:LeadingKeys": values} if values else {}
    return of_items(call, table, [call.params])


def of_items(call: Call, table: str, items: Iterable[Mapping[str, Any]]) -> Facts:
    """Return the partition keys of several requests on one table."""
    name = _partition_key(call, table, None)
    if name is None:
        return {}
    holders = [each.get("Key") or each.get("Item") for each in items]
    values = [_plain(each[name]) for each in holders if isinstance(each, Mapping) and name in each]
    return {"dynamodb:LeadingKeys": values} if values else {}


def shape(call: Call) -> Facts:
    """Return what a call says of the attributes it reads and returns."""
    facts: Facts = {}
    for key in ("Select", "ReturnValues", "ReturnConsumedCapacity"):
        if (value := call.text(key)) is not None:
            facts[f"dynamodb:{key}"] = value
    names: Mapping[str, str] = call.params.get("ExpressionAttributeNames") or {}
    asked = call.text("ProjectionExpression")
    attributes = [part.strip() for part in asked.split(",")] if asked else call.params.get("AttributesToGet") or []
    written = call.params.get("Item") or {}
    found = sorted({*(names.get(each, each) for each in attributes), *written, *(call.params.get("Key") or {})})
    return facts | ({"dynamodb:Attributes": found} if found else {})


def encryption_context(context: object) -> dict[str, str]:
    """Return an encryption context as condition keys."""
    return (
        {f"kms:EncryptionContext:{key}": str(value) for key, value in context.items()}
        if isinstance(context, dict)
        else {}
    )


def _queried(call: Call, table: str) -> list[str]:
    """Return the partition key that a query asks for."""
    name = _partition_key(call, table, call.text("IndexName"))
    old: Mapping[str, Any] = (call.params.get("KeyConditions") or {}).get(name) or {}
    if old.get("ComparisonOperator") == "EQ":
        return [_plain(value) for value in old.get("AttributeValueList", [])]
    names: Mapping[str, str] = call.params.get("ExpressionAttributeNames") or {}
    values: Mapping[str, Any] = call.params.get("ExpressionAttributeValues") or {}
    # A key condition is a conjunction, and its part on the partition key can only be an equality.
    for part in (call.text("KeyConditionExpression") or "").replace("(", " ").replace(")", " ").split(" and "):
        for clause in part.split(" AND "):
            left, equals, right = (each.strip() for each in clause.partition("="))
            if equals and names.get(left, left) == name and right in values:
                return [_plain(values[right])]
    return []


def _partition_key(call: Call, table: str, index: str | None) -> str | None:
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - moto loads only when something is deployed

    found: Any = dynamodb_backends[ACCOUNT][call.region].tables.get(table.rsplit("/", 1)[-1])
    if found is None:
        return None
    if index is None:
        return found.hash_key_attr
    schemas = [each.schema for each in (*found.global_indexes, *found.indexes) if each.name == index]
    return next((key["AttributeName"] for schema in schemas for key in schema if key["KeyType"] == "HASH"), None)


def _plain(value: Mapping[str, Any]) -> str:
    return str(next(iter(value.values()))) if value else ""
