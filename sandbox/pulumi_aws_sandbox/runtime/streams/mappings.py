"""Event source mappings as moto keeps them: their settings, and how far each has read."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.streams.sources import Position, Record, Shard, shards

READING = {
    "dynamodb": ("GetRecords", "GetShardIterator", "DescribeStream"),
    "kinesis": ("GetRecords", "GetShardIterator", "DescribeStream"),
}
"""What a function's role needs to read a stream, by service."""
FOREVER = -1
"""How many retries and which age mean that there is no limit."""
PARTIAL = "ReportBatchItemFailures"


@dataclass(slots=True)
class Batch:
    """Records that a function is to handle together, and how often it has failed to."""

    records: Sequence[Record]
    attempts: int = 0


@dataclass(slots=True)
class Lane:
    """A part of a shard whose records are handled in order: how far it was read, and what is not done yet."""

    position: Position
    pending: list[Batch] = field(default_factory=list)


@dataclass(slots=True)
class Progress:
    """How far a mapping has come."""

    beginnings: dict[str, Position] = field(default_factory=dict)
    """Where the shards begin that were there when the mapping was made."""
    lanes: dict[tuple[str, int, int], Lane] = field(default_factory=dict)
    """By shard, number of the lane and count of lanes."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One mapping with the settings that matter for reading."""

    kept: Any
    """moto's own object."""
    region: str
    function_arn: str
    role_arn: str

    @property
    def source_arn(self) -> str:
        """The stream."""
        return self.kept.event_source_arn

    @property
    def retries(self) -> int:
        """How often a failed batch is tried again; `FOREVER` for as long as its records are there."""
        return FOREVER if self.kept.max_retry_attempts is None else int(self.kept.max_retry_attempts)

    @property
    def age_seconds(self) -> int:
        """The age at which records are given up; `FOREVER` for none."""
        return FOREVER if self.kept.max_record_age is None else int(self.kept.max_record_age)

    @property
    def partial(self) -> bool:
        """Whether the function says which records of a batch it could not handle."""
        return PARTIAL in (self.kept.function_response_types or [])

    @property
    def destination(self) -> str | None:
        """Where a document goes about records that are given up."""
        return ((self.kept.destination_config or {}).get("OnFailure") or {}).get("Destination")

    def lanes(self, shard: Shard) -> list[tuple[int, int, Lane]]:
        """Return the lanes of a shard with their numbers and count: as many as batches may run side by side."""
        progress = progress_of(self.kept)
        count = int(self.kept.parallelization_factor or 1)
        missing = (shard.id, 0, count) not in progress.lanes
        if missing:
            # With another count, whatever is not done yet is read again: at least once.
            before = {place: lane for place, lane in progress.lanes.items() if place[0] == shard.id}
            starts = [_undone(lane) for lane in before.values()] or [progress.beginnings.get(shard.id, 0)]
            for place in before:
                del progress.lanes[place]
            for number in range(count):
                progress.lanes[shard.id, number, count] = Lane(min(starts))
        return [(number, count, progress.lanes[shard.id, number, count]) for number in range(count)]


def progress_of(kept: Any) -> Progress:  # noqa: ANN401 - moto's own types
    """Return how far a mapping has come."""
    progress: Progress = vars(kept).setdefault("sandbox_progress", Progress())
    return progress


def begin(kept: Any, role_arn: str) -> None:  # noqa: ANN401 - moto's own types
    """Let a new mapping start at its position: shards that come later are read from their beginning."""
    progress = progress_of(kept)
    for shard in shards(kept.event_source_arn, role_arn):
        if kept.starting_position == "LATEST":
            progress.beginnings[shard.id] = shard.last
        elif kept.starting_position == "AT_TIMESTAMP":
            progress.beginnings[shard.id] = shard.before(float(kept.starting_position_timestamp))


def lane_of(record: Record, count: int) -> int:
    """Return the number of the lane that a record belongs to."""
    return zlib.crc32(record.key.encode()) % count


def enabled(region: str) -> list[Mapping]:
    """Return the mappings of a Region that are switched on, whose function is there and whose source is a stream."""
    from moto.awslambda.models import lambda_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend = lambda_backends[ACCOUNT][region]
    found = []
    for kept in list(backend._event_source_mappings.values()):  # noqa: SLF001 - moto offers no other way
        if not kept.enabled or kept.event_source_arn.split(":")[2] not in READING:
            continue
        function = backend._lambdas.get_function_by_name_or_arn_with_qualifier(kept.function_arn)  # noqa: SLF001 - as above
        found.append(Mapping(kept, region, kept.function_arn, function.role))
    return found


def _undone(lane: Lane) -> Position:
    return min([lane.position, *(each.records[0].sequence - 1 for each in lane.pending)])
