"""Batches of a stream's records: read in order, handed to the function, tried again, split, given up.

What cannot be handled blocks its lane: nothing behind it is delivered before it is taken or given up.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, destinations, functions, regions
from pulumi_aws_sandbox.runtime.access import roles
from pulumi_aws_sandbox.runtime.functions import FunctionFailedError
from pulumi_aws_sandbox.runtime.streams import failures, mappings
from pulumi_aws_sandbox.runtime.streams.filters import admit
from pulumi_aws_sandbox.runtime.streams.mappings import FOREVER, Batch, Lane, Mapping
from pulumi_aws_sandbox.runtime.streams.sources import Record, Shard, shards

_MOST_ROUNDS = 100
_TRIES_AT_ONCE = 3
"""How often a batch that may be tried for ever is tried in one delivery."""
_MOST_TRIES_AT_ONCE = 100
# Of the 6 MB of an event, what is around the records takes little.
_MOST_EVENT_BYTES = 6 * 1024 * 1024 - 1024
_THROTTLED = "TooManyRequestsException"

Outcome = Literal["taken", "partly taken", "failed", "given up"]

_lock = threading.RLock()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One batch that a function was given, or that was given up."""

    region: str
    mapping: str
    """The mapping's UUID."""
    function_arn: str
    source_arn: str
    shard_id: str
    records: int
    outcome: Outcome
    answer: Any = None
    """What the function returned."""
    error: str | None = None
    """What the function, the permission to read or the destination failed with."""
    destination: str | None = None
    """Where the document about a batch that was given up went."""


def deliver(region: str | None = None) -> list[Delivery]:
    """Run functions with what is new in their streams until nothing is left that they take; return how that went.

    A batching window counts as over. A batch that fails is tried as often as its mapping says, at most a hundred times;
    one that may be tried for ever is tried three times, and blocks its shard until the next delivery.
    """
    from moto.awslambda.models import lambda_backends  # noqa: PLC0415 - moto loads only when something is deployed

    made: list[Delivery] = []
    with _lock:
        blocked: set[int] = set()
        for _ in range(_MOST_ROUNDS):
            before = len(made)
            for name in list(lambda_backends[ACCOUNT].keys()):
                if region in {None, name} and not regions.is_cut(name):
                    for mapping in mappings.enabled(name):
                        made += _deliver_mapping(mapping, blocked)
            if len(made) == before:
                break
    return made


def _deliver_mapping(mapping: Mapping, blocked: set[int]) -> Iterator[Delivery]:
    found = shards(mapping.source_arn, mapping.role_arn)
    service = mapping.source_arn.split(":")[2]
    if id(mapping.kept) in blocked or not found:
        return
    for operation in mappings.READING[service]:
        action = f"{service}:{operation}"
        if not roles.may(mapping.role_arn, action, mapping.source_arn):
            blocked.add(id(mapping.kept))
            error = f"{mapping.role_arn} is not authorized to perform: {action} on resource: {mapping.source_arn}"
            mapping.kept.sandbox_result = "PROBLEM: Lambda is not authorized to read from the stream"
            yield _told(mapping, found[0], 0, "failed", error=error)
            return
    for shard in found:
        for number, count, lane in mapping.lanes(shard):
            if id(lane) not in blocked:
                yield from _run(mapping, shard, (number, count), lane, blocked)


def _run(mapping: Mapping, shard: Shard, place: tuple[int, int], lane: Lane, blocked: set[int]) -> Iterator[Delivery]:
    """Hand over what a lane holds until it is empty or blocked."""
    most = _TRIES_AT_ONCE if mapping.retries == FOREVER else min(mapping.retries + 1, _MOST_TRIES_AT_ONCE)
    tries = 0
    while True:
        if not lane.pending:
            records = _next(mapping, shard, place, lane)
            if not records:
                return
            lane.pending.append(Batch(records))
        batch = lane.pending[0]
        old = _too_old(mapping, batch)
        if old:
            yield _give_up(mapping, shard, Batch(old, batch.attempts), "RecordAgeExceeded")
            batch.records = batch.records[len(old) :]
            if not batch.records:
                lane.pending.pop(0)
            continue
        told, kind = _try(mapping, shard, lane)
        yield told
        if kind == "over":
            yield _give_up(mapping, shard, lane.pending.pop(0), "RetryAttemptsExhausted")
        tries = tries + 1 if kind == "again" else 0
        if kind == "blocked" or tries >= most:
            blocked.add(id(lane))
            return


def _next(mapping: Mapping, shard: Shard, place: tuple[int, int], lane: Lane) -> list[Record]:
    """Read the next batch: records of this lane that pass the filters, as many as fit; the others are skipped."""
    number, count = place
    batch: list[Record] = []
    size = 0
    for record in shard.read(lane.position):
        if mappings.lane_of(record, count) == number and admit(mapping.kept.filter_criteria, record.subject):
            size += len(json.dumps(record.event)) + 2
            if batch and size > _MOST_EVENT_BYTES:
                break
            batch.append(record)
        lane.position = record.sequence
        if len(batch) == int(mapping.kept.batch_size):
            break
    return batch


