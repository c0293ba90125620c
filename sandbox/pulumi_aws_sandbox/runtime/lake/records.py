"""What a delivery stream holds: records on their way, and where each kind of them waits."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Record:
    """A record on its way into S3."""

    record_id: str
    data: bytes
    arrived_at: float
    kinesis: dict[str, Any] | None = None
    """What a Kinesis stream says of it."""
    partition: tuple[tuple[str, str], ...] = ()
    """The partition keys that were found for it."""
    raw: bytes = b""
    """What it was before it was processed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that is kept apart, and the reason."""

    record: Record
    kind: str
    """What `!{firehose:error-output-type}` becomes."""
    line: dict[str, Any]


@dataclass(slots=True)
class Batch:
    """Records that will be one object."""

    records: list[Record] = field(default_factory=list)
    size: int = 0
    since: float = 0.0
    attempts: int = 0

    def add(self, record: Record, size: int) -> None:
        """Take one more record."""
        if not self.records:
            self.since = record.arrived_at
        self.records.append(record)
        self.size += size


@dataclass(slots=True)
class Buffer:
    """What a delivery stream holds; it is kept on moto's own stream, so that it ends with it."""

    arrived: list[Record] = field(default_factory=list)
    """Not yet processed."""
    waiting: dict[tuple[tuple[str, str], ...], Batch] = field(default_factory=lambda: defaultdict(Batch))
    """By partition."""
    failed: dict[str, tuple[list[Failure], float]] = field(default_factory=dict)
    """By kind, with the moment the first of them came."""
    backup: Batch = field(default_factory=Batch)
    positions: dict[str, str] = field(default_factory=dict)
    """The last sequence number that was read, by shard."""
    numbers: int = 0
    """How many records came."""


def of(stream: Any) -> Buffer:  # noqa: ANN401 - moto's own type
    """Return what a delivery stream holds."""
    return stream.__dict__.setdefault("sandbox_held", Held()).buffer


class Held:
    """Keeps a buffer out of what moto describes of a stream: it shows all that is true."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.buffer = Buffer()

    def __bool__(self) -> bool:
        """Be nothing that is shown."""
        return False
