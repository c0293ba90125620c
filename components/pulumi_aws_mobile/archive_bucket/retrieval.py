"""Tells, for an object of any age and size, which class it is in and how it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from .args import ArchiveBucketArgs
from .lifecycle import Move, class_at
from .settings import ArchiveBucketSettings, resolve
from .storage_classes import EXPEDITED_BELOW_BYTES, PROMISE, STORAGE_CLASSES, RetrievalTier

__all__ = ["RetrievalPlan", "RetrievalTier", "retrieval_plan"]

_EXAMPLE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class RetrievalPlan:
    """Where an object is at an age, and how it comes back."""

    age_days: int
    size_bytes: int
    storage_class: str | None
    """The class by its name in the S3 API; `None` once the object has expired."""
    tier: RetrievalTier | None
    """How to ask for it: the slowest, and so the cheapest, tier that keeps to the archive's `retrieval` (Standard with
    an explicit list of transitions). `None` where it can be read at once, and once it has expired."""
    tiers: tuple[RetrievalTier, ...]
    """Every way of asking for it at this size, fastest first."""
    billed_until_age_days: int
    """The age up to which its class is billed even if it leaves earlier: the minimum stay. Zero without one."""
    next_move: Move | None
    """Where it goes next, and at which age."""
    expires_at_age_days: int | None
    """The age at which it is hidden behind a delete marker; `None` if never."""
    deleted_at_age_days: int | None
    """The age at which an expired object is deleted for good; until then its last version can be brought back."""

    @property
    def expired(self) -> bool:
        """Whether the object is gone for those who read it by its key."""
        return self.storage_class is None

    @property
    def needs_restore(self) -> bool:
        """Whether `RestoreObject` has to be called before it can be read."""
        return self.tier is not None

    @property
    def returns_within(self) -> timedelta | None:
        """How long it takes to come back at most by `tier`; zero if it can be read at once, `None` once expired."""
        if self.expired:
            return None
        return self.tier.latest if self.tier else timedelta(0)

    def __str__(self) -> str:
        """Say it in one sentence."""
        if self.storage_class is None:
            return f"at {self.age_days} days: expired at {self.expires_at_age_days} days"
        how = f"comes back within {_words(self.tier.latest)} ({self.tier.name})" if self.tier else "is read at once"
        return f"at {self.age_days} days: {self.storage_class}, {how}"


def retrieval_plan(
    archive: ArchiveBucketSettings | ArchiveBucketArgs | Mapping[str, Any],
    age_days: int,
    size_bytes: int = _EXAMPLE_BYTES,
) -> RetrievalPlan:
    """Return where an object of that age and size is in an archive with these arguments, and how it comes back.

    Ages are those of the lifecycle rules: S3 counts from the midnight (UTC) after an object was written, and may act
    some hours later. What this does not know: objects that were written to a colder class, and those put back by hand.
    """
    if age_days < 0 or size_bytes < 0:
        message = f"age_days and size_bytes are zero or more: got {age_days} and {size_bytes}"
        raise ValueError(message)
    settings = (
        archive
        if isinstance(archive, ArchiveBucketSettings)
        else resolve("archive", cast("ArchiveBucketArgs", archive))
    )
    band = next(band for band in settings.bands if band.holds(size_bytes))
    expires = settings.expire_after_days
    gone = None if expires is None else expires + settings.noncurrent_expire_after_days
    if expires is not None and age_days >= expires:
        return RetrievalPlan(age_days, size_bytes, None, None, (), 0, None, expires, gone)
    name, since = class_at(band, age_days)
    stay = STORAGE_CLASSES[name].minimum_stay_days
    tiers = tuple(tier for tier in STORAGE_CLASSES[name].tiers if _fits(tier, size_bytes))
    return RetrievalPlan(
        age_days=age_days,
        size_bytes=size_bytes,
        storage_class=name,
        tier=_tier(settings, tiers),
        tiers=tiers,
        billed_until_age_days=since + stay if stay else 0,
        next_move=next((move for move in band.moves if move.after_days > age_days), None),
        expires_at_age_days=expires,
        deleted_at_age_days=gone,
    )


def _fits(tier: RetrievalTier, size_bytes: int) -> bool:
    """Tell whether AWS gives the tier's times for objects of this size."""
    return tier.name != "Expedited" or size_bytes < EXPEDITED_BELOW_BYTES


def _tier(settings: ArchiveBucketSettings, tiers: tuple[RetrievalTier, ...]) -> RetrievalTier | None:
    if settings.retrieval is None:
        return next((tier for tier in tiers if tier.name == "Standard"), None)
    promise = PROMISE[settings.retrieval]
    return next((tier for tier in reversed(tiers) if tier.latest <= promise), None)


def _words(duration: timedelta) -> str:
    hours, minutes = divmod(int(duration.total_seconds()) // 60, 60)
    return f"{hours} hours" if hours else f"{minutes} minutes"
