"""Transactions as DynamoDB makes them: all or nothing, one after the other, and once for each token.

moto copies whole tables to be able to put them back; here only what a transaction touches is kept. One lock is held
over every call to DynamoDB: conditions and what depends on them happen at one moment, whoever else calls.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
"""

import copy
import hashlib
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.dynamodb_streams import tables_of
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

LOCK = threading.RLock()
"""Held by whoever reads or changes items."""

_MOST_ACTIONS = 100
_MOST_ITEM_BYTES = 400 * 1024
_MOST_BYTES = 4 * 1024 * 1024
_TOKEN_SECONDS = 600
_ARGUMENTS = {
    "condition_expression": "ConditionExpression",
    "expression_attribute_names": "ExpressionAttributeNames",
    "expression_attribute_values": "ExpressionAttributeValues",
}
Reason = tuple[str | None, str | None, Any]


def fill() -> None:
    """Teach moto's transactions."""
    from moto.dynamodb.models import DynamoDBBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.dynamodb.responses import DynamoHandler  # noqa: PLC0415 - as above

    replace(DynamoHandler, "call_action", _alone)
    replace(DynamoHandler, "transact_write_items", _once)
    replace(DynamoDBBackend, "transact_write_items", lambda _: _write)


def _alone(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        with LOCK:
            return original(self)

    return call


def _once(original: Callable[..., Any]) -> Callable[..., Any]:
    """Answer a request that was taken as before, for ten minutes."""

    def write(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now

        token = self.body.get("ClientRequestToken")
        said = {name: value for name, value in self.body.items() if name != "ClientRequestToken"}
        digest = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
        taken = vars(self.dynamodb_backend).setdefault("sandbox_tokens", {})
        for each in [each for each, (_, at) in taken.items() if clock.now() - at > _TOKEN_SECONDS]:
            del taken[each]
        if token in taken:
            if taken[token][0] != digest:
                _refuse(
                    "IdempotentParameterMismatchException",
                    "The request was made with a token that another request with other parameters was made with.",
                )
            return ActionResult({"ConsumedCapacity": [], "ItemCollectionMetrics": {}})
        answer = original(self)
        if token is not None:
            taken[token] = (digest, clock.now())
        return answer

    return write


@dataclass(slots=True)
class _Action:
    """One action of a transaction, and the item that it is about as it was."""

    kind: str
    request: dict[str, Any]
    table: Any
    key: dict[str, Any]
    before: Any = None

    @property
    def place(self) -> tuple[str, str]:
        return self.table.name, json.dumps(self.key, sort_keys=True, default=str)


def _write(self: Any, transact_items: list[dict[str, Any]]) -> None:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.exceptions import (  # noqa: PLC0415 - loaded by now
        MultipleTransactionsException,
        TooManyTransactionsException,
        TransactionCanceledException,
    )

    if len(transact_items) > _MOST_ACTIONS:
        raise TooManyTransactionsException
    with LOCK:
        actions = [_action(self, each) for each in transact_items]
        if len({each.place for each in actions}) < len(actions):
            raise MultipleTransactionsException
        if sum(len(json.dumps(each.request.get("Item", {}), default=str)) for each in actions) > _MOST_BYTES:
            # The JSON of an item is longer than the item; only what may be too large is measured.
            _require_size(actions)
        reasons = [_unmet(self, each) for each in actions]
        if not any(code for code, _, _ in reasons):
            reasons = _applied(self, actions)
        if any(code for code, _, _ in reasons):
            raise TransactionCanceledException(reasons)


def _action(backend: Any, item: dict[str, Any]) -> _Action:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.exceptions import TransactWriteSingleOpException  # noqa: PLC0415 - loaded by now

    if len(item) != 1:
        raise TransactWriteSingleOpException
    ((kind, request),) = item.items()
    table = backend.get_table(request["TableName"])
    names = [name for name in (table.hash_key_attr, table.range_key_attr) if name is not None]
    given = request["Item"] if kind == "Put" else request["Key"]
    if kind != "Put" and set(given) != set(names):
        _refuse("ValidationException", "The provided key element does not match the schema")
    missing = next((name for name in names if name not in given), None)
    if missing is not None:
        reason = f"One or more parameter values were invalid: Missing the key {missing} in the item"
        _refuse("ValidationException", reason)
    return _Action(kind, request, table, {name: given[name] for name in names})


def _require_size(actions: Iterable[_Action]) -> None:
    if sum(_size(each.request["Item"]) for each in actions if each.kind == "Put") > _MOST_BYTES:
        _refuse("ValidationException", "The aggregate size of the items in the transaction cannot exceed 4 MB")


def _size(item: dict[str, Any]) -> int:
    from moto.dynamodb.models.dynamo_type import DynamoType  # noqa: PLC0415 - loaded by now

    return sum(len(name.encode()) + DynamoType(value).size() for name, value in item.items())


def _unmet(backend: Any, action: _Action) -> Reason:  # noqa: ANN401 - moto's own types
    """Return why the condition of an action does not hold, if it has one."""
    from moto.dynamodb.comparisons import get_filter_expression  # noqa: PLC0415 - loaded by now
    from moto.dynamodb.exceptions import ConditionalCheckFailed  # noqa: PLC0415 - loaded by now

    request = action.request
    current = backend.get_item(action.table.name, action.key)
    action.before = copy.deepcopy(current)
    expression = request.get("ConditionExpression")
    if expression is not None:
        names, values = request.get("ExpressionAttributeNames"), request.get("ExpressionAttributeValues")
        if not get_filter_expression(expression, names, values).expr(current):
            wanted = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and current is not None
            item = current.to_json()["Attributes"] if wanted else None
            return "ConditionalCheckFailed", str(ConditionalCheckFailed().message), item
    if action.kind == "Put" and _size(request["Item"]) > _MOST_ITEM_BYTES:
        return "ValidationError", "Item size has exceeded the maximum allowed size", None
    return None, None, None


def _applied(backend: Any, actions: list[_Action]) -> list[Reason]:  # noqa: ANN401 - moto's own types
    """Make every change, or none if one of them cannot be made."""
    from moto.dynamodb.exceptions import DynamodbException, MockValidationException  # noqa: PLC0415 - loaded by now

    shards = {
        id(each.stream_shard): (each.stream_shard, len(each.stream_shard.items))
        for action in actions
        for each in tables_of(action.table)
        if each.stream_shard is not None
    }
    reasons: list[Reason] = [(None, None, None)] * len(actions)
    for number, action in enumerate(actions):
        try:
            _apply(backend, action)
        except MockValidationException:
            _undo(actions[: number + 1], shards.values())
            raise
        except DynamodbException as error:
            _undo(actions[: number + 1], shards.values())
            reasons[number] = ("ValidationError", str(error.message), None)
            return reasons
    return reasons


def _apply(backend: Any, action: _Action) -> None:  # noqa: ANN401 - moto's own types
    request, name = action.request, action.table.name
    about = {ours: request.get(theirs) for ours, theirs in _ARGUMENTS.items()}
    if action.kind == "Put":
        backend.put_item(name, request["Item"], **about)
    elif action.kind == "Delete":
        backend.delete_item(name, action.key, **about)
    elif action.kind == "Update":
        backend.update_item(name, action.key, update_expression=request["UpdateExpression"], **about)


def _undo(actions: Iterable[_Action], shards: Iterable[tuple[Any, int]]) -> None:
    for action in actions:
        table = action.table
        hash_value, range_value = _values(table, action.key)
        if range_value is None:
            if action.before is None:
                table.items.pop(hash_value, None)
            else:
                table.items[hash_value] = action.before
        elif action.before is None:
            table.items[hash_value].pop(range_value, None)
        else:
            table.items[hash_value][range_value] = action.before
    for shard, length in shards:
        del shard.items[length:]


def _values(table: Any, key: dict[str, Any]) -> tuple[Any, Any]:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.models.dynamo_type import DynamoType  # noqa: PLC0415 - loaded by now

    ranged = table.range_key_attr
    return DynamoType(key[table.hash_key_attr]), None if ranged is None else DynamoType(key[ranged])


def _refuse(code: str, reason: str) -> NoReturn:
    from moto.dynamodb.exceptions import ERROR_TYPE_PREFIX, DynamodbException  # noqa: PLC0415 - loaded by now

    kind = f"{ERROR_TYPE_PREFIX}{code}"
    raise DynamodbException(kind, reason)
