"""What the table holds, and where: an account of each identity, a head of each dataset, records, and pushes' tokens.

An identity's account, heads and tokens lie together; a dataset's records lie by themselves. `life` is the account's
floor when the dataset was made: a dataset that was deleted and made again lies elsewhere than before.
"""

from dataclasses import dataclass
from typing import Any

INDEX = "by-count"
Item = dict[str, dict[str, Any]]
"""An item as DynamoDB writes it: a type and a value for each attribute."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of an identity beside its datasets."""

    datasets: int
    floor: int
    """The highest count of any dataset that was deleted: no dataset begins below it, so that no count comes again."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a dataset beside its records."""

    sync_count: int
    records: int
    bytes: int
    life: int
    changed_at: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record, or the tombstone of one: `value` is `None` then."""

    key: str
    value: str | None
    sync_count: int
    changed_at: int
    device: str

    @property
    def bytes(self) -> int:
        """What it takes of its dataset's bytes; a tombstone takes nothing."""
        return 0 if self.value is None else len(self.key.encode()) + len(self.value.encode())

    def shown(self) -> dict[str, Any]:
        """Return the record as devices see it."""
        return {
            "key": self.key,
            "value": self.value,
            "sync_count": self.sync_count,
            "changed_at": self.changed_at,
            "device": self.device,
        }


@dataclass(frozen=True, slots=True)
class Remembered:
    """A push that was taken."""

    digest: str
    answer: str


def own_key(identity: str) -> str:
    """Return the partition of an identity's account, heads and tokens."""
    return f"i#{identity}"


def records_key(identity: str, dataset: str, life: int) -> str:
    """Return the partition of a dataset's records."""
    return f"r#{identity}#{dataset}#{life}"


ACCOUNT = "account"
HEAD_PREFIX = "d#"


def head_sort(dataset: str) -> str:
    """Return where in its identity's partition a head lies."""
    return f"{HEAD_PREFIX}{dataset}"


def token_sort(dataset: str, token: str) -> str:
    """Return where in its identity's partition a push's token lies."""
    return f"t#{dataset}#{token}"


def key(partition: str, sort: str) -> Item:
    """Return the key of an item."""
    return {"pk": {"S": partition}, "sk": {"S": sort}}


def number(value: int) -> dict[str, str]:
    """Return a number as DynamoDB writes it."""
    return {"N": str(value)}


def read_account(item: Item | None) -> Account | None:
    """Return an account; `None` if there is none."""
    return None if item is None else Account(int(item["datasets"]["N"]), int(item["floor"]["N"]))


def read_head(item: Item | None) -> Head | None:
    """Return a head; `None` if there is none."""
    if item is None:
        return None
    return Head(*(int(item[name]["N"]) for name in ("sync_count", "records", "bytes", "life", "changed_at")))


def read_record(item: Item) -> Record:
    """Return a record."""
    return Record(
        item["sk"]["S"],
        item["value"]["S"] if "value" in item else None,
        int(item["count"]["N"]),
        int(item["changed_at"]["N"]),
        item["device"]["S"],
    )


def read_remembered(item: Item | None) -> Remembered | None:
    """Return a push that was taken; `None` if there is none."""
    return None if item is None else Remembered(item["digest"]["S"], item["answer"]["S"])


def as_read(account: Account | None) -> dict[str, Any]:
    """Return the condition that an account is as it was read."""
    if account is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "datasets = :datasets AND #floor = :floor",
        "ExpressionAttributeNames": {"#floor": "floor"},
        "ExpressionAttributeValues": {":datasets": number(account.datasets), ":floor": number(account.floor)},
    }
