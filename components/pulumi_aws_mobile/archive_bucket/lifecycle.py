"""Which objects move when: the classes by age, the bands by size, and the S3 lifecycle rules that say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .args import ArchiveStorageClass, Retrieval
from .storage_classes import (
    COLDEST,
    EXPEDITED_BELOW_BYTES,
    SMALL_OBJECT_BYTES,
    STANDARD,
    STORAGE_CLASSES,
    can_follow,
    takes_small_objects,
)

_IA_FROM_DAYS = 30
"""Objects younger than this are often still in use, and S3 does not move them to Standard-IA."""
_INSTANT_FROM_DAYS = 90
"""From here Glacier Instant Retrieval is cheaper than Standard-IA even for an object that is read now and then."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a storage class at an age in days."""

    after_days: int
    storage_class: ArchiveStorageClass


@dataclass(frozen=True, slots=True)
class SizeBand:
    """The objects of `smallest` bytes up to, not including, `below` bytes, which move together."""

    smallest: int
    below: int | None
    moves: tuple[Move, ...]
    """The moves of current versions, by age."""
    noncurrent_move: Move | None
    """The move of overwritten and deleted versions, by days since then."""

    def holds(self, size_bytes: int) -> bool:
        """Tell whether an object of this size belongs here."""
        return self.smallest <= size_bytes and (self.below is None or size_bytes < self.below)


def chosen_moves(coldest: ArchiveStorageClass, archive_after_days: int) -> tuple[Move, ...]:
    """Return the moves that reach `coldest` at that age and pass through warmer classes where those pay off.

    Every class on the way can be read at any time, and is kept at least for its minimum stay.
    """
    on_the_way = []
    if archive_after_days >= _IA_FROM_DAYS + _stay(ArchiveStorageClass.STANDARD_IA):
        on_the_way.append(Move(_IA_FROM_DAYS, ArchiveStorageClass.STANDARD_IA))
    instant = ArchiveStorageClass.GLACIER_IR
    if can_follow(coldest, instant) and archive_after_days >= _INSTANT_FROM_DAYS + _stay(instant):
        on_the_way.append(Move(_INSTANT_FROM_DAYS, instant))
    return (*on_the_way, Move(archive_after_days, coldest))


@dataclass(frozen=True, slots=True)
class MovePolicy:
    """What decides the moves of an object, apart from its size."""

    moves: tuple[Move, ...]
    large_moves: tuple[Move, ...] | None
    """The moves of objects too large for Expedited restores, where the caller counts on those."""
    noncurrent_after_days: int | None
    """When overwritten and deleted versions move to the coldest class; `None` if they do not."""


def policy_for(retrieval: Retrieval, archive_after_days: int, noncurrent_after_days: int | None) -> MovePolicy:
    """Return the moves that keep to `retrieval` for objects of every size."""
    large = None
    if retrieval is Retrieval.MINUTES:
        large = chosen_moves(ArchiveStorageClass.GLACIER_IR, archive_after_days)
    return MovePolicy(chosen_moves(COLDEST[retrieval], archive_after_days), large, noncurrent_after_days)


def size_bands(policy: MovePolicy, minimum_bytes: int | None, *, small_to_glacier: bool) -> tuple[SizeBand, ...]:
    """Return the bands of object sizes from 0 up, without gaps.

    `minimum_bytes` is the caller's own bound for every class; without one, objects below 128 KiB stay, or move to the
    two slow Glacier classes only.
    """
    first_moving = SMALL_OBJECT_BYTES if minimum_bytes is None else minimum_bytes
    bounds = {0, first_moving}
    if policy.large_moves is not None and first_moving < EXPEDITED_BELOW_BYTES:
        bounds.add(EXPEDITED_BELOW_BYTES)
    edges: list[int | None] = [*sorted(bounds), None]
    bands = []
    for smallest, below in pairwise(edges):
        if smallest is None:
            continue
        is_large = policy.large_moves is not None and smallest >= EXPEDITED_BELOW_BYTES
        moves = policy.large_moves if is_large and policy.large_moves is not None else policy.moves
        coldest = moves[-1].storage_class
        after = policy.noncurrent_after_days
        noncurrent = None if after is None else Move(after, coldest)
        if smallest < first_moving:
            small = minimum_bytes is None and small_to_glacier
            moves = tuple(move for move in moves if small and takes_small_objects(move.storage_class))
            noncurrent = noncurrent if small and takes_small_objects(coldest) else None
        bands.append(SizeBand(smallest, below, moves, noncurrent))
    return tuple(bands)


