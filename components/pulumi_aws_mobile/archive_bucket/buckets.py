"""A bucket with what every bucket of an archive has: versions, encryption, rules, and no way in for the public."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import tags

from .args import TransitionDefaultMinimumObjectSize
from .documents import bucket_policy
from .lifecycle import SizeBand, lifecycle_rules
from .settings import ArchiveBucketSettings, ObjectLock, Replication

# Types of pulumi_aws stand in quotes: reading one at import would load the service for programs without an archive.

_LOG_NONCURRENT_DAYS = 30
"""Logs are never overwritten; a version of one exists only if somebody deleted it, and can be looked at for a month."""
_LOG_ABORT_DAYS = 7


class Keeping(Protocol):
    """How a component keeps its buckets and keys; its settings say so."""

    @property
    def protect(self) -> bool:
        """Whether they are protected, and retained."""
        ...

    @property
    def empty_on_destroy(self) -> bool:
        """Whether destroying a bucket deletes what is in it."""
        ...

    @property
    def tags(self) -> Mapping[str, pulumi.Input[str]]:
        """The caller's tags."""
        ...


@dataclass(frozen=True, slots=True)
class BucketPlan:
    """What one bucket is made of."""

    region: str | None
    rules: Sequence[Mapping[str, Any]]
    """The lifecycle rules."""
    default_minimum: TransitionDefaultMinimumObjectSize
    kms_key_arn: pulumi.Input[str] | None
    """The key of the objects; `None` for SSE-S3."""
    object_lock: ObjectLock | None
    protect: bool
    empty_on_destroy: bool
    tags: Mapping[str, pulumi.Input[str]]
    physical_name: str | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket and the parts of it that others wait for."""

    child: str
    """Its name in the program, from which the names of its parts are made."""
    plan: BucketPlan
    resource: "aws.s3.Bucket"
    versioning: "aws.s3.BucketVersioning"
    public_access: "aws.s3.BucketPublicAccessBlock"

    @property
    def name(self) -> pulumi.Output[str]:
        """Its name, which is its id."""
        return self.resource.id

    @property
    def arn(self) -> pulumi.Output[str]:
        """Its ARN."""
        return self.resource.arn


def archive_plan(settings: ArchiveBucketSettings, kms_key_arn: pulumi.Input[str]) -> BucketPlan:
    """Return the plan of the archive's own bucket."""
    return BucketPlan(
        region=settings.region,
        rules=_archive_rules(settings, settings.bands),
        default_minimum=settings.default_minimum,
        kms_key_arn=kms_key_arn,
        object_lock=settings.object_lock,
        protect=settings.protect,
        empty_on_destroy=settings.empty_on_destroy,
        tags=settings.tags,
        physical_name=settings.bucket_name,
    )


def copy_plan(settings: ArchiveBucketSettings, copy: Replication, kms_key_arn: pulumi.Input[str]) -> BucketPlan:
    """Return the plan of the copy: the archive's, in another Region and with another key."""
    return replace(
        archive_plan(settings, kms_key_arn),
        region=copy.region,
        rules=_archive_rules(settings, copy.bands),
        physical_name=None,
    )


def log_plan(settings: Keeping, region: str | None, retention_days: int) -> BucketPlan:
    """Return the plan of a log bucket: S3 delivers access logs only to buckets with SSE-S3 and without Object Lock."""
    return BucketPlan(
        region=region,
        rules=lifecycle_rules(
            [],
            expire_after_days=retention_days,
            noncurrent_expire_after_days=_LOG_NONCURRENT_DAYS,
            keep_newer=None,
            abort_incomplete_upload_days=_LOG_ABORT_DAYS,
        ),
        default_minimum=TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K,
        kms_key_arn=None,
        object_lock=None,
        protect=settings.protect,
        empty_on_destroy=settings.empty_on_destroy,
        tags=settings.tags,
    )


def create_key(
    parent: pulumi.Resource, name: str, what: str, region: str | None, settings: Keeping
) -> pulumi.Output[str]:
    """Create the KMS key that encrypts `what`; return its ARN.

    AWS's default key policy stands: the account's IAM policies say who may use it. Without the key the objects are
    lost, so it is kept as they are.
    """
    key = aws.kms.Key(
        name,
        description=f"Encrypts {what}",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        region=region,
        tags=tags.named(name, settings.tags),
        opts=_kept(parent, protect=settings.protect),
    )
    return key.arn


