"""The table: one item for each target, changed by whoever holds its lease and by nobody else."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError

from .clients import asking
from .decisions import Memory

LEASE_SECONDS = 180
"""Longer than the function may run: a lease that is still there after that belongs to nobody."""
_KEPT_SECONDS = 30 * 24 * 3600
_TAKEN = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one invocation to look after a target."""

    table: str
    target: str
    holder: str

    def take(self, now: float) -> Memory | None:
        """Take the lease and return what is remembered; `None` while somebody else has it."""
        answer = self._change(
            "SET lease_holder = :holder, lease_until = :until",
            "attribute_not_exists(lease_until) OR lease_until < :now OR lease_holder = :holder",
            {":until": {"N": str(now + LEASE_SECONDS)}, ":now": {"N": str(now)}},
        )
        return None if answer is None else _read(answer)

    def keep(self, memory: Memory, now: float) -> bool:
        """Write what to remember; tell whether the lease was still held."""
        return self._write(memory, now, "")

    def give_back(self, memory: Memory, now: float) -> None:
        """Write what to remember and end the lease."""
        self._write(memory, now, " REMOVE lease_holder, lease_until")

    def _write(self, memory: Memory, now: float, more: str) -> bool:
        values = {
            ":memory": {"S": json.dumps(asdict(memory))},
            ":expires": {"N": str(int(now + _KEPT_SECONDS))},
        }
        change = f"SET memory = :memory, expires_at = :expires{more}"
        return self._change(change, "lease_holder = :holder", values) is not None

    def _change(self, change: str, condition: str, values: dict[str, Any]) -> dict[str, Any] | None:
        """Change the item and return it; `None` if the condition does not hold."""
        try:
            answer = asking("dynamodb").update_item(
                TableName=self.table,
                Key={"target": {"S": self.target}},
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeValues={":holder": {"S": self.holder}, **values},
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _TAKEN:
                return None
            raise
        return answer["Attributes"]


def _read(item: dict[str, Any]) -> Memory:
    if "memory" not in item:
        return Memory()
    told = json.loads(item["memory"]["S"])
    told["actions"], told["tried"] = tuple(told["actions"]), tuple(told["tried"])
    return Memory(**told)
