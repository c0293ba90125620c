"""The archive: objects that roll over to colder storage by age and come back as fast as the caller asked."""

from .args import (
    AccessLogArgs,
    ArchiveBucketArgs,
    ArchiveReplicationArgs,
    ArchiveStorageClass,
    NoncurrentVersionArgs,
    ObjectLockArgs,
    ObjectLockMode,
    Retrieval,
    TransitionArgs,
    TransitionDefaultMinimumObjectSize,
)
from .component import ArchiveBucket
from .lifecycle import Move
from .retrieval import RetrievalPlan, RetrievalTier, retrieval_plan

__all__ = [
    "AccessLogArgs",
    "ArchiveBucket",
    "ArchiveBucketArgs",
    "ArchiveReplicationArgs",
    "ArchiveStorageClass",
    "Move",
    "NoncurrentVersionArgs",
    "ObjectLockArgs",
    "ObjectLockMode",
    "Retrieval",
    "RetrievalPlan",
    "RetrievalTier",
    "TransitionArgs",
    "TransitionDefaultMinimumObjectSize",
    "retrieval_plan",
]