def create_bucket(parent: pulumi.Resource, name: str, plan: BucketPlan) -> Bucket:
    """Create a bucket by the plan, all but its policy."""
    kept = _kept(parent, protect=plan.protect)
    bucket = aws.s3.Bucket(
        name,
        bucket=plan.physical_name,
        force_destroy=plan.empty_on_destroy,
        region=plan.region,
        tags=tags.named(name, plan.tags),
        opts=kept,
    )
    common: dict[str, Any] = {"bucket": bucket.id, "region": plan.region}
    versioning = aws.s3.BucketVersioning(
        f"{name}-versioning", versioning_configuration={"status": "Enabled"}, opts=kept, **common
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        f"{name}-encryption", rules=[_encryption(plan.kms_key_arn)], opts=kept, **common
    )
    aws.s3.BucketOwnershipControls(
        f"{name}-ownership", rule={"object_ownership": "BucketOwnerEnforced"}, opts=kept, **common
    )
    public_access = aws.s3.BucketPublicAccessBlock(
        f"{name}-public-access",
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=kept,
        **common,
    )
    # Rules on versions and locks need versioning to be on.
    aws.s3.BucketLifecycleConfiguration(
        f"{name}-lifecycle",
        rules=plan.rules,  # type: ignore[bad-argument-type] # built as plain dictionaries of the declared shape
        transition_default_minimum_object_size=plan.default_minimum.value,
        opts=_kept(parent, protect=plan.protect, after=versioning),
        **common,
    )
    if plan.object_lock is not None:
        # Not `object_lock_enabled` on the bucket: adding that to one that exists would replace it.
        aws.s3.BucketObjectLockConfiguration(
            f"{name}-lock",
            object_lock_enabled="Enabled",
            rule={"default_retention": _retention(plan.object_lock)},  # type: ignore[bad-argument-type] # plain dictionary
            opts=pulumi.ResourceOptions(parent=parent, depends_on=[versioning]),
            **common,
        )
    return Bucket(name, plan, bucket, versioning, public_access)


def create_policy(
    parent: pulumi.Resource, bucket: Bucket, log_source: tuple[pulumi.Input[str], pulumi.Input[str]] | None = None
) -> "aws.s3.BucketPolicy":
    """Create the policy of a bucket; `log_source` is the bucket, as ARN and account, that logs there."""
    source = None if log_source is None else pulumi.Output.all(*log_source)
    document = pulumi.Output.all(arn=bucket.arn, key=bucket.plan.kms_key_arn, source=source).apply(
        lambda known: json.dumps(
            bucket_policy(known["arn"], known["key"], tuple(known["source"]) if known["source"] else None)
        )
    )
    return aws.s3.BucketPolicy(
        f"{bucket.child}-policy",
        bucket=bucket.name,
        policy=document,
        region=bucket.plan.region,
        # S3 refuses two changes at once to what governs access to a bucket.
        opts=_kept(parent, protect=bucket.plan.protect, after=bucket.public_access),
    )


def _archive_rules(settings: ArchiveBucketSettings, bands: Iterable[SizeBand]) -> list[dict[str, Any]]:
    return lifecycle_rules(
        bands,
        expire_after_days=settings.expire_after_days,
        noncurrent_expire_after_days=settings.noncurrent_expire_after_days,
        keep_newer=settings.keep_newer,
        abort_incomplete_upload_days=settings.abort_incomplete_upload_days,
    )


def _encryption(kms_key_arn: pulumi.Input[str] | None) -> Any:  # noqa: ANN401 - a rule as the provider declares it
    if kms_key_arn is None:
        return {"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}
    return {
        "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": kms_key_arn},
        "bucket_key_enabled": True,
    }


def _retention(lock: ObjectLock) -> dict[str, Any]:
    period = {"days": lock.days} if lock.days is not None else {"years": lock.years}
    return {"mode": lock.mode.value, **period}


def _kept(parent: pulumi.Resource, *, protect: bool, after: pulumi.Resource | None = None) -> pulumi.ResourceOptions:
    """Return the options of what holds data or guards it: protected, and left as it is when it goes from the program.

    That covers the settings of a bucket too: the engine would otherwise take versioning and the public access block
    off a bucket that it then may not delete.
    """
    depends_on = [] if after is None else [after]
    return pulumi.ResourceOptions(parent=parent, protect=protect, retain_on_delete=protect, depends_on=depends_on)