def starting_in(bands: Iterable[SizeBand], storage_class: ArchiveStorageClass | None) -> tuple[SizeBand, ...]:
    """Return the bands for objects that start in `storage_class`: moves that S3 would not make are left out."""
    if storage_class is None:
        return tuple(bands)
    return tuple(
        SizeBand(
            band.smallest,
            band.below,
            tuple(move for move in band.moves if can_follow(move.storage_class, storage_class)),
            band.noncurrent_move
            if band.noncurrent_move and can_follow(band.noncurrent_move.storage_class, storage_class)
            else None,
        )
        for band in bands
    )


def class_at(band: SizeBand, age_days: int, start: str = STANDARD) -> tuple[str, int]:
    """Return the class of an object of this band at that age, and the age at which it got there."""
    current, since = start, 0
    for move in band.moves:
        if move.after_days <= age_days:
            current, since = move.storage_class.value, move.after_days
    return current, since


def lifecycle_rules(
    bands: Iterable[SizeBand],
    *,
    expire_after_days: int | None,
    noncurrent_expire_after_days: int,
    keep_newer: int | None,
    abort_incomplete_upload_days: int,
) -> list[dict[str, Any]]:
    """Return the rules of a `BucketLifecycleConfiguration`: one that tidies up, and one for each band that moves.

    Sizes stand in the rules themselves, so that what moves does not hang on a default of S3. S3 takes no size filter
    beside an incomplete-upload action, hence the rule of its own.
    """
    newer = {} if keep_newer is None else {"newer_noncurrent_versions": keep_newer}
    tidy_up = {
        "id": "tidy-up",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abort_incomplete_multipart_upload": {"days_after_initiation": abort_incomplete_upload_days},
        # S3 takes either days or the removal of orphaned delete markers, and with days removes those as well.
        "expiration": {"days": expire_after_days} if expire_after_days else {"expired_object_delete_marker": True},
        "noncurrent_version_expiration": {"noncurrent_days": noncurrent_expire_after_days, **newer},
    }
    return [tidy_up, *(_rule(band) for band in bands if band.moves or band.noncurrent_move)]


def _rule(band: SizeBand) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": f"move-from-{band.smallest}-bytes",
        "status": "Enabled",
        "filter": _size_filter(band),
    }
    if band.moves:
        rule["transitions"] = [
            {"days": move.after_days, "storage_class": move.storage_class.value} for move in band.moves
        ]
    if band.noncurrent_move:
        rule["noncurrent_version_transitions"] = [
            {
                "noncurrent_days": band.noncurrent_move.after_days,
                "storage_class": band.noncurrent_move.storage_class.value,
            }
        ]
    return rule


def _size_filter(band: SizeBand) -> dict[str, Any]:
    """Return the filter for the band's sizes; S3 reads both bounds as exclusive, and needs `and` for two of them."""
    bounds = {}
    if band.smallest > 0:
        bounds["object_size_greater_than"] = band.smallest - 1
    if band.below is not None:
        bounds["object_size_less_than"] = band.below
    if not bounds:
        return {"prefix": ""}
    return bounds if len(bounds) == 1 else {"and_": bounds}


def _stay(storage_class: ArchiveStorageClass) -> int:
    return STORAGE_CLASSES[storage_class].minimum_stay_days
