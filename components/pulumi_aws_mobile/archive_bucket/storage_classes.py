"""What AWS says of the storage classes: how long a restore takes, how long an object has to stay, what may follow what.

Restore times: https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html
Moves and minimum stays:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from .args import ArchiveStorageClass, Retrieval

STANDARD = "STANDARD"
"""The class in which objects arrive, unless they are written to another."""
SMALL_OBJECT_BYTES = 128 * 1024
"""Objects below this size do not move by default, and some classes bill them as if they had it."""
EXPEDITED_BELOW_BYTES = 250_000_000
"""AWS gives the 1 to 5 minutes of Expedited restores for objects smaller than 250 MB."""
INFREQUENT_ACCESS_DAYS = 30
"""The age before which S3 does not move objects to an infrequent-access class."""


@dataclass(frozen=True, slots=True)
class RetrievalTier:
    """One way of asking an archived object back."""

    name: str
    """The `Tier` of the S3 API: Expedited, Standard or Bulk."""
    earliest: timedelta
    """When the restored copy typically appears at the earliest."""
    latest: timedelta
    """When it typically is there at the latest."""


@dataclass(frozen=True, slots=True)
class StorageClass:
    """One storage class."""

    rank: int
    """Its place in the order in which S3 lets objects move: only to a higher rank."""
    minimum_stay_days: int
    """Days that are billed even if the object leaves earlier."""
    bills_small_objects_as_128_kib: bool
    tiers: tuple[RetrievalTier, ...]
    """The ways of restoring, fastest first; none where objects can be read at any time."""


_FLEXIBLE = (
    RetrievalTier("Expedited", timedelta(minutes=1), timedelta(minutes=5)),
    RetrievalTier("Standard", timedelta(hours=3), timedelta(hours=5)),
    RetrievalTier("Bulk", timedelta(hours=5), timedelta(hours=12)),
)
_DEEP = (
    RetrievalTier("Standard", timedelta(0), timedelta(hours=12)),
    RetrievalTier("Bulk", timedelta(0), timedelta(hours=48)),
)

STORAGE_CLASSES: Mapping[str, StorageClass] = {
    STANDARD: StorageClass(0, 0, bills_small_objects_as_128_kib=False, tiers=()),
    ArchiveStorageClass.STANDARD_IA: StorageClass(1, 30, bills_small_objects_as_128_kib=True, tiers=()),
    ArchiveStorageClass.INTELLIGENT_TIERING: StorageClass(2, 0, bills_small_objects_as_128_kib=False, tiers=()),
    ArchiveStorageClass.ONEZONE_IA: StorageClass(3, 30, bills_small_objects_as_128_kib=True, tiers=()),
    ArchiveStorageClass.GLACIER_IR: StorageClass(4, 90, bills_small_objects_as_128_kib=True, tiers=()),
    ArchiveStorageClass.GLACIER: StorageClass(5, 90, bills_small_objects_as_128_kib=False, tiers=_FLEXIBLE),
    ArchiveStorageClass.DEEP_ARCHIVE: StorageClass(6, 180, bills_small_objects_as_128_kib=False, tiers=_DEEP),
}
"""The classes by the name that the S3 API uses; a member of `ArchiveStorageClass` finds its own, it equals its name."""

COLDEST: Mapping[Retrieval, ArchiveStorageClass] = {
    Retrieval.MILLISECONDS: ArchiveStorageClass.GLACIER_IR,
    Retrieval.MINUTES: ArchiveStorageClass.GLACIER,
    Retrieval.HOURS: ArchiveStorageClass.GLACIER,
    Retrieval.HALF_DAY: ArchiveStorageClass.DEEP_ARCHIVE,
}
"""The cheapest class that still comes back as fast as was asked."""

PROMISE: Mapping[Retrieval, timedelta] = {
    Retrieval.MILLISECONDS: timedelta(0),
    Retrieval.MINUTES: timedelta(minutes=5),
    Retrieval.HOURS: timedelta(hours=5),
    Retrieval.HALF_DAY: timedelta(hours=12),
}
"""The longest that an object may take to come back."""


def can_follow(colder: str, warmer: str) -> bool:
    """Tell whether S3 moves objects from the class `warmer` to the class `colder`."""
    if (warmer, colder) == (ArchiveStorageClass.ONEZONE_IA, ArchiveStorageClass.GLACIER_IR):
        return False  # the one downward move that S3 does not make
    return STORAGE_CLASSES[colder].rank > STORAGE_CLASSES[warmer].rank


def takes_small_objects(storage_class: str) -> bool:
    """Tell whether `varies_by_storage_class` moves objects smaller than 128 KiB to this class."""
    return storage_class in (ArchiveStorageClass.GLACIER, ArchiveStorageClass.DEEP_ARCHIVE)


def needs_thirty_days(storage_class: str) -> bool:
    """Tell whether S3 moves objects to this class only from an age of 30 days."""
    return storage_class in (ArchiveStorageClass.STANDARD_IA, ArchiveStorageClass.ONEZONE_IA)