def _too_old(mapping: Mapping, batch: Batch) -> list[Record]:
    if mapping.age_seconds == FOREVER:
        return []
    oldest = clock.now() - mapping.age_seconds
    return [each for each in batch.records if each.at < oldest]


def _try(mapping: Mapping, shard: Shard, lane: Lane) -> tuple[Delivery, str]:
    """Invoke the function with the first batch that waits; say whether it is done, split, again, over or blocked."""
    batch = lane.pending[0]
    _tell_age(mapping, batch)
    event = {"Records": [each.event for each in batch.records]}
    count = len(batch.records)
    try:
        answer = functions.invoke(mapping.region, mapping.function_arn, event)
    except FunctionFailedError as error:
        if error.__cause__ is not None:
            # It did not run: it is gone, its role is, or all its executions are taken.
            mapping.kept.sandbox_result = (
                "PROBLEM: Function call was throttled" if error.error_type == _THROTTLED else f"PROBLEM: {error}"
            )
            return _told(mapping, shard, count, "failed", error=str(error)), "blocked"
        mapping.kept.sandbox_result = "PROBLEM: Function call failed"
        return _told(mapping, shard, count, "failed", error=str(error)), _failed(mapping, lane)
    first = _first_failure(batch, answer) if mapping.partial else None
    if first is None:
        lane.pending.pop(0)
        mapping.kept.sandbox_result = "OK"
        return _told(mapping, shard, count, "taken", answer=answer), "done"
    mapping.kept.sandbox_result = "PROBLEM: Function call failed"
    if first == 0:
        return _told(mapping, shard, count, "failed", answer=answer, error="BatchItemFailures"), _failed(mapping, lane)
    told = _told(mapping, shard, count, "partly taken", answer=answer, error="BatchItemFailures")
    batch.records = batch.records[first:]
    if mapping.kept.bisect_on_error:
        # The batch is split where the function stopped, which counts for no try.
        return told, "split"
    return told, _failed(mapping, lane)


def _failed(mapping: Mapping, lane: Lane) -> str:
    """Split the first batch that waits, or count the try; say whether it is to be tried again or is over."""
    batch = lane.pending[0]
    if mapping.kept.bisect_on_error and len(batch.records) > 1:
        half = len(batch.records) // 2
        lane.pending[:1] = [Batch(batch.records[:half], batch.attempts), Batch(batch.records[half:], batch.attempts)]
        return "split"
    batch.attempts += 1
    return "over" if mapping.retries != FOREVER and batch.attempts > mapping.retries else "again"


def _first_failure(batch: Batch, answer: object) -> int | None:
    """Return the place of the first record that a function could not handle; `None` if it handled all.

    An answer that names what is not in the batch counts as a failure of the whole.
    """
    if not answer:
        return None
    if not isinstance(answer, dict):
        return 0
    failed = answer.get("batchItemFailures")
    if not failed:
        return None
    places = {str(each.sequence): number for number, each in enumerate(batch.records)}
    named = [places.get(str(each.get("itemIdentifier"))) if isinstance(each, dict) else None for each in failed]
    known = [each for each in named if each is not None]
    return min(known) if len(known) == len(named) else 0


def _give_up(mapping: Mapping, shard: Shard, batch: Batch, condition: failures.Condition) -> Delivery:
    error = None
    if mapping.destination is not None:
        end = failures.End(mapping.function_arn, mapping.source_arn, shard.id, condition, batch.attempts)
        about = failures.document(end, batch.records)
        error = destinations.send(mapping.destination, mapping.role_arn, json.dumps(about))
    mapping.kept.sandbox_result = f"PROBLEM: {condition}"
    return _told(mapping, shard, len(batch.records), "given up", error=error, destination=mapping.destination)


def _told(mapping: Mapping, shard: Shard, count: int, outcome: Outcome, **more: Any) -> Delivery:  # noqa: ANN401 - the other fields of Delivery
    about = (mapping.region, mapping.kept.uuid, mapping.function_arn, mapping.source_arn, shard.id)
    return Delivery(*about, count, outcome, **more)


def _tell_age(mapping: Mapping, batch: Batch) -> None:
    """Put how old the newest record of a batch is when the function gets it into the metric `IteratorAge`."""
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when something is deployed

    point = {
        "MetricName": "IteratorAge",
        "Dimensions": [{"Name": "FunctionName", "Value": mapping.function_arn.split(":")[6]}],
        "Value": max(0.0, (clock.now() - batch.records[-1].at) * 1000),
        "Unit": "Milliseconds",
    }
    cloudwatch_backends[ACCOUNT][mapping.region].put_metric_data("AWS/Lambda", [point])
